import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createTransact, once, type RawTx, systemActor } from '@linghang/access'
import { createAdapter, createPool, type Pool } from '@linghang/database'
import { type PostgresServer, removePostgresState, startPostgres } from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import { loginUrl, migrateServices } from '@linghang/migrations'
import pg from 'pg'
import { PrismaClient } from '../../../services/dues/prisma/client/client.ts'

jest.setTimeout(180_000)

const report = () => undefined
let stateDir: string
let server: PostgresServer
let door: Awaited<ReturnType<typeof openDoor>>
let pool: Pool
let prisma: PrismaClient
let url: string
const opened: { pool: Pool; prisma: PrismaClient }[] = []
const open = (address: string) => {
  const own = createPool(address, { max: 3, applicationName: 'lost' })
  const client = { pool: own, prisma: new PrismaClient({ adapter: createAdapter(own) }) }
  opened.push(client)
  return client
}

/** Between a client and the database: once told, the answer to the next COMMIT is lost on its way, and the connection. */
async function openDoor(port: number) {
  let losing = false
  const sockets = new Set<Socket>()
  const listening: Server = createServer(inside => {
    const outside = connect(port, '127.0.0.1')
    let lost = false
    for (const socket of [inside, outside]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        inside.destroy()
        outside.destroy()
      })
    }
    inside.on('data', sent => {
      lost ||= losing && sent.includes('COMMIT')
      outside.write(sent)
    })
    outside.on('data', answer => {
      if (lost) inside.destroy()
      else inside.write(answer)
    })
  })
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  const address = listening.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async losingCommits<T>(run: () => Promise<T>): Promise<T> {
      losing = true
      return run().finally(() => {
        losing = false
      })
    },
    close() {
      for (const socket of sockets) socket.destroy()
      listening.close()
    },
  }
}

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'linghang-lost-'))
  server = await startPostgres({ stateDir, report })
  const loginPassword = randomBytes(18).toString('base64url')
  await migrateServices({ superuserUrl: server.superuserUrl, loginPassword, only: ['dues'] })
  url = loginUrl(server.superuserUrl, 'dues', loginPassword)
  ;({ pool, prisma } = open(url))
  door = await openDoor(server.port)
  const through = new URL(url)
  through.port = `${door.port}`
  open(through.href)
})
afterAll(async () => {
  for (const client of opened) {
    await client.prisma.$disconnect()
    if (!client.pool.ended) await client.pool.end()
  }
  door?.close()
  await server?.stop()
  if (stateDir) await removePostgresState(stateDir)
})

const actor = { ...systemActor(randomUUID()), accountId: randomUUID() }
const write = (tx: RawTx, id: string) =>
  tx.$executeRawUnsafe(
    `insert into audit_entry (id, county_id, action, subject_type, subject_id) values (uuidv7(), app.county(), 'tried', 'Try', $1)`,
    id,
  )
const transact = () => createTransact<RawTx>(prisma)
/** As the superuser, past the service. */
async function asRoot(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.urlOf('dues') })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
const written = async (id: string) => {
  const [row] = await asRoot(`select count(*)::int as n from audit_entry where subject_id = '${id}'`)
  return row?.n
}
const nameOf = (run: Promise<unknown>) =>
  run.then(
    () => 'DONE',
    error => (['Busy', 'OutcomeUnknown'].includes(error.name) ? error.name : error),
  )
const kill = async () => {
  server.kill('SIGKILL')
  await server.exited
}
const back = async () => {
  server = await startPostgres({ stateDir, report, port: server.port })
}
/** The process that serves a transaction. */
const backendOf = async (tx: RawTx) =>
  ((await tx.$queryRawUnsafe('select pg_backend_pid()::int as pid')) as { pid: number }[])[0]?.pid

describe('platform a database that is not there', () => {
  test('platform is told as busy, and nothing was written: before it is asked, and in the middle', async () => {
    const id = randomUUID()
    await expect(transact()(actor, tx => write(tx, id))).resolves.toBe(1)
    const inside = transact()(actor, async tx => {
      await write(tx, id)
      await kill()
      await write(tx, id)
    })
    expect(await nameOf(inside)).toBe('Busy')
    expect(await Promise.all(Array.from({ length: 5 }, () => nameOf(transact()(actor, tx => write(tx, id)))))).toEqual(
      Array.from({ length: 5 }, () => 'Busy'),
    )
    // While it starts: refused, not yet ready, then there.
    const told = new Set<unknown>()
    const coming = back()
    await until(
      async () => {
        const name = await nameOf(transact()(actor, tx => write(tx, id)))
        told.add(name)
        return name === 'DONE'
      },
      60_000,
      'it is there again',
    )
    await coming
    expect([...told].filter(name => name !== 'DONE' && name !== 'Busy')).toEqual([])
    expect(await written(id)).toBe(2)
  })

  test('platform so is one that is shut down under a transaction', async () => {
    const id = randomUUID()
    const ended = transact()(actor, async tx => {
      await write(tx, id)
      await asRoot(`select pg_terminate_backend(${await backendOf(tx)})`)
      await write(tx, id)
    })
    expect([await nameOf(ended), await written(id)]).toEqual(['Busy', 0])
  })

  test('platform and one that has no connection for us', async () => {
    await pool.end()
    ;({ pool, prisma } = open(url))
    await asRoot('alter role linghang_login connection limit 0')
    const id = randomUUID()
    const told = await nameOf(transact()(actor, tx => write(tx, id)))
    await asRoot('alter role linghang_login connection limit -1')
    expect([told, await written(id)]).toEqual(['Busy', 0])
    expect(await nameOf(transact()(actor, tx => write(tx, id)))).toBe('DONE')
  })

  test('platform and one that takes no writing', async () => {
    const id = randomUUID()
    const told = transact()(actor, async tx => {
      await tx.$executeRawUnsafe('set transaction read only')
      await write(tx, id)
    })
    expect([await nameOf(told), await written(id)]).toEqual(['Busy', 0])
  })

  test.each(['53100', '53200', '53400', '57P01', '57P03', '25006', '40001'])(
    'platform and one that says %s, in the middle',
    async state => {
      const id = randomUUID()
      const told = transact()(actor, async tx => {
        await write(tx, id)
        await tx.$executeRawUnsafe(`do $$ begin raise exception 'no' using errcode = '${state}'; end $$`)
      })
      expect([await nameOf(told), await written(id)]).toEqual(['Busy', 0])
    },
  )
})

describe('platform a commit', () => {
  /** At the commit the database does this, for rows of a try alone. */
  const atCommit = async (name: string, body: string) => {
    await asRoot(
      `create or replace function public.${name}() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`,
    )
    await asRoot(`drop trigger if exists ${name} on audit_entry`)
    await asRoot(`create constraint trigger ${name} after insert on audit_entry deferrable initially deferred
      for each row when (new.action = '${name}') execute function public.${name}()`)
  }
  const writeAs = (tx: RawTx, action: string, id: string) =>
    tx.$executeRawUnsafe(
      `insert into audit_entry (id, county_id, action, subject_type, subject_id) values (uuidv7(), app.county(), $2, 'Try', $1)`,
      ...[id, action],
    )

  test('platform in which the database dies is not known to have been done', async () => {
    await atCommit('sleeps', 'perform pg_sleep(5)')
    const id = randomUUID()
    const told = nameOf(transact()(actor, tx => writeAs(tx, 'sleeps', id)))
    await until(
      async () => (await asRoot(`select 1 from pg_stat_activity where wait_event = 'PgSleep'`)).length > 0,
      20_000,
      'it commits',
    )
    await kill()
    expect(await told).toBe('OutcomeUnknown')
    await back()
    expect(await written(id)).toBe(0)
  })

  test('platform whose connection is ended by the server is not known either', async () => {
    await atCommit('sleeps', 'perform pg_sleep(5)')
    const id = randomUUID()
    const told = nameOf(transact()(actor, tx => writeAs(tx, 'sleeps', id)))
    await until(
      async () =>
        (
          await asRoot(
            `select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and pid <> pg_backend_pid()`,
          )
        ).length > 0,
      20_000,
      'it commits',
    )
    expect(await told).toBe('OutcomeUnknown')
  })

  test('platform that the server refuses was not done: busy where it had no room, its own fault otherwise', async () => {
    await atCommit('has_no_room', `raise exception 'no' using errcode = '53100'`)
    await atCommit('is_wrong', `raise exception 'no' using errcode = '23514'`)
    const id = randomUUID()
    expect(await nameOf(transact()(actor, tx => writeAs(tx, 'has_no_room', id)))).toBe('Busy')
    expect(await nameOf(transact()(actor, tx => writeAs(tx, 'is_wrong', id)))).toBeInstanceOf(Error)
    expect(await written(id)).toBe(0)
  })

  test('platform whose answer is lost was done: sent again with its key it is not done twice', async () => {
    const through = createTransact<RawTx>(opened[1]?.prisma as PrismaClient)
    const [id, key] = [randomUUID(), randomUUID()]
    const ask = () =>
      through(actor, tx =>
        once({ tx, actor }, { operation: 'try', key, input: id }, async () => {
          await write(tx, id)
          return id
        }),
      )
    expect(await door.losingCommits(() => nameOf(ask()))).toBe('OutcomeUnknown')
    await until(async () => (await written(id)) === 1, 20_000, 'it was done')
    expect(await ask()).toBe(id)
    expect(await written(id)).toBe(1)
  })

  test('platform that was lost gives its connection back: however often, there is one for whoever comes next', async () => {
    const through = createTransact<RawTx>(opened[1]?.prisma as PrismaClient)
    const lose = () => nameOf(through(actor, tx => write(tx, randomUUID())))
    for (let n = 0; n < 4; n++) expect(await door.losingCommits(lose)).toBe('OutcomeUnknown')
    expect(await lose()).toBe('DONE')
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { type County, createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { createDatabases, look, superuserUrl } from '@linghang/harness/databases'
import { everyoneKnown, finished, requestCommit, uploadRoster } from '@linghang/harness/imports'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { startWorld, type World } from '@linghang/harness/world'
import { services } from '@linghang/migrations'
import pg from 'pg'

jest.setTimeout(300_000)

const suffix = 'killed'
const people = 5_000

let folder: string
let kafka: KafkaServer
let world: World
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
const members: StartedService[] = []

/** Another members service in the place of the one that was killed. */
async function startMembersAnew(): Promise<StartedService> {
  const started = await startService('members', { databaseSuffix: suffix, kafkaBrokers: kafka.brokers })
  members.push(started)
  world.urls.members = started.url
  world.ask.members = started.query
  return started
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-killed-'))
  // A Kafka and databases of their own: otherwise the service that is not killed would go on with the import.
  kafka = await startKafka({ stateDir: folder, report: () => undefined })
  await createDatabases(surroundings(), services, suffix)
  world = await startWorld({ databaseSuffix: suffix, kafkaBrokers: kafka.brokers })
  county = await createCounty(world)
  tree = await seedTwoCommittees(county)
})
afterAll(async () => {
  await Promise.all(members.map(service => service.stop()))
  await world?.stop()
  await kafka?.stop()
  await rm(folder, { recursive: true, force: true })
})

const progress = async (id: string) => {
  const [row] = await look(
    'members',
    'select state, rows_judged, rows_done from roster_import where id = $1',
    [id.split(':')[1]],
    suffix,
  )
  return row as { state: string; rows_judged: number; rows_done: number }
}

/** The rows of the last batch wait, so that the import judges, or takes over, for as long as it takes to kill it. */
async function holdLastRows(counted: 'rows_judged' | 'rows_done'): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: superuserUrl('members', suffix) })
  await holder.connect()
  await holder.query(`create or replace function wait_at_the_end() returns trigger language plpgsql as $$ begin
    if new.${counted} >= ${people} then perform pg_advisory_xact_lock(4242); end if; return new; end $$`)
  await holder.query('select pg_advisory_lock(4242)')
  await holder.query(
    'create trigger wait before update on roster_import for each row execute function wait_at_the_end()',
  )
  return async () => {
    // Whoever was killed waits on in the database: it is let go, and finds that nobody is there to commit.
    await holder.query('select pg_advisory_unlock(4242)')
    await holder.query('drop trigger wait on roster_import')
    await holder.end()
  }
}

describe('S1-1 an import survives a kill', () => {
  test('S1-1 killed while it judges and again while it takes over, the numbers are exact everywhere', async () => {
    // The first one, started with the world, gives way to one that this test holds and kills.
    await world.stop('members')
    const first = await startMembersAnew()
    const rows = Array.from({ length: people }, () => fullMember(county.code, tree.a1.code))
    const judgeOn = await holdLastRows('rows_judged')
    const id = await uploadRoster(world, county.admin, 'members', membersCsv(rows))
    await requestCommit(world, county.admin, 'members', id, 'VALID')
    await until(async () => (await progress(id)).rows_judged > 0, 60_000, 'some rows are judged')
    first.server.kill('SIGKILL')
    await first.server.exited
    expect((await progress(id)).state).toBe('PREVIEWING')
    await judgeOn()

    const goOn = await holdLastRows('rows_done')
    const second = await startMembersAnew()
    await until(async () => (await progress(id)).rows_done > 0, 90_000, 'some rows are taken over')
    second.server.kill('SIGKILL')
    await second.server.exited
    await goOn()
    const { state, rows_done } = await progress(id)
    expect(state).toBe('COMMITTING')
    expect(rows_done).toBeLessThan(people)

    await startMembersAnew()
    const done = await finished(world, county.admin, 'members', id, 120_000)
    expect(done).toMatchObject({
      state: 'COMMITTED',
      rowsTotal: people,
      rowsValid: people,
      rowsDone: people,
      added: people,
      errors: 0,
    })
    await everyoneKnown(county)
    const count = async (database: 'members' | 'dues', sql: string) =>
      (await look(database, `select count(*)::int as n from ${sql}`, [county.id], suffix))[0].n
    expect(await count('members', 'member where county_id = $1')).toBe(people)
    expect(await count('members', `audit_entry where county_id = $1 and action = 'member.imported'`)).toBe(people)
    expect(await count('dues', 'dues_record where county_id = $1 and version = 1')).toBe(people)
    expect(await count('members', 'outbox_event where county_id = $1')).toBe(0)
  })
})

import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { type AskUntyped, codesOf, createAsk, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { createDatabases, look, superuserUrl } from '@linghang/harness/databases'
import { importRoster, seedMembers } from '@linghang/harness/imports'
import { operatorCommand } from '@linghang/harness/operator-command'
import { fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { secretVolume } from '@linghang/harness/secret-volume'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { logOf, surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { sharedWorld, type World } from '@linghang/harness/world'
import { type ServiceName, services } from '@linghang/migrations'
import pg from 'pg'

jest.setTimeout(400_000)

const suffix = 'rotated'
const sealing = ['org', 'members', 'dues'] as const
const [k1, k2] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
const ringOf = (current: string, keys: Record<string, string>) => JSON.stringify({ current, keys })
const folder = mkdtempSync(join(tmpdir(), 'linghang-rotated-'))
const volume = secretVolume(folder, { REGISTER_KEYS: ringOf('k1', { k1 }) })

let kafka: KafkaServer
let world: World
let county: County
let branch: { id: string; code: string }
const started = new Map<ServiceName, StartedService>()
let stays: StartedService<'members'>

async function startAll(): Promise<void> {
  const options = { databaseSuffix: suffix, kafkaBrokers: kafka.brokers }
  const env = { REGISTER_KEYS_FILE: volume.path('REGISTER_KEYS') }
  for (const name of services) if (!started.has(name)) started.set(name, await startService(name, { ...options, env }))
  const urls = Object.fromEntries([...started].map(([name, { url }]) => [name, url]))
  const now = sharedWorld(urls as Record<ServiceName, string>, suffix)
  // Counties hold the world in which they were made.
  world ??= now
  Object.assign(world.urls, now.urls)
  Object.assign(world.ask, now.ask)
}

beforeAll(async () => {
  kafka = await startKafka({ stateDir: folder, report: () => undefined })
  await createDatabases(surroundings(), services, suffix)
  await startAll()
  // One that nobody tells of the new key: its ring stands in the variable itself.
  stays = await startService('members', {
    ...{ databaseSuffix: suffix, kafkaBrokers: kafka.brokers },
    env: { REGISTER_KEYS: ringOf('k1', { k1 }) },
  })
  county = await createCounty(world)
  branch = (await seedTwoCommittees(county)).a1
})
afterAll(async () => {
  await Promise.all([...started.values(), stays].map(service => service?.stop()))
  await kafka?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const search = async (ask: AskUntyped, actor: Actor, { 公民身份号码: number, 姓名: name }: PersonRow) => {
  const found = dataOf(await ask(actor, `{ memberByIdNumber(idNumber: "${number}", reason: "核对身份") { id name } }`))
  expect(found.memberByIdNumber?.name).toBe(name)
  return found.memberByIdNumber.id as string
}

/** Rosters come in and numbers are asked for until it is told to end; everything that went wrong is kept. */
function workOn(known: PersonRow, secretaries: readonly Actor[]) {
  const failed: unknown[] = []
  const people: PersonRow[] = []
  let goesOn = true
  let asked = 0
  const take = async () => {
    const rows = Array.from({ length: 20 }, () => fullMember(county.code, branch.code))
    const { state, errors } = await importRoster(world, county.admin, 'members', membersCsv(rows))
    if (state !== 'COMMITTED' || errors > 0) throw new Error(`${state}, ${errors} errors`)
    people.push(...rows)
  }
  // Sixty looks an hour are an account's, so each has some of them.
  const ask = async () => {
    const secretary = secretaries[Math.floor(asked++ / 50)]
    if (secretary) await search(world.askUntyped.members, secretary, known)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const again = async (work: () => Promise<unknown>) => {
    while (goesOn) await work().catch(error => failed.push(error))
  }
  const running = Promise.all([again(take), again(ask)])
  return {
    failed,
    people,
    taken: () => people.length,
    async end() {
      goesOn = false
      await running
    },
  }
}

let changes = 0
async function giveRing(text: string): Promise<void> {
  volume.swap({ REGISTER_KEYS: text })
  changes++
  const readAnew = (name: string) => logOf(name).split('"variable":"REGISTER_KEYS_FILE"').length > changes
  for (const name of sealing)
    await until(() => readAnew(started.get(name)?.server.name ?? ''), 10_000, `${name} has the new ring`)
}

const command = (ring: string, ...args: string[]) =>
  operatorCommand('rewrap-keys', args, { databaseSuffix: suffix, env: { REGISTER_KEYS: ring } })

/** The last service of a run waits, so that it is killed with two done and one not. */
async function holdDues() {
  const holder = new pg.Client({ connectionString: superuserUrl('dues', suffix) })
  await holder.connect()
  await holder.query(`create function wait_there() returns trigger language plpgsql as $$ begin
    perform pg_advisory_xact_lock(4244); return new; end $$`)
  await holder.query('select pg_advisory_lock(4244)')
  await holder.query('create trigger wait before update on county_key for each row execute function wait_there()')
  const waits = `select 1 from pg_locks where locktype = 'advisory' and objid = 4244 and not granted`
  return {
    reached: () => until(async () => (await holder.query(waits)).rowCount, 60_000, 'dues is reached'),
    async letGo() {
      await holder.query('select pg_advisory_unlock(4244)')
      await holder.query('drop trigger wait on county_key')
      await holder.end()
    },
  }
}
const wrappedBy = async (service: ServiceName): Promise<string[]> =>
  (await look(service, 'select distinct master_key_id as id from county_key', [], suffix)).map(({ id }) => id)

describe('platform a master key takes another’s place', () => {
  test('platform with rosters coming in and numbers asked for nothing fails, and with the old key gone every number opens', async () => {
    const known = fullMember(county.code, branch.code)
    await seedMembers(county, [known])
    const secretaries = await Promise.all(Array.from({ length: 12 }, () => seedActor(county, 'SECRETARY', branch.id)))
    await search(createAsk(stays.url), county.admin, known)

    const work = workOn(known, secretaries)
    await giveRing(ringOf('k1', { k1, k2 }))
    const both = ringOf('k2', { k1, k2 })
    await giveRing(both)
    expect((await command(both, '--check').ended).code).toBe(1)

    const held = await holdDues()
    const killed = command(both)
    await held.reached()
    killed.kill()
    await killed.ended
    await held.letGo()
    expect([await wrappedBy('members'), await wrappedBy('dues')]).toEqual([['k2'], ['k1']])
    const taken = work.taken()
    expect(await command(both).ended).toMatchObject({ code: 0, err: '' })
    const alone = ringOf('k2', { k2 })
    expect(await command(alone, '--check').ended).toMatchObject({ code: 0, err: '' })
    await giveRing(alone)
    await until(() => work.taken() > taken, 60_000, 'a roster is taken over after all of it')
    await work.end()
    expect(work.failed).toEqual([])

    // Nothing is remembered any more: each key is opened anew, by the new master key alone.
    for (const name of sealing) {
      await started.get(name)?.stop()
      started.delete(name)
    }
    await startAll()
    const last = await seedActor(county, 'SECRETARY', branch.id)
    for (const person of [known, work.people[0] as PersonRow, work.people.at(-1) as PersonRow]) {
      const memberId = await search(world.askUntyped.members, last, person)
      const shown = await world.ask.members(
        last,
        'mutation ($input: RevealIdentityInput!) { revealIdentity(input: $input) { idNumber phone } }',
        { input: { memberId, reason: '办理关系转接' } },
      )
      expect(dataOf(shown).revealIdentity).toEqual({ idNumber: person.公民身份号码, phone: person.手机号码 })
    }
    const again = await importRoster(world, county.admin, 'members', membersCsv(work.people.slice(0, 20)))
    expect(again).toMatchObject({ state: 'COMMITTED', unchanged: 20, added: 0 })

    // The one with the old ring goes on with what it has opened, and with nothing else.
    await search(createAsk(stays.url), last, known)
    const stranger = { ...county.admin, countyId: randomUUID() }
    const nobody = '{ memberByIdNumber(idNumber: "330302199001011237", reason: "核对身份") { id } }'
    expect(dataOf(await world.askUntyped.members(stranger, nobody))).toEqual({ memberByIdNumber: null })
    expect(codesOf(await createAsk(stays.url)(stranger, nobody))).toEqual(['INTERNAL'])
  })
})

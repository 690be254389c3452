import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type KafkaServer, runCommand, startKafka } from '@linghang/devstack'
import { type County, createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { createDatabases, look } from '@linghang/harness/databases'
import { everyoneKnown, importRoster, seedMembers } from '@linghang/harness/imports'
import { fullMember, membersCsv, rows } from '@linghang/harness/people'
import { publishSurroundings, type Surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { startWorld, type World } from '@linghang/harness/world'
import { services } from '@linghang/migrations'
import { type ArchivedPostgres, startArchived } from './archived-postgres.ts'

jest.setTimeout(600_000)

let stateDir: string
let postgres: ArchivedPostgres
let kafka: KafkaServer
let at: Surroundings
let world: World
let county: County
let branch: string

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'linghang-restore-'))
  ;[postgres, kafka] = await Promise.all([startArchived(stateDir), startKafka({ stateDir, report: () => undefined })])
  // A server that is lost must be nobody else's: this file has surroundings of its own.
  const shared: Surroundings = JSON.parse(process.env.TEST_SURROUNDINGS as string)
  at = { ...shared, stateDir, postgresUrl: postgres.superuserUrl, kafkaBrokers: kafka.brokers }
  publishSurroundings(at)
  await createDatabases(at, services)
  world = await startWorld({})
  county = await createCounty(world)
  branch = (await seedTwoCommittees(county)).a1.code
})
afterAll(async () => {
  await world?.stop()
  await Promise.all([postgres?.stop(), kafka?.stop()])
  await rm(stateDir, { recursive: true, force: true })
})

const people = (...names: string[]) =>
  names.map(name => fullMember(county.code, branch, rows.applicant(name, '2024-05-05')))
const namesIn = async (): Promise<string[]> =>
  (await look('members', 'select name from member where county_id = $1 order by name', [county.id])).map(
    row => row.name,
  )

/** The command that an operator runs, on this platform. */
const restored = (args: string[], env: Record<string, string> = {}) =>
  runCommand(process.execPath, ['deploy/local/run.mjs', 'deploy/local/src/restored.ts', ...args], {
    cwd: at.root,
    timeoutMs: 120_000,
    env: {
      ...process.env,
      ...env,
      LINGHANG_KAFKA_BROKERS: kafka.brokers,
      LINGHANG_DATABASE_URL: `postgresql://linghang_login:${at.loginPassword}@${new URL(postgres.superuserUrl).host}/{service}`,
    },
  })

describe('platform a platform comes back from a copy and an archive', () => {
  test('platform what was acknowledged before that moment is there and heard, what came after is named and heard by nobody', async () => {
    await seedMembers(county, people('甲一', '甲二'))
    await postgres.copy()
    // Acknowledged and told, and not heard by dues: its reader was away at that moment.
    await world.stop('dues')
    const committed = await importRoster(world, county.admin, 'members', membersCsv(people('乙一', '乙二')))
    expect(committed).toMatchObject({ state: 'COMMITTED', added: 2 })
    await until(
      async () => (await look('members', 'select 1 from outbox_event')).length === 0,
      30_000,
      'what is to be told is told',
    )
    const moment = await postgres.archived()
    const before = await namesIn()
    expect(before).toEqual(['甲一', '甲二', '乙一', '乙二'].sort())

    // All of this is lost: also what others have heard of it.
    await importRoster(world, county.admin, 'members', membersCsv(people('丙一', '丙二', '丙三')))
    await until(
      async () =>
        (await look('assessment', 'select 1 from person_fact where county_id = $1', [county.id])).length === 7,
      30_000,
      'others have heard of whom will be lost',
    )
    expect((await restored(['--lost', join(stateDir, 'lost')])).stderr).toMatch(/请先停止各服务/)
    await world.stop()
    await postgres.lose()
    await postgres.restore(moment)
    expect(await namesIn()).toEqual(before)

    const lostFile = join(stateDir, 'lost.jsonl')
    const elsewhere = await restored(['--lost', lostFile], { KAFKA_GROUP_PREFIX: 'others.' })
    expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining('KAFKA_GROUP_PREFIX')])
    const done = await restored(['--lost', lostFile])
    expect(done.stderr).toBe('')
    expect(done.stdout).toMatch(/events lost after that moment: [1-9]/)
    const lost = (await readFile(lostFile, 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const registered = lost.filter(({ type }) => type === 'members.member.registered.v1')
    expect(registered).toHaveLength(3)
    expect(lost.every(({ countyId }) => countyId === county.id)).toBe(true)
    expect((await stat(lostFile)).mode & 0o777).toBe(0o600)
    expect(await readFile(lostFile, 'utf8')).not.toMatch(/丙/)

    world = await startWorld({})
    county = { ...county, world }
    await everyoneKnown(county)
    expect(await look('dues', 'select 1 from dues_record where county_id = $1', [county.id])).toHaveLength(4)

    // The office hands the lost roster in again: it is taken, and everybody hears of it.
    const again = await importRoster(world, county.admin, 'members', membersCsv(people('丙一', '丙二', '丙三')))
    expect(again).toMatchObject({ state: 'COMMITTED', added: 3 })
    await everyoneKnown(county)
  })
})

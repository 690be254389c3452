import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { dataOf } from '@linghang/harness/ask'
import { type County, createCounty, organisationRow, orgCode } from '@linghang/harness/county'
import { createDatabases, look } from '@linghang/harness/databases'
import { importRoster } from '@linghang/harness/imports'
import { fullMember, membersCsv, organisationsCsv, type PersonRow } from '@linghang/harness/people'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { sharedWorld } from '@linghang/harness/world'
import { type AdoptedPerson, adoptedPeople, adoptionDay, type Kind } from './adopted-people.ts'

jest.setTimeout(240_000)

const kindNames: Record<Kind, string> = {
  APPLICANT: '入党申请人',
  ACTIVIST: '入党积极分子',
  CANDIDATE: '发展对象',
  PROBATIONARY: '预备党员',
}
/** What a roster says was done on paper ends before the step that is open. */
const openSteps: Record<Kind, string> = {
  APPLICANT: 'APPLICANT_TALK',
  ACTIVIST: 'OBSERVATION',
  CANDIDATE: 'INTRODUCERS',
  PROBATIONARY: 'PROBATION',
}

const suffix = 'adoption'
let folder: string
let kafka: KafkaServer
let services: StartedService[] = []
let county: County
let people: Map<string, PersonRow>
let cases: Map<string, Record<string, unknown>>

/** Somebody made up with the dates of a line. */
function rowOf({ kind, stages }: AdoptedPerson): PersonRow {
  const [appliedOn = '', activistSince = '', candidateSince = '', joinedOn = ''] = stages
  return fullMember(county.code, orgCode(county, 2), {
    人员类别: kindNames[kind],
    递交入党申请书日期: appliedOn,
    确定为入党积极分子日期: activistSince,
    确定为发展对象日期: candidateSince,
    加入党组织日期: joinedOn,
    转为正式党员日期: '',
    ...(kind === 'PROBATIONARY' ? {} : { 党费人员类别: '', '党费计算基数（元/月）': '' }),
  })
}

const readCases = async (): Promise<Map<string, Record<string, unknown>>> => {
  const { developmentCases } = dataOf(
    await county.world.ask.members(
      county.admin,
      `{ developmentCases(first: 100) { nodes { step dueOn overdue member { birthDate name }
        openStep { ruleVersion } dates { rule dueOn nature } history { type on } } } }`,
    ),
  )
  const at = ({ member: { name, birthDate } }: { member: { name: string; birthDate: string } }) =>
    `${name} ${birthDate}`
  return new Map(developmentCases.nodes.map((node: Parameters<typeof at>[0]) => [at(node), node]))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-adoption-'))
  // A clock of their own takes databases and topics of their own: nobody else may adopt these people on another day.
  kafka = await startKafka({ stateDir: folder, report: () => undefined })
  await createDatabases(surroundings(), ['org', 'members'], suffix)
  const options = { databaseSuffix: suffix, kafkaBrokers: kafka.brokers }
  services = await Promise.all([
    startService('org', options),
    startService('members', { ...options, day: adoptionDay }),
  ])
  const [org, members] = services as [StartedService, StartedService]
  county = await createCounty(sharedWorld({ org: org.url, members: members.url }, suffix))
  const at = (n: number) => orgCode(county, n)
  const organisations = [
    { code: at(1), name: '县委', kind: '县级党委', superiorCode: '' },
    { code: at(2), name: '甲社区党支部', superiorCode: at(1) },
  ]
  await importRoster(county.world, county.admin, 'org', organisationsCsv(organisations.map(organisationRow)))
  await until(
    async () =>
      (await look('members', 'select 1 from org_node where county_id = $1', [county.id], suffix)).length === 2,
    30_000,
    'members knows the branch',
  )
  people = new Map(adoptedPeople.map(line => [line.from, rowOf(line)]))
  const done = await importRoster(county.world, county.admin, 'members', membersCsv([...people.values()]))
  expect(done).toMatchObject({ state: 'COMMITTED', added: adoptedPeople.length, errors: 0 })
  cases = await until(
    async () => {
      const found = await readCases()
      return found.size === adoptedPeople.length ? found : null
    },
    30_000,
    'everybody has been adopted',
  )
})
afterAll(async () => {
  await Promise.all(services.map(service => service.stop()))
  await kafka?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('S0-3 people of the two rosters are adopted in mid-course, each with the dates that the regulation gives', () => {
  test.each(adoptedPeople.map(line => [line.from, line.kind, line.stages.at(-1), line] as const))(
    '1.1 %s, %s since %s',
    (from, kind, _, { rules, dates, dueOn }) => {
      const { 姓名: name, 出生日期: birthDate } = people.get(from) as PersonRow
      const byRule = (one: (typeof dates)[number], other: (typeof dates)[number]) => (one.rule < other.rule ? -1 : 1)
      const found = cases.get(`${name} ${birthDate}`) as Pick<AdoptedPerson, 'dates'>
      expect({ ...found, dates: found.dates.toSorted(byRule) }).toMatchObject({
        step: openSteps[kind],
        dueOn,
        overdue: dueOn < adoptionDay,
        openStep: { ruleVersion: rules },
        dates: dates.toSorted(byRule),
        history: [{ type: 'ADOPTED', on: adoptionDay }],
      })
    },
  )

  test('S0-3 the most urgent come first, and those overdue are counted', async () => {
    const { developmentCases } = dataOf(
      await county.world.ask.members(
        county.admin,
        '{ developmentCases(first: 3, filter: { overdue: true }) { totalCount nodes { dueOn } } }',
      ),
    )
    expect(developmentCases.totalCount).toBe(7)
    expect(developmentCases.nodes.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual([
      '2026-09-21',
      '2026-09-30',
      '2026-10-22',
    ])
  })

  test('S0-3 the same roster again adopts nobody again', async () => {
    const again = await importRoster(county.world, county.admin, 'members', membersCsv([...people.values()]))
    expect(again).toMatchObject({ state: 'COMMITTED', added: 0, changed: 0, unchanged: adoptedPeople.length })
    const [facts] = await look(
      'members',
      'select count(*)::int as n from development_fact where county_id = $1',
      [county.id],
      suffix,
    )
    expect(facts.n).toBe(adoptedPeople.length)
  })
})

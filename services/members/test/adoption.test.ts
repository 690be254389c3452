import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { dataOf } from '../../../tests/harness/ask.ts'
import { type County, createCounty, organisationRow, orgCode } from '../../../tests/harness/county.ts'
import { createDatabases, look } from '../../../tests/harness/databases.ts'
import { importRoster } from '../../../tests/harness/imports.ts'
import { fullMember, membersCsv, organisationsCsv, type PersonRow } from '../../../tests/harness/people.ts'
import { type StartedService, startService } from '../../../tests/harness/start-service.ts'
import { surroundings } from '../../../tests/harness/surroundings.ts'
import { until } from '../../../tests/harness/until.ts'
import { sharedWorld } from '../../../tests/harness/world.ts'

jest.setTimeout(240_000)

/** The day of adoption: what lies before it is on paper, and everything below was worked out by hand for it. */
const today = '2026-11-22'

type Kind = 'APPLICANT' | 'ACTIVIST' | 'CANDIDATE' | 'PROBATIONARY'
type Stages = [appliedOn: string, activistSince?: string, candidateSince?: string, joinedOn?: string]
type Line = {
  /** County and line of the roster that these dates are from. */
  from: string
  kind: Kind
  stages: Stages
  /** Of the open step: that in force when the step before it was done. */
  rules: '2014' | '2026'
  dates: Dates
  dueOn: string
}
type Dates = Partial<
  Record<
    | 'APPLICANT_TALK'
    | 'HALF_YEARLY_REVIEW'
    | 'THOUGHT_REPORT'
    | 'ACTIVIST_ONE_YEAR'
    | 'PROBATION_REVIEW'
    | 'PROBATION_ENDS',
    string
  >
>

const applicant = (from: string, appliedOn: string, talkBy: string): Line => ({
  from,
  kind: 'APPLICANT',
  stages: [appliedOn],
  rules: '2026',
  dates: { APPLICANT_TALK: talkBy },
  dueOn: talkBy,
})
const activist = (
  from: string,
  rules: Line['rules'],
  stages: [string, string],
  [review, report, oneYear]: [string, string, string],
  dueOn: string,
): Line => ({
  from,
  kind: 'ACTIVIST',
  stages,
  rules,
  dates: { HALF_YEARLY_REVIEW: review, THOUGHT_REPORT: report, ACTIVIST_ONE_YEAR: oneYear },
  dueOn,
})
const candidate = (
  from: string,
  rules: Line['rules'],
  stages: [string, string, string],
  [review, report]: [string, string],
  dueOn: string,
): Line => ({
  from,
  kind: 'CANDIDATE',
  stages,
  rules,
  dates: { HALF_YEARLY_REVIEW: review, THOUGHT_REPORT: report },
  dueOn,
})
const probationary = (
  from: string,
  rules: Line['rules'],
  stages: [string, string, string, string],
  [ends, review]: [string, string?],
  dueOn: string,
): Line => ({
  from,
  kind: 'PROBATIONARY',
  stages,
  rules,
  dates: { PROBATION_ENDS: ends, ...(review ? { PROBATION_REVIEW: review } : {}) },
  dueOn,
})

/**
 * People in mid-course, worked out by hand from the numbers of the regulation: the talk within a month; from the day of
 * becoming an activist a review every six months and a report every three (the first that is not before the day of
 * adoption, each counted from that day), candidate after twelve; probation a year from the assembly, a review every
 * three months before its end. A month that has no such day ends on its last. The rules of 2026 are in force from
 * 2026-05-18 on.
 */
const lines: Line[] = [
  // Talk: overdue for long, for a day, due today, tomorrow, and where September and November have no 31st.
  applicant('haishu 11959', '2026-08-21', '2026-09-21'),
  applicant('haishu 11849', '2026-08-31', '2026-09-30'),
  applicant('haishu 9983', '2026-10-21', '2026-11-21'),
  applicant('haishu 11084', '2026-10-22', '2026-11-22'),
  applicant('haishu 2174', '2026-10-23', '2026-11-23'),
  applicant('haishu 8003', '2026-10-31', '2026-11-30'),
  applicant('lucheng 33', '2026-09-22', '2026-10-22'),
  applicant('lucheng 596', '2026-10-28', '2026-11-28'),
  applicant('lucheng 960', '2026-10-23', '2026-11-23'),
  // The mark of yesterday is on paper, that of today is asked for.
  activist(
    'haishu 672',
    '2026',
    ['2025-11-21', '2026-05-21'],
    ['2027-05-21', '2027-02-21', '2027-05-21'],
    '2027-02-21',
  ),
  activist('haishu 23123', '2026', ['2025-09-22', '2026-05-22'], ['2026-11-22', '2026-11-22', '2027-05-22'], today),
  activist(
    'haishu 9312',
    '2026',
    ['2025-11-23', '2026-05-23'],
    ['2026-11-23', '2026-11-23', '2027-05-23'],
    '2026-11-23',
  ),
  activist('haishu 46651', '2014', ['2025-06-22', '2025-11-22'], ['2026-11-22', '2026-11-22', '2026-11-22'], today),
  activist(
    'haishu 4161',
    '2014',
    ['2025-06-23', '2025-11-23'],
    ['2026-11-23', '2026-11-23', '2026-11-23'],
    '2026-11-23',
  ),
  // The day before the rules of 2026, and their first day.
  activist(
    'haishu 14014',
    '2014',
    ['2026-01-17', '2026-05-17'],
    ['2027-05-17', '2027-02-17', '2027-05-17'],
    '2027-02-17',
  ),
  activist(
    'haishu 24076',
    '2026',
    ['2025-12-18', '2026-05-18'],
    ['2027-05-18', '2027-02-18', '2027-05-18'],
    '2027-02-18',
  ),
  // Ends of months: six months after 31 August is 28 February, three are 30 November.
  activist(
    'haishu 14439',
    '2026',
    ['2026-01-31', '2026-08-31'],
    ['2027-02-28', '2026-11-30', '2027-08-31'],
    '2026-11-30',
  ),
  activist(
    'haishu 6595',
    '2014',
    ['2025-06-28', '2026-02-28'],
    ['2027-02-28', '2026-11-28', '2027-02-28'],
    '2026-11-28',
  ),
  activist(
    'haishu 25548',
    '2014',
    ['2025-01-31', '2025-05-31'],
    ['2026-11-30', '2026-11-30', '2026-05-31'],
    '2026-11-30',
  ),
  // More than a year and not yet a candidate: what may be done from a day on stays, and is not overdue.
  activist(
    'haishu 8619',
    '2014',
    ['2024-12-22', '2025-03-22'],
    ['2027-03-22', '2026-12-22', '2026-03-22'],
    '2026-12-22',
  ),
  activist(
    'lucheng 425',
    '2014',
    ['2025-04-22', '2025-09-22'],
    ['2027-03-22', '2026-12-22', '2026-09-22'],
    '2026-12-22',
  ),
  activist(
    'lucheng 166',
    '2014',
    ['2025-08-21', '2026-01-21'],
    ['2027-01-21', '2027-01-21', '2027-01-21'],
    '2027-01-21',
  ),
  activist(
    'lucheng 10',
    '2026',
    ['2026-04-05', '2026-08-05'],
    ['2027-02-05', '2027-02-05', '2027-08-05'],
    '2027-02-05',
  ),
  activist(
    'lucheng 555',
    '2026',
    ['2026-08-18', '2026-10-18'],
    ['2027-04-18', '2027-01-18', '2027-10-18'],
    '2027-01-18',
  ),
  // Candidates are observed on, from the day on which they became activists.
  candidate(
    'haishu 3436',
    '2026',
    ['2024-09-30', '2025-03-31', '2026-05-31'],
    ['2027-03-31', '2026-12-31'],
    '2026-12-31',
  ),
  candidate(
    'haishu 17614',
    '2026',
    ['2024-06-30', '2024-08-30', '2026-07-30'],
    ['2027-02-28', '2026-11-30'],
    '2026-11-30',
  ),
  candidate(
    'haishu 13070',
    '2014',
    ['2024-07-17', '2025-01-17', '2026-05-17'],
    ['2027-01-17', '2027-01-17'],
    '2027-01-17',
  ),
  candidate(
    'haishu 31967',
    '2026',
    ['2024-02-18', '2024-04-18', '2026-05-18'],
    ['2027-04-18', '2027-01-18'],
    '2027-01-18',
  ),
  candidate(
    'lucheng 104',
    '2026',
    ['2024-11-10', '2025-03-10', '2026-09-10'],
    ['2027-03-10', '2026-12-10'],
    '2026-12-10',
  ),
  candidate(
    'lucheng 423',
    '2026',
    ['2024-07-15', '2025-02-15', '2026-11-15'],
    ['2027-02-15', '2027-02-15'],
    '2027-02-15',
  ),
  candidate(
    'lucheng 774',
    '2014',
    ['2024-10-07', '2024-12-07', '2026-05-07'],
    ['2026-12-07', '2026-12-07'],
    '2026-12-07',
  ),
  // Probation over for long, since yesterday, today; no review on the day of its end or after it.
  probationary(
    'haishu 11099',
    '2014',
    ['2022-12-09', '2023-08-09', '2025-04-09', '2025-11-09'],
    ['2026-11-09'],
    '2026-11-09',
  ),
  probationary(
    'haishu 8988',
    '2014',
    ['2023-08-21', '2024-01-21', '2025-08-21', '2025-11-21'],
    ['2026-11-21'],
    '2026-11-21',
  ),
  probationary('haishu 8336', '2014', ['2022-10-22', '2023-04-22', '2025-04-22', '2025-11-22'], ['2026-11-22'], today),
  probationary(
    'haishu 6362',
    '2014',
    ['2022-09-30', '2023-06-30', '2025-07-30', '2025-11-30'],
    ['2026-11-30'],
    '2026-11-30',
  ),
  probationary(
    'haishu 9964',
    '2026',
    ['2024-06-28', '2025-02-28', '2026-06-30', '2026-08-31'],
    ['2027-08-31', '2026-11-30'],
    '2026-11-30',
  ),
  probationary(
    'haishu 27308',
    '2026',
    ['2023-10-31', '2024-05-31', '2026-03-31', '2026-10-31'],
    ['2027-10-31', '2027-01-31'],
    '2027-01-31',
  ),
  probationary(
    'haishu 4102',
    '2014',
    ['2024-03-17', '2024-07-17', '2026-03-17', '2026-05-17'],
    ['2027-05-17', '2027-02-17'],
    '2027-02-17',
  ),
  probationary(
    'haishu 40048',
    '2026',
    ['2024-03-18', '2024-09-18', '2026-02-18', '2026-05-18'],
    ['2027-05-18', '2027-02-18'],
    '2027-02-18',
  ),
  // 29 February on the way: neither the application nor the year as an activist counts for probation.
  probationary(
    'haishu 34296',
    '2026',
    ['2024-02-29', '2024-09-30', '2026-03-30', '2026-06-30'],
    ['2027-06-30', '2026-12-30'],
    '2026-12-30',
  ),
  probationary(
    'haishu 27395',
    '2026',
    ['2023-09-29', '2024-02-29', '2026-01-29', '2026-05-29'],
    ['2027-05-29', '2026-11-29'],
    '2026-11-29',
  ),
  probationary(
    'lucheng 31',
    '2014',
    ['2023-07-17', '2023-09-17', '2025-09-17', '2025-11-17'],
    ['2026-11-17'],
    '2026-11-17',
  ),
  probationary(
    'lucheng 15',
    '2026',
    ['2024-08-10', '2024-11-10', '2026-02-10', '2026-06-10'],
    ['2027-06-10', '2026-12-10'],
    '2026-12-10',
  ),
  probationary(
    'lucheng 707',
    '2026',
    ['2023-11-15', '2024-03-15', '2026-04-15', '2026-08-15'],
    ['2027-08-15', '2027-02-15'],
    '2027-02-15',
  ),
]

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
const earliestRules = new Set(['ACTIVIST_ONE_YEAR'])

const suffix = 'adoption'
let folder: string
let kafka: KafkaServer
let services: StartedService[] = []
let county: County
let people: Map<string, PersonRow>
let cases: Map<string, Record<string, unknown>>

/** Somebody made up with the dates of a line. */
function rowOf({ kind, stages }: Line): PersonRow {
  const [appliedOn, activistSince = '', candidateSince = '', joinedOn = ''] = stages
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
      `{ developmentCases(first: 100) { totalCount nodes { step dueOn overdue member { idNumberMasked birthDate sex name }
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
  services = await Promise.all([startService('org', options), startService('members', { ...options, day: today })])
  const [org, members] = services as [StartedService, StartedService]
  const shared = sharedWorld()
  county = await createCounty({
    ...shared,
    ask: { ...shared.ask, org: org.query, members: members.query },
    urls: { ...shared.urls, org: org.url, members: members.url },
    databaseSuffix: suffix,
  })
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
  people = new Map(lines.map(line => [line.from, rowOf(line)]))
  const done = await importRoster(county.world, county.admin, 'members', membersCsv([...people.values()]))
  expect({
    state: done.state,
    added: done.added,
    errors: done.findings.nodes.filter(({ code }) => code === ''),
  }).toEqual({ state: 'COMMITTED', added: lines.length, errors: [] })
  cases = await until(
    async () => {
      const found = await readCases()
      return found.size === lines.length ? found : null
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
  test.each(lines.map(line => [line.from, line.kind, line.stages.at(-1), line] as const))(
    '1.1 %s, %s since %s',
    (from, kind, _, { rules, dates, dueOn }) => {
      const { 姓名: name, 出生日期: birthDate } = people.get(from) as PersonRow
      const wanted = Object.entries(dates)
        .map(([rule, on]) => ({ rule, dueOn: on, nature: earliestRules.has(rule) ? 'EARLIEST' : 'LATEST' }))
        .toSorted((one, other) => (one.rule < other.rule ? -1 : 1))
      const found = cases.get(`${name} ${birthDate}`) as { dates: typeof wanted }
      expect({ ...found, dates: found.dates.toSorted((one, other) => (one.rule < other.rule ? -1 : 1)) }).toMatchObject(
        {
          step: openSteps[kind],
          dueOn,
          overdue: dueOn < today,
          openStep: { ruleVersion: rules },
          dates: wanted,
          history: [{ type: 'ADOPTED', on: today }],
        },
      )
    },
  )

  test('S0-3 the most urgent come first, and those overdue are counted', async () => {
    const overdue = lines.filter(({ dueOn }) => dueOn < today).length
    const { developmentCases } = dataOf(
      await county.world.ask.members(
        county.admin,
        '{ developmentCases(first: 3, filter: { overdue: true }) { totalCount nodes { dueOn } } }',
      ),
    )
    expect(developmentCases.totalCount).toBe(overdue)
    expect(developmentCases.nodes.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual([
      '2026-09-21',
      '2026-09-30',
      '2026-10-22',
    ])
  })

  test('S0-3 the same roster again adopts nobody again', async () => {
    const again = await importRoster(county.world, county.admin, 'members', membersCsv([...people.values()]))
    expect(again).toMatchObject({ state: 'COMMITTED', added: 0, changed: 0, unchanged: lines.length })
    const [facts] = await look(
      'members',
      'select count(*)::int as n from development_fact where county_id = $1',
      [county.id],
      suffix,
    )
    expect(facts.n).toBe(lines.length)
  })
})

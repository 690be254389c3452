import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  type Actor,
  createPerform,
  createTransact,
  shanghaiDay,
  surroundings as standing,
  systemActor,
  writeOrgNodes,
} from '@linghang/access'
import { createAdapter, createPool, type Pool } from '@linghang/database'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { createDatabases, databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { stretchAt } from '../src/engine/spans.ts'
import type { ReportProgress } from '../src/reports/monthly/make-reports.ts'
import { memberReportsAt, readOf, reportById } from '../src/reports/monthly/read-reports.ts'
import { averageFor, type Read, type Report, weakOf } from '../src/reports/monthly/report.ts'
import type { Tx, Work } from '../src/work.ts'

jest.setTimeout(180_000)

const suffix = 'reports'
const countyId = randomUUID()
const whole = systemActor(countyId)
const today = shanghaiDay(new Date())
const month = addMonths(monthOf(today), -1)
const period = stretchAt('MONTH', month)
const people = 300
const top = randomUUID()
const branches = Array.from({ length: 6 }, () => randomUUID())
const [first, second] = branches as [string, string]
const indicator = (key: string, more: object) => ({
  ...{ key, title: key, group: 'LIFE', kind: 'BASE', per: 'MONTH', absence: 'COUNTS', points: '1', cap: 5, ...more },
  ...{ basis: { certainty: 'COUNTY', source: '办法', article: '' }, reads: { kind: 'ATTENDANCE' } },
})
const document = {
  ...{ format: 1, key: 'pack', title: '办法', summary: '办法', period: 'MONTH' },
  scales: ['MEMBER', 'BRANCH'].map(subject => ({
    ...{ key: subject, title: subject, subject, groups: [{ key: 'LIFE', title: '生活' }] },
    indicators: [indicator('CAME', { remedy: 'ATTEND' }), indicator('SERVED', { remedy: 'SERVE' })],
  })),
}

let pool: Pool
let prisma: PrismaClient
let read: <T>(run: (work: Work) => Promise<T>, actor?: Actor, rights?: { rights: 'COUNTY' }) => Promise<T>
const sql = (text: string, values: unknown[] = []) => look('assessment', text, values, suffix)
const url = () => databaseUrl(surroundings(), 'assessment', suffix)

beforeAll(async () => {
  await createDatabases(surroundings(), ['assessment'], suffix)
  pool = createPool(url(), { max: 2, applicationName: 'reports' })
  prisma = new PrismaClient({ adapter: createAdapter(pool) })
  const perform = createPerform<Tx, object>(createTransact<Tx>(prisma), standing, () => ({}))
  read = (run, actor = whole, rights) => perform(actor, run, rights ?? {})
  const node = { countyId, unitKind: null, approves: null, version: 1 }
  await perform(whole, ({ tx }) =>
    writeOrgNodes(tx, [
      { ...node, id: top, superiorId: null, code: '1', name: '县委', kind: 'COMMITTEE' },
      ...branches.map((id, n) => ({ ...node, id, superiorId: top, code: `b${n}`, name: `支部${n}`, kind: 'BRANCH' })),
    ]),
  )
  await sql(`insert into pack_decision values ($1, 1, 'PACK', $2, '办法', '1', '县委', $2, 'pack', $3, null, now())`, [
    ...[countyId, period.from, JSON.stringify(document)],
  ])
  const sheets = `insert into score_sheet select uuidv7(), $1, b.id, t.type,
      case when t.type = 'MEMBER' then gen_random_uuid() else b.id end, $2, $3, 'pack', 1, t.type, 500 + 100 * (n % 2), 1000, null,
      '[{"key": "LIFE", "points": 500, "counted": 500}]',
      jsonb_build_object('CAME', 300, 'SERVED', 100 * (n % 5)), '[]', '{}', '\\x00', 1, null, now()`
  await sql(
    `${sheets} from generate_series(0, $5::int - 1) n cross join (select 'MEMBER' as type) t
     join unnest($4::uuid[]) with ordinality b(id, place) on b.place = 1 + n % 6`,
    [countyId, period.from, period.until, branches, people],
  )
  await sql(
    `${sheets.replaceAll('t.type, 500', "'BRANCH', 500")} from unnest($4::uuid[]) with ordinality b(id, n)
     cross join (select 'ORGANISATION' as type) t`,
    [countyId, period.from, period.until, branches],
  )
})
afterAll(async () => {
  await prisma?.$disconnect()
  await pool?.end()
})

/** A run in a process of its own that is killed after so many sets. @returns what it said last, and how it ended */
async function runKilledAfter(sets: number, from: ReportProgress | null) {
  const args = [url(), countyId, month, '20', from === null ? '' : JSON.stringify(from)]
  const child = spawn(process.execPath, [new URL('./report-run.ts', import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const heard: ReportProgress[] = []
  let rest = ''
  child.stdout.on('data', chunk => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    heard.push(...lines.map(line => JSON.parse(line) as ReportProgress))
    if (heard.length >= sets) child.kill('SIGKILL')
  })
  const signal = await new Promise<NodeJS.Signals | null>(ended => child.on('close', (_, by) => ended(by)))
  return { last: heard.at(-1) ?? null, signal }
}

const counts = async () => {
  const [row] = await sql(
    `select (select count(*)::int from monthly_report) as reports,
      (select count(distinct subject)::int from outbox_event where type = 'assessment.report.made.v1') as told,
      (select count(*)::int from outbox_event where type = 'assessment.report.made.v1') as events`,
  )
  return row
}

describe('S1-9 the reports of a month', () => {
  test('R2 none is made where the county has not decided it', async () => {
    expect(await runKilledAfter(100, null)).toEqual({ last: null, signal: null })
    expect(await counts()).toEqual({ reports: 0, told: 0, events: 0 })
  })

  test('S1-9 S1-16 each is made and told once, whoever is killed twice meanwhile; who does without one gets none', async () => {
    await sql(`insert into report_decision values ($1, $2, true, '月报', '1', '县委', $2, null, now())`, [
      ...[countyId, addDays(today, -1)],
    ])
    const [{ declined }] = await sql(
      `insert into report_declined select subject_id, county_id, true, now() from score_sheet
       where subject_type = 'MEMBER' order by subject_id limit 1 returning member_id as declined`,
    )
    const killed = await runKilledAfter(2, null)
    expect(killed.signal).toBe('SIGKILL')
    // The second knows where the first stopped, as Temporal tells it; the third knows nothing and begins anew.
    expect((await runKilledAfter(3, killed.last)).signal).toBe('SIGKILL')
    const between = (await counts()).reports
    expect(between).toBeGreaterThanOrEqual(99)
    expect(between).toBeLessThan(people)
    expect(await runKilledAfter(1_000, null)).toMatchObject({ signal: null, last: { done: true } })
    const all = people + branches.length - 1
    expect(await counts()).toEqual({ reports: all, told: all, events: all })
    expect(await sql('select 1 from monthly_report where subject_id = $1', [declined])).toEqual([])
  })

  test('S1-9 an attempt that is made again makes and tells nothing', async () => {
    const before = await counts()
    await runKilledAfter(1_000, null)
    expect(await counts()).toEqual(before)
  })

  test('S1-9 S1-10 says the average of peers, the weakest points and what helps', async () => {
    const [{ id }] = await sql(
      `select id from monthly_report where subject_type = 'MEMBER' and totals->>'SERVED' = '0' limit 1`,
    )
    const found = (await read(work => readOf.read(work, [id]), whole, { rights: 'COUNTY' })).get(id) as Read
    expect(averageFor(found.average)).toMatchObject({
      subjects: people,
      score: 550,
      totals: { CAME: 300, SERVED: 200 },
    })
    expect(weakOf(found)).toEqual([
      expect.objectContaining({ points: 0, average: 200, remedy: expect.objectContaining({ zh: expect.any(String) }) }),
    ])
    expect(found.before).toBeNull()
  })

  test('B8 a branch’s committee reads its people’s reports, another’s does not, those above read branches', async () => {
    const secretary = (orgId: string): Actor => ({
      ...{ ...whole, kind: 'PERSON', accountId: randomUUID() },
      grants: [{ role: 'SECRETARY', orgId }],
    })
    const pageOf = async (actor: Actor) =>
      (
        await read(work => memberReportsAt.read(work, [first], month, { size: 9, from: null, backwards: false }), actor)
      ).get(first) as Report[] | undefined
    const own = await pageOf(secretary(first))
    expect(own?.length).toBe(10)
    expect(await pageOf(secretary(second))).toBeUndefined()
    const ids = own?.map(({ id }) => id) ?? []
    const seenBy = async (actor: Actor) => (await read(work => reportById.read(work, ids), actor)).size
    expect(await seenBy(secretary(first))).toBe(10)
    expect(await seenBy(secretary(second))).toBe(0)
    const leaderAbove: Actor = { ...secretary(top), grants: [{ role: 'LEADER', orgId: top }] }
    expect(await seenBy(leaderAbove)).toBe(0)
    const [member] = own as [Report]
    expect(await seenBy({ ...secretary(second), grants: [], memberId: member.subjectId })).toBe(1)
  })
})

describe('R2 whether reports are made is the county’s decision', () => {
  let county: County
  beforeAll(async () => {
    county = await createCounty()
  })
  const decide = (actor: Actor, more: object = {}) =>
    county.world.askUntyped.assessment(
      actor,
      `mutation ($input: DecideMonthlyReportsInput!) { decideMonthlyReports(input: $input) {
        settings { isOn decision { title number organ decidedOn effectiveFrom } } } }`,
      {
        input: {
          ...{ isOn: true, effectiveFrom: today, title: '月报办法', number: '1号', organ: '县委', decidedOn: today },
          ...more,
        },
      },
    )

  test('R2 by its administrators, with the document, and never for days that are past', async () => {
    const tree = await seedTwoCommittees(county)
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    expect(codesOf(await decide(secretary))).toEqual(['FORBIDDEN'])
    expect(codesOf(await decide(county.admin, { effectiveFrom: addDays(today, -1) }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await decide(county.admin, { decidedOn: addDays(today, 1) }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await decide(county.admin, { number: ' ' }))).toEqual(['BAD_INPUT'])
    const { settings } = dataOf(await decide(county.admin)).decideMonthlyReports
    expect(settings).toMatchObject({ isOn: true, decision: { title: '月报办法', organ: '县委', effectiveFrom: today } })
    expect(codesOf(await decide(county.admin))).toEqual(['REPORTS_DATE_TAKEN'])
    expect(
      codesOf(
        await county.world.askUntyped.assessment(
          secretary,
          'mutation ($input: DeclineMonthlyReportsInput!) { declineMonthlyReports(input: $input) { settings { declined } } }',
          { input: { declined: true } },
        ),
      ),
    ).toEqual(['REPORTS_NOT_A_MEMBER'])
  })
})

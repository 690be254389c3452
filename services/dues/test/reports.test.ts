import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { createYearDesk, hearDues, lastYear } from './year-desk.ts'

jest.setTimeout(180_000)
const today = shanghaiDay(new Date())

type Desk = Awaited<ReturnType<typeof createYearDesk>>
let desk: Desk
let ears: Awaited<ReturnType<typeof hearDues>>
beforeAll(async () => {
  ears = await hearDues()
  desk = await createYearDesk()
  const { tree, income, pay } = desk
  await income(tree.a.id, '900', 'OPENING_BALANCE')
  await income(tree.a1.id, '100')
  await pay('kai', '1230')
  await pay('mei', '3')
})
afterAll(() => ears?.stop())

const told = `report { id year edition state submittedOn returnedOn returnReason contentHash experience proposals
  statement { openingFen closingFen incomes { reason amountFen } outgoes { reason } uses { use } } }`
const submit = (by: Actor, organisationId: string, more: object = {}) =>
  desk.mutate(
    by,
    'submitDuesReport',
    'SubmitDuesReportInput',
    { organisationId, year: lastYear, experience: '按月收缴', proposals: '加强提醒', ...more },
    told,
  )
const giveBack = (by: Actor, reportId: string, reason = '漏报利息') =>
  desk.mutate(by, 'returnDuesReport', 'ReturnDuesReportInput', { reportId, reason }, told)
const below = async (by: Actor, id: string) => {
  const { duesReportsBelow } = await desk.shown(
    by,
    id,
    `duesReportsBelow(year: ${lastYear}) { organisation { id } report { state edition } }`,
  )
  return Object.fromEntries(
    duesReportsBelow.map((line: { organisation: { id: string }; report: object | null }) => [
      line.organisation.id,
      line.report,
    ]),
  )
}
const link = (by: Actor, id: string) =>
  desk.world.ask.dues(by, 'query ($id: ID!) { duesReportLink(reportId: $id) { url } }', { id })

describe('S0-24 the yearly report upward', () => {
  test('S0-24 is made from books that are closed with all below, by who keeps them, once until it is returned', async () => {
    const { actors, tree, close } = desk
    expect(codesOf(await submit(actors.above, tree.a.id))).toEqual(['DUES_YEAR_NOT_CLOSED'])
    await close(`${lastYear}-11-01`, `${lastYear}-12-01`)
    expect(codesOf(await submit(actors.above, tree.a.id, { year: lastYear + 1 }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await submit(actors.above, tree.a.id, { experience: ' ' }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await submit(actors.above, tree.a.id, { proposals: '好'.repeat(2_001) }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await submit(desk.county.admin, tree.root.id))).toEqual(['NOBODY_TO_REPORT_TO'])
    for (const by of [actors.sibling, actors.secretary, await desk.memberOf('kai')])
      expect(codesOf(await submit(by, tree.a.id))).toEqual(['NOT_FOUND'])

    const proposals = '好'.repeat(2_000)
    const raced = await Promise.all(Array.from({ length: 5 }, () => submit(actors.above, tree.a.id, { proposals })))
    expect(raced.filter(({ errors }) => errors.length > 0).map(codesOf)).toEqual(
      Array(4).fill(['DUES_REPORTED_ALREADY']),
    )
    const done = raced.find(({ errors }) => errors.length === 0) as (typeof raced)[0]
    expect(dataOf(done).done.report).toMatchObject({
      ...{
        year: lastYear,
        edition: 1,
        state: 'SUBMITTED',
        submittedOn: today,
        returnedOn: null,
        experience: '按月收缴',
      },
      statement: {
        ...{ openingFen: '900', closingFen: '2233', outgoes: [], uses: [] },
        incomes: [
          { reason: 'DUES_PAID', amountFen: '1233' },
          { reason: 'INTEREST', amountFen: '100' },
        ],
      },
    })
  })

  test('S0-24 is returned by the level above with a reason, never by its own, and handed in again as it is then', async () => {
    const { actors, tree, county } = desk
    const first = (await desk.shown(actors.above, tree.a.id, `duesReport(year: ${lastYear}) { id }`)).duesReport.id
    expect(codesOf(await giveBack(actors.above, first))).toEqual(['REPORT_IS_OWN'])
    expect(codesOf(await giveBack(actors.sibling, first))).toEqual(['NOT_FOUND'])
    const leader = await seedActor(county, 'LEADER', tree.root.id)
    expect(codesOf(await giveBack(leader, first))).toEqual(['REPORT_IS_OWN'])
    expect(codesOf(await giveBack(county.admin, first, ' '))).toEqual(['BAD_INPUT'])
    expect(dataOf(await giveBack(county.admin, first)).done.report).toMatchObject({
      ...{ state: 'RETURNED', returnedOn: today, returnReason: '漏报利息' },
    })
    expect(codesOf(await giveBack(county.admin, first))).toEqual(['REPORT_RETURNED_ALREADY'])
    const again = dataOf(await submit(actors.above, tree.a.id)).done.report
    expect(again).toMatchObject({ edition: 2, state: 'SUBMITTED', proposals: '加强提醒' })
    const rewritten = 'update dues_report set content = content where id = $1'
    await expect(look('dues', rewritten, [uuidOf(first)])).rejects.toThrow('not rewritten')
    const about = { orgId: uuidOf(tree.a.id), superiorId: uuidOf(tree.root.id), year: lastYear, on: today }
    expect(await ears.about(tree.a.id, 'dues.report.submitted.v1', 2)).toEqual([
      { ...about, id: uuidOf(first), version: 1 },
      { ...about, id: uuidOf(again.id), version: 3 },
    ])
    expect(await ears.about(tree.a.id, 'dues.report.returned.v1', 1)).toEqual([
      { ...about, id: uuidOf(first), version: 2 },
    ])
  })

  test('S0-24 shows the superior who below has reported and who has not; nobody else what is not theirs', async () => {
    const { actors, tree, county } = desk
    expect(await below(county.admin, tree.root.id)).toEqual({
      [tree.a.id]: { state: 'SUBMITTED', edition: 2 },
      [tree.b.id]: null,
    })
    expect(await below(actors.above, tree.a.id)).toEqual({ [tree.a1.id]: null, [tree.a2.id]: null })
    const id = (await desk.shown(actors.above, tree.a.id, `duesReport(year: ${lastYear}) { id }`)).duesReport.id
    for (const by of [actors.secretary, await desk.memberOf('lan')]) {
      expect(await below(by, tree.root.id)).toEqual({})
      expect((await desk.shown(by, tree.a.id, `duesReport(year: ${lastYear}) { id }`)).duesReport).toBeNull()
      expect(codesOf(await link(by, id))).toEqual(['NOT_FOUND'])
    }
    const { url } = dataOf(await link(actors.above, id)).duesReportLink
    const file = await desk.fetched(url, actors.above)
    expect([file.status, file.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    expect((await desk.fetched(url, actors.secretary)).status).toBe(403)
  })
})

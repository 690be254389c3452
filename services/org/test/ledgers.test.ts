import { beforeAll, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths, periodOf } from '@linghang/rulebook'
import { createDesk, type Desk } from './meeting-desk.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())
const twoMonthsAgo = periodOf('MONTH', addMonths(periodOf('MONTH', today).from, -2))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let people: string[]
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  const ids = await seedMembers(
    county,
    Array.from({ length: 3 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `党员${i}` })),
  )
  people = [...ids.values()]
})

const document = `query ($id: ID!, $year: Int) { organisation(id: $id) { lifeLedger(year: $year) {
  year knownSince complete words lines { kind every due held more missing { from until } article } } } }`
const ask = (id: string, by: Actor, year: number | null = null) =>
  county.world.askUntyped.org(by, document, { id, year })
const ledgerAt = async (id: string, by: Actor, year: number | null = null) =>
  dataOf(await ask(id, by, year)).organisation?.lifeLedger

test('S0-26 of a branch of which nothing is known nothing is missing', async () => {
  expect(await ledgerAt(tree.b1.id, county.admin)).toMatchObject({
    ...{ knownSince: null, complete: null, words: '尚无记录，情况未知。' },
  })
})

test('S0-26 what was held from the first recorded meeting on, and what is missing since then', async () => {
  const heldOn = twoMonthsAgo.from
  const meeting = await desk.record(tree.a1.id, 'THEME_DAY', { heldOn, presentIds: people })
  expect((await desk.close(meeting.id)).errors).toEqual([])
  const year = Number(heldOn.slice(0, 4))
  const ledger = await ledgerAt(tree.a1.id, county.admin, year)
  expect(ledger).toMatchObject({ year, knownSince: heldOn, complete: false })
  const theme = ledger.lines.find(({ kind }: { kind: string }) => kind === 'THEME_DAY')
  const lastMonth = periodOf('MONTH', addMonths(heldOn, 1))
  // Of two months the first was held; the second is missing where it is of the same year.
  const missing = lastMonth.from.startsWith(`${year}`) ? [lastMonth] : []
  expect(theme).toMatchObject({ held: 1, more: 0, missing, article: '第十六条', due: 1 + missing.length })
  if (missing.length > 0) expect(ledger.words).toContain('主题党日缺1次')
  // Those above see it with one look; another one who holds no office there does not.
  const above = await seedActor(county, 'LEADER', tree.a.id)
  expect(await ledgerAt(tree.a1.id, above, year)).toEqual(ledger)
  expect(await ledgerAt(tree.a1.id, await seedActor(county, 'SECRETARY', tree.b.id), year)).toBeUndefined()
})

test.each([
  [1920, ['BAD_INPUT']],
  [1921, []],
  [2199, []],
  [2200, ['BAD_INPUT']],
])('S0-26 of the year %i: %j, of ledgers as of theme days', async (year, codes) => {
  expect(codesOf(await ask(tree.a1.id, county.admin, year))).toEqual(codes)
  const themeDays = 'query ($id: ID!, $year: Int!) { organisation(id: $id) { themeDays(year: $year) { month } } }'
  expect(codesOf(await county.world.askUntyped.org(county.admin, themeDays, { id: tree.a1.id, year }))).toEqual(codes)
})

import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
const month = monthOf(today)
const names = ['甲一', '乙二', '丙三']

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
let secretary: Actor
let cashier: Actor
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const rows = [tree.a1, tree.a1, tree.b1].map(({ code }, i) =>
    fullMember(county.code, code, {
      姓名: names[i] as string,
      党费人员类别: '按月薪',
      '党费计算基数（元/月）': '5000',
    }),
  )
  ids = await seedMembers(county, rows)
  await everyoneKnown(county)
  dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      {
        input: {
          ...{ organisationId: tree.root.id, bank: 'ICBC', bankNumber: '6222021203001234567' },
          openedOn: addMonths(month, -3),
        },
      },
    ),
  )
  for (const name of names)
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
        { input: { memberId: ids.get(name) as string, through: addMonths(month, -2) } },
      ),
    )
  ;[secretary, cashier] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'CASHIER', tree.root.id),
  ])
})

async function pay(name: string, amountFen: string, receivedOn: string) {
  const { recordDuesPayment } = dataOf(
    await county.world.ask.dues(
      secretary,
      'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id } } }',
      { input: { memberId: ids.get(name) as string, amountFen, way: 'CASH', payer: 'SELF', receivedOn } },
    ),
  )
  dataOf(
    await county.world.ask.dues(
      cashier,
      'mutation ($input: ConfirmDuesPaymentsInput!) { confirmDuesPayments(input: $input) { payments { id } } }',
      { input: { paymentIds: [recordDuesPayment.payment?.id as string] } },
    ),
  )
}
const quarterOf = (day: string) => ({ year: Number(day.slice(0, 4)), quarter: Math.ceil(Number(day.slice(5, 7)) / 3) })
const ask = (by: Actor, id: string, at: { year: number; quarter: number }) =>
  county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $year: Int!, $quarter: Int!) { _entities(representations: $refs) { ... on Organisation {
      duesSummary(year: $year, quarter: $quarter) { year quarter
        whole { now { bills dueFen waivedFen paidFen openFen settledInTime settledInTimePerMille } before { bills } lastYear { bills settledInTimePerMille } }
        below { organisation { id } now { bills paidFen settledInTime } } } } } }`,
    { refs: [{ __typename: 'Organisation', id }], ...at },
  )
const summary = async (...args: Parameters<typeof ask>) => entityOf(await ask(...args)).duesSummary ?? null

describe('S3-21 the summary of a quarter', () => {
  test('S3-21 counts in time what came by the last day of its month, and not what came a day later', async () => {
    const last = addMonths(month, -1)
    await pay('甲一', '5000', addDays(month, -1))
    await pay('乙二', '5000', month)
    const found = await summary(secretary, tree.a1.id, quarterOf(last))
    const months = quarterOf(last).quarter === quarterOf(month).quarter ? 2 : 1
    expect(found?.whole.now).toEqual({
      ...{ bills: 2 * months, dueFen: `${10_000 * months}`, waivedFen: '0', paidFen: '10000' },
      ...{ openFen: `${10_000 * (months - 1)}`, settledInTime: 1, settledInTimePerMille: 500 / months },
    })
    expect(found?.whole.before.bills).toBe(0)
    expect(found?.whole.lastYear).toEqual({ bills: 0, settledInTimePerMille: null })
    expect(found?.below).toEqual([])
    const after = addMonths(last, 3)
    expect((await summary(secretary, tree.a1.id, quarterOf(after)))?.whole.before.bills).toBe(2 * months)
    const year = addMonths(last, 12)
    expect((await summary(secretary, tree.a1.id, quarterOf(year)))?.whole.lastYear.bills).toBe(2 * months)
  })

  test('S3-21 shows a committee each one directly below it; a branch its own, a sibling and a member nothing', async () => {
    const at = quarterOf(addMonths(month, -1))
    const found = await summary(county.admin, tree.root.id, at)
    const lines = new Map(found?.below.map(({ organisation, now }) => [organisation?.id, now]))
    const [a, b] = [lines.get(tree.a.id), lines.get(tree.b.id)]
    expect((a?.bills ?? 0) + (b?.bills ?? 0)).toBe(found?.whole.now.bills)
    expect(b).toMatchObject({ paidFen: '0', settledInTime: 0 })
    const sibling = await seedActor(county, 'SECRETARY', tree.b1.id)
    const { subject } = await seedAccount(county, { keptBy: tree.a1.id, memberId: ids.get('甲一') as string })
    const member = await actorOf(county.world, subject)
    for (const by of [sibling, member]) expect(await summary(by, tree.a1.id, at)).toBeNull()
    expect(await summary(secretary, tree.a.id, at)).toBeNull()
    expect(await summary(sibling, tree.b1.id, at)).not.toBeNull()
  })

  test.each([
    [{ year: 2026, quarter: 0 }, ['BAD_INPUT']],
    [{ year: 2026, quarter: 1 }, []],
    [{ year: 2026, quarter: 4 }, []],
    [{ year: 2026, quarter: 5 }, ['BAD_INPUT']],
    [{ year: 2007, quarter: 1 }, ['BAD_INPUT']],
    [{ year: 2008, quarter: 1 }, []],
    [{ year: 2100, quarter: 4 }, []],
    [{ year: 2101, quarter: 1 }, ['BAD_INPUT']],
  ])('S3-21 of %j answers %j', async (at, codes) => {
    expect(codesOf(await ask(secretary, tree.a1.id, at))).toEqual(codes)
  })
})

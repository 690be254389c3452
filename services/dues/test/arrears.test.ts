import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { dumpText } from '@linghang/harness/databases'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const month = monthOf(today)
const ago = (months: number) => addMonths(month, -months)
const reason = '家中变故暂时没有收入'

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
let secretary: Actor
let cashier: Actor
/** How many whole months each owes: through the month before. */
const owing = new Map([
  ['郑一', 1],
  ['钱五', 5],
  ['孙六', 6],
  ['李七', 7],
])
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const at = (name: string) => fullMember(county.code, tree.a1.code, { 姓名: name, 党费人员类别: '学生' })
  ids = await seedMembers(county, [...owing.keys()].map(at))
  await everyoneKnown(county)
  dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      { input: { organisationId: tree.root.id, bank: 'ICBC', bankNumber: '6222021203001234567', openedOn: ago(9) } },
    ),
  )
  ;[secretary, cashier] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'CASHIER', tree.root.id),
  ])
  for (const [name, months] of owing)
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
        { input: { memberId: ids.get(name) as string, through: ago(months + 1) } },
      ),
    )
})

/** Paid in full or in part: whatever was received, arrears follow it at once. */
const pay = async (name: string, amountFen: string) => {
  const recorded = dataOf(
    await county.world.ask.dues(
      secretary,
      'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id } } }',
      {
        input: {
          ...{ memberId: ids.get(name) as string, amountFen, way: 'CASH' as const, payer: 'SELF' as const },
          receivedOn: today,
        },
      },
    ),
  ).recordDuesPayment.payment
  dataOf(
    await county.world.ask.dues(
      cashier,
      'mutation ($input: ConfirmDuesPaymentsInput!) { confirmDuesPayments(input: $input) { payments { state } } }',
      { input: { paymentIds: [recorded?.id as string] } },
    ),
  )
}
const standing = async (name: string, by: Actor = county.admin) =>
  entityOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { duesRecord { light
        arrears { id sinceMonth months matterOn closedOn steps { kind goodReason outcome reason } } } } } }`,
      { refs: [{ __typename: 'Member', id: ids.get(name) as string }] },
    ),
  ).duesRecord
const lights = async (id: string, by: Actor = county.admin) =>
  entityOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesLights { yellow red matters }
        duesArrears(leastMonths: 6) { totalCount nodes { months } } } } }`,
      { refs: [{ __typename: 'Organisation', id }] },
    ),
  )
const talk = (arrearsId: string, more: object = {}, by: Actor = secretary) =>
  county.world.ask.dues(
    by,
    'mutation ($input: RecordDuesTalkInput!) { recordDuesTalk(input: $input) { arrears { steps { kind } } } }',
    { input: { arrearsId, heldOn: today, goodReason: true, reason, ...more } },
  )
const decide = (arrearsId: string, more: object = {}, by: Actor = secretary) =>
  county.world.ask.dues(
    by,
    'mutation ($input: DecideDuesMatterInput!) { decideDuesMatter(input: $input) { arrears { steps { kind outcome } } } }',
    {
      input: {
        ...{ arrearsId, heldOn: today, outcome: 'EXCUSED' as const, recordNumber: '支部大会 11 号', reason },
        ...more,
      },
    },
  )
const arrearsOf = async (name: string) => (await standing(name))?.arrears[0]?.id as string

describe('S1-23 who has not paid', () => {
  test('S1-23 shows a light that follows the months that are over, and goes out when they are paid', async () => {
    for (const name of owing.keys()) await pay(name, '1')
    const shown = await Promise.all([...owing.keys()].map(async name => [(await standing(name))?.light, name]))
    expect(shown).toEqual([
      ['YELLOW', '郑一'],
      ['RED', '钱五'],
      ['RED', '孙六'],
      ['RED', '李七'],
    ])
    expect((await lights(tree.a1.id)).duesLights).toEqual({ yellow: 1, red: 3, matters: 2 })
    expect((await lights(tree.root.id)).duesLights).toEqual({ yellow: 1, red: 3, matters: 2 })
    expect((await lights(tree.a1.id)).duesArrears).toMatchObject({ totalCount: 2 })
    await pay('郑一', '19')
    expect(await standing('郑一')).toMatchObject({ light: 'GREEN', arrears: [{ months: 0, closedOn: today }] })
    expect((await lights(tree.a1.id)).duesLights).toMatchObject({ yellow: 0 })
  })

  test('S1-23 after six months is heard and decided by the branch, never by the system; paid, it ends and is kept', async () => {
    const five = await arrearsOf('钱五')
    const six = await arrearsOf('孙六')
    expect((await standing('钱五'))?.arrears[0]?.matterOn).toBeNull()
    expect((await standing('孙六'))?.arrears[0]).toMatchObject({ sinceMonth: ago(6), months: 6, matterOn: today })
    expect(codesOf(await decide(six))).toEqual(['ARREARS_NOT_HEARD'])
    dataOf(await talk(five))
    expect(codesOf(await decide(five))).toEqual(['ARREARS_NO_MATTER'])
    dataOf(await talk(six))
    dataOf(await decide(six))
    await pay('孙六', '119')
    const [ended] = (await standing('孙六'))?.arrears ?? []
    expect(ended).toMatchObject({ months: 0, matterOn: today, closedOn: today })
    expect(ended?.steps).toEqual([
      { kind: 'TALK', goodReason: true, outcome: null, reason },
      { kind: 'DECISION', goodReason: null, outcome: 'EXCUSED', reason },
    ])
    expect(codesOf(await talk(six))).toEqual(['ARREARS_ENDED'])
    expect((await dumpText('dues')).includes(reason)).toBe(false)
  })

  test('S1-23 stands in the branch’s dates and inbox from the day on which it is to be talked of, once, and leaves them when it is paid', async () => {
    const rulesOf = async (memberId: string) => {
      const found = await county.world.ask.workflows(
        secretary,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { deadlines(withinDays: 800) { nodes {
          rule dueOn nature subject { ... on Member { id } } } } } } }`,
        { refs: [{ __typename: 'Organisation', id: tree.a1.id }] },
      )
      const nodes = dataOf(found)._entities[0]?.deadlines.nodes ?? []
      return nodes.flatMap(({ rule, dueOn, subject }) =>
        rule.startsWith('DUES_') && subject && 'id' in subject && subject.id === memberId ? [`${rule} ${dueOn}`] : [],
      )
    }
    const five = ids.get('钱五') as string
    const wanted = [`DUES_TALK ${ago(2)}`, `DUES_WARNING ${month}`, `DUES_MATTER ${addMonths(month, 1)}`]
    await until(
      async () => (await rulesOf(five)).sort().join() === wanted.sort().join(),
      20_000,
      'the dates stand there',
    )
    await pay('钱五', '99')
    await until(async () => (await rulesOf(five)).length === 0, 20_000, 'the dates have gone')
  })

  test('S1-23 is dealt with by the branch, on a day that can be; why is read by who keeps it', async () => {
    const seven = await arrearsOf('李七')
    const [b1, leader] = await Promise.all([
      seedActor(county, 'SECRETARY', tree.b1.id),
      seedActor(county, 'LEADER', tree.a1.id),
    ])
    expect(codesOf(await talk(seven, {}, b1))).toEqual(['NOT_FOUND'])
    expect(codesOf(await talk(seven, {}, cashier))).toEqual(['NOT_FOUND'])
    for (const heldOn of [addDays(today, 1), addDays(ago(7), -1)])
      expect(codesOf(await talk(seven, { heldOn }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await talk(seven, { reason: ' ' }))).toEqual(['BAD_INPUT'])
    dataOf(await talk(seven, { goodReason: false }))
    expect((await standing('李七', leader))?.arrears[0]?.steps).toMatchObject([{ kind: 'TALK', reason: null }])
    expect(await standing('李七', b1)).toBeNull()
    expect((await lights(tree.a1.id, b1)).duesLights).toBeNull()
  })
})

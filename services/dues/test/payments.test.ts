import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const month = monthOf(today)
const ago = (months: number) => addMonths(month, -months)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
let account: string
let organiser: Actor
let cashier: Actor
const names = ['郑一', '钱二', '孙三', '李四', '周五', '吴六']
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  ids = await seedMembers(
    county,
    names.map(name =>
      fullMember(county.code, tree.a1.code, { 姓名: name, 党费人员类别: '按月薪', '党费计算基数（元/月）': '5000' }),
    ),
  )
  await everyoneKnown(county)
  const opened = dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      { input: { organisationId: tree.root.id, bank: 'ICBC', bankNumber: '6222021203001234567', openedOn: ago(3) } },
    ),
  )
  account = opened.openDuesAccount.account?.id as string
  ;[organiser, cashier] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'CASHIER', tree.root.id),
  ])
  for (const name of names)
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
        { input: { memberId: ids.get(name) as string, through: ago(3) } },
      ),
    )
})

const record = (name: string, amountFen: string, more: object = {}, by: Actor = organiser) =>
  county.world.ask.dues(
    by,
    'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id state duesFen } } }',
    {
      input: {
        ...{ memberId: ids.get(name) as string, amountFen, way: 'CASH' as const, payer: 'SELF' as const },
        ...{ receivedOn: today, ...more },
      },
    },
  )
const recorded = async (...args: Parameters<typeof record>) =>
  dataOf(await record(...args)).recordDuesPayment.payment?.id as string
const confirm = (paymentIds: string[], by: Actor = cashier) =>
  county.world.ask.dues(
    by,
    `mutation ($input: ConfirmDuesPaymentsInput!) { confirmDuesPayments(input: $input) { payments {
      state duesFen advanceFen voluntaryFen shares { month amountFen } } } }`,
    { input: { paymentIds } },
  )
const confirmed = async (...args: Parameters<typeof confirm>) =>
  dataOf(await confirm(...args)).confirmDuesPayments.payments
const cancel = (paymentId: string, by: Actor = cashier) =>
  county.world.ask.dues(
    by,
    'mutation ($input: CancelDuesPaymentInput!) { cancelDuesPayment(input: $input) { payment { state whyEnded } } }',
    { input: { paymentId, reason: '记错人' } },
  )
const deposit = (amountFen: string, by: Actor = cashier) =>
  county.world.ask.dues(
    by,
    'mutation ($input: DepositDuesCashInput!) { depositDuesCash(input: $input) { journal { reason } } }',
    { input: { accountId: account, amountFen, note: '缴款单 3 号' } },
  )
const standing = async (name: string, by: Actor = county.admin) => {
  const { duesRecord } = entityOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!, $last: Int!) { _entities(representations: $refs) { ... on Member { duesRecord {
        last: bills(year: $last) { state paidFen } bills { state paidFen settledOn } payments { totalCount nodes { id journal { id payment { id } spending { id } settlement { id } } } } } } } }`,
      { refs: [{ __typename: 'Member', id: ids.get(name) as string }], last: Number(today.slice(0, 4)) - 1 },
    ),
  )
  const bills = [...(duesRecord?.last ?? []), ...(duesRecord?.bills ?? [])]
  return { states: bills.map(({ state, paidFen }) => `${state} ${paidFen}`), payments: duesRecord?.payments }
}
const money = async () => {
  const found = entityOf(
    await county.world.ask.dues(
      county.admin,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
        duesAccount { balanceFen real { balanceFen } } } } }`,
      { refs: [{ __typename: 'Organisation', id: tree.a1.id }] },
    ),
  )
  return { branch: BigInt(found.duesAccount?.balanceFen ?? 0), bank: BigInt(found.duesAccount?.real?.balanceFen ?? 0) }
}

describe('S0-23 dues that are received', () => {
  test('S0-23 in cash are recorded by one and confirmed by another; then they pay the oldest months and are the branch’s', async () => {
    const before = await money()
    const payment = await recorded('郑一', '7500')
    expect((await standing('郑一')).states).toEqual(['OPEN 0', 'OPEN 0', 'OPEN 0'])
    expect(codesOf(await confirm([payment], organiser))).toEqual(['PAYMENT_OWN_CONFIRMED'])
    expect(await confirmed([payment])).toEqual([
      {
        ...{ state: 'CONFIRMED', duesFen: '7500', advanceFen: '0', voluntaryFen: '0' },
        shares: [
          { month: ago(2), amountFen: '5000' },
          { month: ago(1), amountFen: '2500' },
        ],
      },
    ])
    expect(codesOf(await confirm([payment]))).toEqual(['PAYMENT_NOT_OPEN'])
    expect((await standing('郑一')).states).toEqual(['SETTLED 5000', 'PART 2500', 'OPEN 0'])
    expect(await money()).toEqual({ branch: before.branch + 7_500n, bank: before.bank })

    expect(codesOf(await deposit('1000000'))).toEqual(['MONEY_NOT_THERE'])
    expect(dataOf(await deposit('7500')).depositDuesCash.journal).toEqual({ reason: 'CASH_DEPOSITED' })
    expect(await money()).toEqual({ branch: before.branch + 7_500n, bank: before.bank + 7_500n })
  })

  test('S0-23 at the bank lie there at once; taken back, the months are open again, and the journal goes with them', async () => {
    const before = await money()
    const payment = await recorded('钱二', '5000', { way: 'BANK' })
    await confirmed([payment])
    expect(await money()).toEqual({ branch: before.branch + 5_000n, bank: before.bank + 5_000n })
    const { payments } = await standing('钱二')
    const booked = { payment: { id: payment }, spending: null, settlement: null }
    expect(payments?.nodes[0]?.journal).toMatchObject(booked)
    const reversal = await county.world.ask.dues(
      county.admin,
      'mutation ($input: ReverseDuesJournalInput!) { reverseDuesJournal(input: $input) { journal { id } } }',
      { input: { journalId: payments?.nodes[0]?.journal?.id as string, reason: '记错' } },
    )
    expect(codesOf(reversal)).toEqual(['JOURNAL_HAS_OWN_WAY'])
    expect(dataOf(await cancel(payment)).cancelDuesPayment.payment).toEqual({ state: 'REVERSED', whyEnded: '记错人' })
    expect(codesOf(await cancel(payment))).toEqual(['PAYMENT_NOT_OPEN'])
    expect((await standing('钱二')).states).toEqual(['OPEN 0', 'OPEN 0', 'OPEN 0'])
    expect(await money()).toEqual(before)
    const another = await recorded('钱二', '1')
    expect(dataOf(await cancel(another, organiser)).cancelDuesPayment.payment?.state).toBe('CANCELLED')
    expect(codesOf(await confirm([another]))).toEqual(['PAYMENT_NOT_OPEN'])
  })

  test('S0-23 taken back of a month that is not owed after all, it is not open again', async () => {
    const payment = await recorded('周五', '15000', { way: 'BANK' })
    await confirmed([payment])
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: PauseDuesInput!) { pauseDues(input: $input) { record { pauses { kind } } } }',
        { input: { memberId: ids.get('周五') as string, kind: 'ABROAD', from: ago(2), basis: '出国审批 3 号' } },
      ),
    )
    expect((await standing('周五')).states).toEqual(['SETTLED 5000', 'WITHDRAWN 5000', 'WITHDRAWN 5000'])
    dataOf(await cancel(payment))
    expect((await standing('周五')).states).toEqual(['OPEN 0', 'WITHDRAWN 0', 'WITHDRAWN 0'])
    const rest = await recorded('周五', '5001')
    expect(codesOf(await confirm([rest]))).toEqual(['DUES_OVERPAID'])
  })

  test('S0-23 of more than is open say what the rest is: for months to come, or of one’s own will; a large due is none of these', async () => {
    const plain = await recorded('孙三', '15001')
    expect(codesOf(await confirm([plain]))).toEqual(['DUES_OVERPAID'])
    expect(codesOf(await record('孙三', '20000', { rest: 'ADVANCE' }))).toEqual(['CONSENT_MISSING'])
    const quarter = await recorded('孙三', '20000', { rest: 'ADVANCE', consent: '支委会 11 月 2 日同意按季交纳' })
    expect(await confirmed([quarter])).toMatchObject([{ duesFen: '15000', advanceFen: '5000', voluntaryFen: '0' }])
    expect((await standing('孙三')).states).toEqual(['SETTLED 5000', 'SETTLED 5000', 'SETTLED 5000'])
    const most = await recorded('李四', '114999', { rest: 'VOLUNTARY' })
    expect(await confirmed([most])).toMatchObject([{ duesFen: '15000', voluntaryFen: '99999' }])
    const large = await recorded('钱二', '115000', { rest: 'VOLUNTARY' })
    expect(codesOf(await confirm([large]))).toEqual(['LARGE_DUES'])
  })

  test('S0-23 by somebody else take the branch’s consent (art. 12), and are confirmed once, however many do', async () => {
    expect(codesOf(await record('吴六', '5000', { payer: 'RELATIVE' }))).toEqual(['CONSENT_MISSING'])
    expect(codesOf(await record('吴六', '5000', { payer: 'MEMBER', consent: '支委会同意' }))).toEqual(['BAD_INPUT'])
    const consent = { payer: 'MEMBER' as const, consent: '支委会同意' }
    const self = { ...consent, payerMemberId: ids.get('吴六') as string }
    expect(codesOf(await record('吴六', '5000', self))).toEqual(['BAD_INPUT'])
    const payment = await recorded('吴六', '5000', { ...consent, payerMemberId: ids.get('郑一') as string })
    const before = await money()
    const raced = await Promise.all(Array.from({ length: 8 }, () => confirm([payment])))
    const codes = raced.flatMap(answer => (answer.data?.confirmDuesPayments ? ['DONE'] : codesOf(answer)))
    expect(codes.sort()).toEqual(['DONE', ...Array(7).fill('PAYMENT_NOT_OPEN')])
    expect((await money()).branch).toBe(before.branch + 5_000n)
  })

  test('S0-23 are recorded by who keeps the books, and refused where they are not a sum', async () => {
    const [b1, leader] = await Promise.all([
      seedActor(county, 'SECRETARY', tree.b1.id),
      seedActor(county, 'LEADER', tree.a1.id),
    ])
    expect(codesOf(await record('郑一', '1', {}, b1))).toEqual(['NOT_FOUND'])
    expect(codesOf(await record('郑一', '1', {}, leader))).toEqual(['NOT_FOUND'])
    expect(codesOf(await record('郑一', '1', { organisationId: tree.b1.id }))).toEqual(['NOT_FOUND'])
    for (const amount of ['0', '-1', '10000000000001'])
      expect(codesOf(await record('郑一', amount))).toEqual(['BAD_INPUT'])
    for (const amount of ['9223372036854775808', '0.1'])
      expect(codesOf(await record('郑一', amount))).toEqual(['BAD_USER_INPUT'])
    expect(codesOf(await record('郑一', '1', { receivedOn: addDays(today, 1) }))).toEqual(['BAD_INPUT'])
    const payment = await recorded('郑一', '1')
    expect(codesOf(await confirm([payment], b1))).toEqual(['NOT_FOUND'])
    expect(codesOf(await confirm([]))).toEqual(['BAD_INPUT'])
    expect(codesOf(await cancel(payment, b1))).toEqual(['NOT_FOUND'])
    expect((await standing('郑一', b1)).payments).toBeUndefined()
  })
})

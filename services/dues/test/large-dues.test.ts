import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const ago = (months: number) => addMonths(monthOf(today), -months)
const names = ['郑一', '钱二', '孙三', '李四', '周五']
const lower = '6222021203001234567'
const upper = '6222021203007654321'

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
let organiser: Actor
let cashierOfA: Actor
let cashierOfRoot: Actor
let member: Actor
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  // 50,000 yuan a month: 1,000 yuan are owed each month, as much as a large due.
  const baseOf = (name: string) => (name === '孙三' ? '50000' : '5000')
  ids = await seedMembers(
    county,
    names.map(name =>
      fullMember(county.code, tree.a1.code, {
        姓名: name,
        党费人员类别: '按月薪',
        '党费计算基数（元/月）': baseOf(name),
      }),
    ),
  )
  await everyoneKnown(county)
  for (const [at, bankNumber] of [
    [tree.a.id, lower],
    [tree.root.id, upper],
  ] as const)
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
        { input: { organisationId: at, bank: 'ICBC', bankNumber, openedOn: ago(3) } },
      ),
    )
  ;[organiser, cashierOfA, cashierOfRoot] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'CASHIER', tree.a.id),
    seedActor(county, 'CASHIER', tree.root.id),
  ])
  const { subject } = await seedAccount(county, { keptBy: tree.a1.id, memberId: ids.get('郑一') as string })
  member = await actorOf(county.world, subject)
  for (const name of names)
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
        {
          input: {
            memberId: ids.get(name) as string,
            through: name === '孙三' ? ago(3) : addDays(ago(0), -1),
          },
        },
      ),
    )
  // Who owes nothing more: this month is paid.
  for (const name of names) if (name !== '孙三') await given(name, '5000', { kind: 'DUES' })
})

const record = (name: string, amountFen: string, more: object = {}) =>
  county.world.ask.dues(
    organiser,
    'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id kind state } } }',
    {
      input: {
        ...{ memberId: ids.get(name) as string, amountFen, way: 'BANK' as const, payer: 'SELF' as const },
        ...{ receivedOn: today, kind: 'LARGE' as const, ...more },
      },
    },
  )
const recorded = async (...args: Parameters<typeof record>) =>
  dataOf(await record(...args)).recordDuesPayment.payment?.id as string
const confirm = (paymentId: string) =>
  county.world.ask.dues(
    cashierOfA,
    'mutation ($input: ConfirmDuesPaymentsInput!) { confirmDuesPayments(input: $input) { payments { state } } }',
    { input: { paymentIds: [paymentId] } },
  )
/** Confirmed, from the bank unless said otherwise. */
const given = async (name: string, amountFen: string, more: object = {}) => {
  const id = await recorded(name, amountFen, more)
  dataOf(await confirm(id))
  return id
}
const untyped = (by: Actor, field: string, type: string, input: object) =>
  county.world.askUntyped.dues(by, `mutation ($input: ${type}!) { ${field}(input: $input) { payment { state } } }`, {
    input,
  })
const passUp = (paymentId: string, by = cashierOfA, more: object = {}) =>
  untyped(by, 'passLargeDuesUp', 'PassLargeDuesInput', { paymentId, note: '汇款 3 号', ...more })
const receive = (paymentId: string, by = cashierOfRoot) =>
  untyped(by, 'receiveLargeDues', 'PassLargeDuesInput', { paymentId, note: '进账单 8 号' })
const handOver = (paymentId: string, number: string, by = cashierOfA, givenOn = today) =>
  untyped(by, 'handOverLargeDues', 'HandOverLargeDuesInput', { paymentId, number, givenOn })
const takeBack = (paymentId: string, by = cashierOfA) =>
  untyped(by, 'takeBackLargeDuesStep', 'TakeBackLargeDuesStepInput', { paymentId, reason: '汇错' })
const cancel = (paymentId: string) =>
  untyped(cashierOfA, 'cancelDuesPayment', 'CancelDuesPaymentInput', { paymentId, reason: '记错人' })

const largeOf = async (paymentId: string, by: Actor) => {
  const [found] = dataOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesPayment { large {
        state centreReceiptNumber holder { id } next { id } citation { article } steps { kind journal { reason } } } } } }`,
      { refs: [{ __typename: 'DuesPayment', id: paymentId }] },
    ),
  )._entities
  return found?.large
}
/** What a committee has and of that what is the centre's. */
const money = async (orgId: string) => {
  const { duesAccount } = entityOf(
    await county.world.ask.dues(
      county.admin,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
        duesAccount { balanceFen real { balanceFen } funds { id purpose balanceFen } } } } }`,
      { refs: [{ __typename: 'Organisation', id: orgId }] },
    ),
  )
  const fund = duesAccount?.funds.find(({ purpose }) => purpose === 'TO_CENTRE')
  return {
    own: duesAccount?.balanceFen,
    bank: duesAccount?.real?.balanceFen,
    centre: fund?.balanceFen ?? '0',
    fund: fund?.id,
  }
}

const collected = async (orgId: string) => {
  const { duesCollection, duesToPassUp } = entityOf(
    await county.world.ask.dues(
      county.admin,
      `query ($refs: [_Any!]!, $from: Date!, $until: Date!, $year: Int!) { _entities(representations: $refs) {
        ... on Organisation { duesCollection(from: $from, until: $until) { largeFen paidFen } duesToPassUp(year: $year) { paidFen } } } }`,
      {
        ...{ refs: [{ __typename: 'Organisation', id: orgId }], from: ago(3), until: ago(0) },
        year: Number(today.slice(0, 4)),
      },
    ),
  )
  return { ...duesCollection, shareOf: duesToPassUp?.paidFen }
}

describe('1.4/11 a large due (大额党费, 党费规定 2008, 第十一条)', () => {
  test('1.4/11 begins at 1,000 yuan at once of one’s own will; a fen less is dues given besides', async () => {
    expect(codesOf(await record('郑一', '99999'))).toEqual(['LARGE_DUES_TOO_SMALL'])
    expect(codesOf(await record('郑一', '100000', { rest: 'VOLUNTARY' }))).toEqual(['BAD_INPUT'])
    const besides = { kind: 'DUES', rest: 'VOLUNTARY' }
    expect(codesOf(await confirm(await recorded('钱二', '100000', besides)))).toEqual(['LARGE_DUES'])
    await given('钱二', '99999', besides)
    expect(await money(tree.a.id)).toMatchObject({ centre: '0', bank: '119999' })
    expect(dataOf(await record('郑一', '100000')).recordDuesPayment.payment).toMatchObject({ kind: 'LARGE' })
  })

  test('1.4/11 is none of what is owed, however much; and what is owed is paid first', async () => {
    const before = await money(tree.a.id)
    const large = await recorded('孙三', '100000')
    expect(codesOf(await confirm(large))).toEqual(['LARGE_DUES_OWES_FIRST'])
    // Three months of 1,000 yuan at once.
    await given('孙三', '300000', { kind: 'DUES' })
    expect(await money(tree.a.id)).toMatchObject({ own: before.own, centre: before.centre })
    expect((await money(tree.a1.id)).own).toBe('419999')
    dataOf(await confirm(large))
    expect(await money(tree.a.id)).toMatchObject({ own: before.own, centre: '100000' })
    expect((await money(tree.a1.id)).own).toBe('419999')
    dataOf(await cancel(large))
    expect(await money(tree.a.id)).toMatchObject({ own: before.own, centre: '0' })
  })

  test('1.4/11 goes up in full through the levels, and the centre’s receipt is recorded; member and committees see where it is', async () => {
    const before = await money(tree.a.id)
    const branch = await money(tree.a1.id)
    const id = await given('郑一', '120000', { way: 'CASH' })
    expect(await money(tree.a1.id)).toMatchObject({ own: branch.own })
    expect(await money(tree.a.id)).toMatchObject({ own: before.own, centre: '120000' })
    expect(await largeOf(id, member)).toMatchObject({
      ...{ state: 'RECEIVED', centreReceiptNumber: null, citation: { article: '第十一条' } },
      steps: [{ kind: 'RECEIVED' }],
    })
    expect(codesOf(await passUp(id, organiser))).toEqual(['FORBIDDEN'])
    expect(codesOf(await passUp(id, member))).toEqual(['NOT_FOUND'])
    expect(codesOf(await receive(id))).toEqual(['LARGE_DUES_NOT_SO_FAR'])
    expect(codesOf(await handOver(id, '中组 1'))).toEqual(['LARGE_DUES_NOT_SO_FAR'])
    // Spent on nothing, set aside from nothing else, and opened by nobody.
    const { fund } = await money(tree.a.id)
    const spend = {
      organisationId: tree.a.id,
      use: 'TRAINING',
      amountFen: '1',
      payee: '某',
      purpose: '培训',
      fundId: fund,
    }
    expect(codesOf(await untypedCode('requestSpending', 'RequestSpendingInput', spend))).toEqual([
      'FUND_FOR_ANOTHER_PURPOSE',
    ])
    expect(
      codesOf(await untypedCode('setAsideDues', 'SetAsideDuesInput', { fundId: fund, amountFen: '1', note: '专项' })),
    ).toEqual(['NOT_FOUND'])
    const grant = { fundId: fund, reason: 'FISCAL_GRANT', amountFen: '1', note: '拨款' }
    expect(codesOf(await untypedCode('recordDuesFundIncome', 'RecordDuesFundIncomeInput', grant))).toEqual([
      'NOT_FOUND',
    ])
    const open = { organisationId: tree.a.id, name: '上缴', purpose: 'TO_CENTRE' }
    expect(codesOf(await untypedCode('openDuesFund', 'OpenDuesFundInput', open))).toEqual(['BAD_INPUT'])
    const called = { ...open, name: '大额党费（上缴中央）', purpose: 'TRAINING' }
    expect(codesOf(await untypedCode('openDuesFund', 'OpenDuesFundInput', called))).toEqual(['FUND_NAME_TAKEN'])

    // In cash it is not at the bank, from where alone it goes up.
    await given('钱二', '200000')
    const [{ id: account }] = await look('dues', "select id from ledger_account where org_id = $1 and kind = 'REAL'", [
      uuidOf(tree.a.id),
    ])
    dataOf(
      await untypedCode('depositDuesCash', 'DepositDuesCashInput', {
        accountId: `RealDuesAccount:${account}`,
        amountFen: '120000',
        note: '缴款单',
      }),
    )
    dataOf(await passUp(id))
    expect(await money(tree.a.id)).toMatchObject({ own: before.own, centre: '200000' })
    expect(await largeOf(id, county.admin)).toMatchObject({
      state: 'PASSED_UP',
      next: { id: tree.root.id },
      holder: { id: tree.a.id },
    })
    expect(codesOf(await passUp(id))).toEqual(['LARGE_DUES_NOT_SO_FAR'])
    expect(codesOf(await cancel(id))).toEqual(['LARGE_DUES_PASSED_UP'])
    expect(codesOf(await handOver(id, '中组 1'))).toEqual(['LARGE_DUES_NOT_SO_FAR'])
    expect(codesOf(await receive(id, cashierOfA))).toEqual(['FORBIDDEN'])
    dataOf(await receive(id))
    expect(await money(tree.root.id)).toMatchObject({ own: '0', centre: '120000', bank: '120000' })
    expect(codesOf(await passUp(id))).toEqual(['FORBIDDEN'])
    dataOf(await passUp(id, cashierOfRoot))
    expect(await money(tree.root.id)).toMatchObject({ own: '0', centre: '0', bank: '0' })
    expect(codesOf(await handOver(id, '中组 1', cashierOfA, addDays(today, 1)))).toEqual(['BAD_INPUT'])
    expect(codesOf(await handOver(id, '中组 1', cashierOfA, addDays(today, -1)))).toEqual(['BAD_INPUT'])
    dataOf(await handOver(id, '中组 1'))
    // 钱二's too; apart from what is owed, and no part of what a share is taken of.
    expect(await collected(tree.root.id)).toEqual({ largeFen: '320000', paidFen: '320000', shareOf: '419999' })
    expect(await collected(tree.b.id)).toMatchObject({ largeFen: '0' })
    for (const seen of [member, organiser, cashierOfA, cashierOfRoot])
      expect(await largeOf(id, seen)).toMatchObject({
        ...{ state: 'HANDED_OVER', centreReceiptNumber: '中组 1' },
        steps: [...['RECEIVED', 'PASSED_UP', 'RECEIVED', 'PASSED_UP', 'HANDED_OVER'].map(kind => ({ kind }))],
      })
    expect(await largeOf(id, await seedActor(county, 'SECRETARY', tree.b1.id))).toBeUndefined()
  })

  test('1.4/11 a step that was wrong is taken back by whoever took it, with its journal; and a receipt is for one due', async () => {
    const id = await given('李四', '100000')
    expect(codesOf(await takeBack(id))).toEqual(['LARGE_DUES_NOT_SO_FAR'])
    dataOf(await passUp(id))
    dataOf(await receive(id))
    expect(codesOf(await takeBack(id, organiser))).toEqual(['FORBIDDEN'])
    expect(codesOf(await takeBack(id))).toEqual(['FORBIDDEN'])
    dataOf(await takeBack(id, cashierOfRoot))
    expect(await largeOf(id, cashierOfA)).toMatchObject({ state: 'PASSED_UP', next: { id: tree.root.id } })
    const before = await money(tree.a.id)
    dataOf(await takeBack(id))
    expect((await money(tree.a.id)).centre).toBe(`${BigInt(before.centre) + 100_000n}`)
    dataOf(await passUp(id))
    dataOf(await receive(id))
    dataOf(await passUp(id, cashierOfRoot))
    expect(codesOf(await handOver(id, '中组 1'))).toEqual(['CENTRE_RECEIPT_TAKEN'])
    dataOf(await handOver(id, '中组 2'))
    dataOf(await takeBack(id))
    expect(await largeOf(id, cashierOfA)).toMatchObject({ state: 'PASSED_UP', next: null, centreReceiptNumber: null })
    const reversal = await county.world.ask.dues(
      county.admin,
      'mutation ($input: ReverseDuesJournalInput!) { reverseDuesJournal(input: $input) { journal { id } } }',
      { input: { journalId: await journalOf(id), reason: '记错' } },
    )
    expect(codesOf(reversal)).toEqual(['JOURNAL_HAS_OWN_WAY'])
  })

  test('1.4/11 that fifty pass up at once goes up once', async () => {
    const id = await given('周五', '100000')
    const before = await money(tree.a.id)
    const raced = await Promise.all(Array.from({ length: 50 }, () => passUp(id)))
    const codes = raced.flatMap(answer => (answer.data?.passLargeDuesUp ? ['DONE'] : codesOf(answer)))
    expect(codes.toSorted()).toEqual(['DONE', ...Array(49).fill('LARGE_DUES_NOT_SO_FAR')])
    expect((await money(tree.a.id)).centre).toBe(`${BigInt(before.centre) - 100_000n}`)
  })

  test('1.4/11 whatever was done with them, ledger:verify finds the books right, and a due that is said to be elsewhere', async () => {
    expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining('账实相符') })
    const [{ payment_id: id }] = await look(
      'dues',
      "select payment_id from dues_large_due where county_id = $1 and state = 'RECEIVED' limit 1",
      [county.id],
    )
    await look('dues', "update dues_large_due set state = 'TAKEN_BACK' where payment_id = $1", [id])
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('LARGE_DUES') })
    await look('dues', "update dues_large_due set state = 'RECEIVED' where payment_id = $1", [id])
  })
})

const untypedCode = (field: string, type: string, input: object) =>
  county.world.askUntyped.dues(county.admin, `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, {
    input,
  })
const journalOf = async (paymentId: string) => {
  const [row] = await look('dues', 'select journal_id from dues_large_step where payment_id = $1 and n = 2', [
    uuidOf(paymentId),
  ])
  return `DuesJournal:${row.journal_id}`
}

/** `npm run ledger:verify -- --county` against the databases of this run. */
function verify(): Promise<{ code: number; out: string }> {
  const at = surroundings()
  const env = {
    ...process.env,
    LINGHANG_KAFKA_BROKERS: at.kafkaBrokers,
    LINGHANG_DATABASE_URL: databaseUrl(at, 'org').replace(/\/org$/, '/{service}'),
  }
  const file = join(at.root, 'deploy/local/src/verify-ledger.ts')
  const args = ['--disable-warning=ExperimentalWarning', file, '--county', county.code]
  return new Promise(resolve => {
    execFile(process.execPath, args, { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out: `${out}${err}` }),
    )
  })
}

import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf, tokenOf, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays, addMonths } from '@linghang/rulebook'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
const year = today.slice(0, 4)
const names = ['甲一', '乙二', '丙三', '丁四']

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
let secretary: Actor
let cashier: Actor
let sibling: Actor
let own: Actor
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
  dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      {
        input: {
          ...{ organisationId: tree.root.id, bank: 'ICBC', bankNumber: '6222021203001234567' },
          openedOn: addMonths(today, -3),
        },
      },
    ),
  )
  ;[secretary, cashier, sibling] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'CASHIER', tree.root.id),
    seedActor(county, 'SECRETARY', tree.b1.id),
  ])
  const { subject } = await seedAccount(county, { keptBy: tree.a1.id, memberId: ids.get('甲一') as string })
  own = await actorOf(county.world, subject)
})

async function record(name: string, amountFen: string, receivedOn = today): Promise<string> {
  const answer = await county.world.ask.dues(
    secretary,
    'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id } } }',
    {
      input: {
        ...{ memberId: ids.get(name) as string, amountFen, way: 'CASH' as const, payer: 'SELF' as const },
        ...{ receivedOn, rest: 'VOLUNTARY' as const },
      },
    },
  )
  return dataOf(answer).recordDuesPayment.payment?.id as string
}
async function pay(name: string, amountFen: string, receivedOn = today): Promise<string> {
  const id = await record(name, amountFen, receivedOn)
  dataOf(
    await county.world.ask.dues(
      cashier,
      'mutation ($input: ConfirmDuesPaymentsInput!) { confirmDuesPayments(input: $input) { payments { id } } }',
      { input: { paymentIds: [id] } },
    ),
  )
  return id
}
const cancel = async (paymentId: string) =>
  dataOf(
    await county.world.ask.dues(
      cashier,
      'mutation ($input: CancelDuesPaymentInput!) { cancelDuesPayment(input: $input) { payment { id } } }',
      { input: { paymentId, reason: '记错人' } },
    ),
  )
const issue = (
  input: { paymentId?: string; period?: { memberId: string; organisationId: string; from: string; until: string } },
  by: Actor = secretary,
) =>
  county.world.ask.dues(
    by,
    `mutation ($input: IssueDuesReceiptInput!) { issueDuesReceipt(input: $input) { receipt {
      id number amountFen state receivedFrom receivedUntil lines { item month amountFen } } } }`,
    { input },
  )
const issued = async (...args: Parameters<typeof issue>) => {
  const { receipt } = dataOf(await issue(...args)).issueDuesReceipt
  if (!receipt) throw new Error('no receipt')
  return receipt
}
const voided = (receiptId: string, by: Actor = secretary, reason = '抬头写错') =>
  county.world.ask.dues(
    by,
    'mutation ($input: VoidDuesReceiptInput!) { voidDuesReceipt(input: $input) { receipt { number state voidReason } } }',
    { input: { receiptId, reason } },
  )
const link = (receiptId: string, by: Actor) =>
  county.world.ask.dues(by, 'query ($id: ID!) { duesReceiptLink(receiptId: $id) { url } }', { id: receiptId })
async function fetched(path: string, by: Actor) {
  const response = await fetch(`${county.world.urls.dues}${path}`, {
    headers: { authorization: `Bearer ${await tokenOf(by)}` },
    signal: AbortSignal.timeout(30_000),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    type,
    zip: bytes.subarray(0, 2).toString(),
    name: response.headers.get('content-disposition'),
  }
}
const receiptOf = async (paymentId: string, by: Actor) =>
  dataOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesPayment { receipt { number state } } } }`,
      { refs: [{ __typename: 'DuesPayment', id: paymentId }] },
    ),
  )._entities[0]?.receipt ?? null
const listOf = async (name: string, by: Actor) =>
  entityOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { duesRecord {
        receipts(first: 10) { totalCount nodes { number state } } } } } }`,
      { refs: [{ __typename: 'Member', id: ids.get(name) as string }] },
    ),
  ).duesRecord?.receipts ?? null
const numberOf = (written: string) => Number(written.slice(5))

describe('S0-23 receipts for dues', () => {
  test('S0-23 one for a payment that is confirmed, another only when it is void, and its number stays', async () => {
    const open = await record('甲一', '700')
    expect(codesOf(await issue({ paymentId: open }))).toEqual(['RECEIPT_NOT_DUE'])
    const paymentId = await pay('甲一', '90110')
    expect(await receiptOf(paymentId, secretary)).toBeNull()
    const first = await issued({ paymentId })
    expect(first).toMatchObject({ amountFen: '90110', state: 'VALID', receivedFrom: today, receivedUntil: today })
    const sum = first.lines.reduce((all, { amountFen }) => all + BigInt(amountFen), 0n)
    expect(sum).toBe(90_110n)
    expect(codesOf(await issue({ paymentId }))).toEqual(['RECEIPT_ISSUED_ALREADY'])

    expect(codesOf(await voided(first.id, secretary, ' '))).toEqual(['BAD_INPUT'])
    expect(dataOf(await voided(first.id)).voidDuesReceipt.receipt).toEqual({
      ...{ number: first.number, state: 'VOIDED', voidReason: '抬头写错' },
    })
    expect(codesOf(await voided(first.id))).toEqual(['RECEIPT_VOIDED_ALREADY'])
    expect(await receiptOf(paymentId, secretary)).toEqual({ number: first.number, state: 'VOIDED' })
    const second = await issued({ paymentId })
    expect(numberOf(second.number)).toBe(numberOf(first.number) + 1)
    expect(await receiptOf(paymentId, secretary)).toEqual({ number: second.number, state: 'VALID' })
  })

  test('S0-23 of a payment that is taken back is to be voided, and is never issued', async () => {
    const paymentId = await pay('乙二', '300')
    const { id, number } = await issued({ paymentId })
    await cancel(paymentId)
    expect(await receiptOf(paymentId, secretary)).toEqual({ number, state: 'TO_VOID' })
    expect(dataOf(await voided(id)).voidDuesReceipt.receipt?.state).toBe('VOIDED')
    expect(codesOf(await issue({ paymentId }))).toEqual(['RECEIPT_NOT_DUE'])
  })

  test('S0-23 many at once for one payment: one is issued; for many payments: numbers without a gap', async () => {
    const one = await pay('丙三', '400')
    const raced = await Promise.all(Array.from({ length: 8 }, () => issue({ paymentId: one })))
    const codes = raced.map(answer => (answer.errors.length === 0 ? 'DONE' : codesOf(answer)[0]))
    expect(codes.sort()).toEqual(['DONE', ...Array(7).fill('RECEIPT_ISSUED_ALREADY')])
    const payments = await Promise.all(Array.from({ length: 6 }, (_, i) => pay('丙三', `${500 + i}`)))
    const mixed = await Promise.all([...payments, one].map(paymentId => issue({ paymentId })))
    expect(mixed.filter(({ errors }) => errors.length > 0).map(codesOf)).toEqual([['RECEIPT_ISSUED_ALREADY']])
    const rows = await look('dues', 'select number from dues_receipt where org_id = $1 and year = $2 order by number', [
      uuidOf(tree.a1.id),
      Number(year),
    ])
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, i) => i + 1))
    expect(rows.length).toBeGreaterThanOrEqual(10)
  })

  test('S0-23 one for all that a member paid in a time and has no receipt for; 366 days and no more', async () => {
    await pay('丁四', '11', addDays(today, -2))
    const alone = await pay('丁四', '12', addDays(today, -1))
    await pay('丁四', '13')
    await issued({ paymentId: alone })
    const period = { memberId: ids.get('丁四') as string, organisationId: tree.a1.id }
    const none = { ...period, from: addDays(today, -1), until: addDays(today, -1) }
    expect(codesOf(await issue({ period: none }))).toEqual(['RECEIPT_NOTHING_RECEIVED'])
    const tooLong = { ...period, from: addDays(today, -366), until: today }
    expect(codesOf(await issue({ period: tooLong }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await issue({ period: { ...period, from: today, until: addDays(today, -1) } }))).toEqual([
      'BAD_INPUT',
    ])
    expect(codesOf(await issue({}))).toEqual(['BAD_INPUT'])
    const year = { ...period, from: addDays(today, -365), until: today }
    expect(codesOf(await issue({ paymentId: alone, period: year }))).toEqual(['BAD_INPUT'])
    const receipt = await issued({ period: year })
    expect(receipt).toMatchObject({ amountFen: '24', receivedFrom: addDays(today, -2), receivedUntil: today })
    expect(codesOf(await issue({ period: year }))).toEqual(['RECEIPT_NOTHING_RECEIVED'])
  })

  test('S0-23 are the branch’s and the member’s: a sibling gets none, guessed or not, and nobody writes who keeps no books', async () => {
    const [mine, other] = [await pay('甲一', '21'), await pay('乙二', '22')]
    const ofMine = await issued({ paymentId: mine })
    const ofOther = await issued({ paymentId: other })
    const leader = await seedActor(county, 'LEADER', tree.a1.id)
    for (const by of [sibling, own, leader]) {
      expect(codesOf(await issue({ paymentId: await pay('乙二', '23') }, by))).toEqual(['NOT_FOUND'])
      expect(codesOf(await voided(ofOther.id, by))).toEqual(['NOT_FOUND'])
    }
    const period = { memberId: ids.get('乙二') as string, organisationId: tree.a1.id, from: today, until: today }
    expect(codesOf(await issue({ period }, sibling))).toEqual(['NOT_FOUND'])
    // A sibling's books hold nothing of this member: naming them instead gives nothing of the other's.
    expect(codesOf(await issue({ period: { ...period, organisationId: tree.b1.id } }, sibling))).toEqual([
      'RECEIPT_NOTHING_RECEIVED',
    ])
    const guessed = `${ofOther.id.slice(0, -1)}${ofOther.id.endsWith('0') ? '1' : '0'}`
    for (const by of [sibling, own]) {
      expect(codesOf(await link(ofOther.id, by))).toEqual(['NOT_FOUND'])
      expect(codesOf(await link(guessed, by))).toEqual(['NOT_FOUND'])
      expect(await receiptOf(other, by)).toBeNull()
    }
    expect(await listOf('乙二', own)).toBeNull()
    expect(await listOf('甲一', sibling)).toBeNull()
    expect((await listOf('甲一', own))?.nodes[0]).toEqual({ number: ofMine.number, state: 'VALID' })

    for (const by of [own, secretary, cashier, leader]) {
      const { url } = dataOf(await link(ofMine.id, by)).duesReceiptLink
      expect(await fetched(url, by)).toMatchObject({ status: 200, zip: 'PK' })
      expect((await fetched(url, sibling)).status).toBe(403)
    }
    const { url } = dataOf(await link(ofMine.id, own)).duesReceiptLink
    expect((await fetched(url.replace(uuidOf(ofMine.id), uuidOf(ofOther.id)), own)).status).toBe(403)
    expect((await fetched(`/files/dues-receipts/${uuidOf(ofMine.id)}.docx`, own)).status).toBe(403)
  })
})

describe('1.4/11 the paper for a large due', () => {
  test('1.4/11 is the committee’s that takes it for the centre, of its own kind and in its own sequence; no period has it', async () => {
    // What is owed is paid.
    await pay('丁四', '1000')
    const answer = await county.world.ask.dues(
      secretary,
      'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id } } }',
      {
        input: {
          ...{ memberId: ids.get('丁四') as string, amountFen: '100000', way: 'CASH', payer: 'SELF', kind: 'LARGE' },
          receivedOn: today,
        },
      },
    )
    const paymentId = dataOf(answer).recordDuesPayment.payment?.id as string
    dataOf(
      await county.world.ask.dues(
        cashier,
        'mutation ($input: ConfirmDuesPaymentsInput!) { confirmDuesPayments(input: $input) { payments { id } } }',
        { input: { paymentIds: [paymentId] } },
      ),
    )
    const memberId = ids.get('丁四') as string
    const period = { memberId, organisationId: tree.a1.id, from: today, until: today }
    const plain = await issued({ period })
    expect(plain.lines.map(({ item }) => item)).not.toContain('LARGE')
    expect(codesOf(await issue({ paymentId }))).toEqual(['FORBIDDEN'])
    const large = await issued({ paymentId }, cashier)
    expect(large).toMatchObject({ amountFen: '100000', lines: [{ item: 'LARGE', month: null, amountFen: '100000' }] })
    const rows = await look('dues', 'select kind, org_id from dues_receipt where id = any ($1::uuid[]) order by kind', [
      [plain.id, large.id].map(uuidOf),
    ])
    expect(rows).toEqual([
      { kind: 'DUES', org_id: uuidOf(tree.a1.id) },
      { kind: 'LARGE', org_id: uuidOf(tree.root.id) },
    ])
    expect(large.number).toBe(`${year}-000001`)
    expect(codesOf(await issue({ paymentId }, cashier))).toEqual(['RECEIPT_ISSUED_ALREADY'])
    dataOf(await voided(large.id, cashier))
    expect((await issued({ paymentId }, cashier)).number).toBe(`${year}-000002`)
  })
})

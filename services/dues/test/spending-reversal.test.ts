import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { uuidOf } from '@linghang/harness/ask'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { addDays } from '@linghang/rulebook'
import { codesOf, createSpendingDesk, dataOf, idOf, stateOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
let duesAccountId: string
beforeAll(async () => {
  desk = await createSpendingDesk()
  duesAccountId = (await desk.limitOf(desk.tree.a1.id, '900000')).duesAccountId
})

const reverse = (id: string, by = desk.actors.keeper, reason = '金额记错') =>
  desk.mutate(by, 'reverseSpending', 'ReverseSpendingInput', { id, reason })
const refund = (id: string, amountFen: string, more: object = {}, by = desk.actors.keeper) =>
  desk.mutate(by, 'recordSpendingRefund', 'RecordSpendingRefundInput', { id, amountFen, reason: '退货', ...more })
const told = async (type: string, id: string, fields: string) =>
  dataOf(
    await desk.county.world.askUntyped.dues(
      desk.county.admin,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type} { ${fields} } } }`,
      { refs: [{ __typename: type, id }] },
    ),
  )._entities[0]
const spending = (id: string) =>
  told('DuesSpending', id, 'state reason refundedFen reversal { reason } vouchers { id } steps { kind reason }')
const limit = async () => (await told('DuesAccount', duesAccountId, 'limits { usedFen heldFen freeFen }')).limits[0]
const standing = async () => [await desk.accountOf(desk.tree.a1.id), await limit()]
const settled = async (fen: string, more: object = {}) => {
  const id = await desk.approved(fen)
  dataOf(await desk.settle(id, fen, more))
  return id
}
const reverseJournal = (journalId: string) =>
  desk.county.world.ask.dues(
    desk.county.admin,
    'mutation ($input: ReverseDuesJournalInput!) { reverseDuesJournal(input: $input) { journal { id } } }',
    { input: { journalId: `DuesJournal:${journalId}`, reason: '记错' } },
  )
const journalOf = async (id: string) =>
  (await look('dues', 'select journal_id from dues_spending where id = $1', [uuidOf(id)]))[0].journal_id as string
/** What `npm run ledger:verify -- --county` says. */
const verified = async () => {
  const env = { ...process.env, DATABASE_URL: databaseUrl(surroundings(), 'dues') }
  const command = new URL('../src/ledger/command.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [command, '--county', desk.county.id], { env })
  return stdout
}

describe('S0-16 what was booked by mistake is taken back where it was booked', () => {
  test('S0-25 balance, holds and limits are what they were; the vouchers are free; the books hold', async () => {
    const before = await standing()
    const id = await desk.approved('4000')
    const voucherId = dataOf(await desk.tryVoucher(id, '4000', { number: 'BACK-1', issuer: '文具店' })).done.voucherId
    dataOf(await desk.settleWith(id, '4000', [voucherId]))
    expect(await standing()).not.toEqual(before)
    expect(codesOf(await reverse(id, desk.actors.keeper, ' '))).toEqual(['BAD_INPUT'])
    expect(codesOf(await reverse(id, desk.actors.treasurer))).toEqual(['FORBIDDEN'])
    expect(stateOf(await reverse(id))).toBe('REVERSED')
    expect(await standing()).toEqual(before)
    expect(await spending(id)).toMatchObject({
      ...{ state: 'REVERSED', reason: '金额记错', reversal: { reason: 'REVERSED' }, vouchers: [] },
      steps: ['REQUESTED', 'SUBMITTED', 'APPROVED', 'SETTLED', 'REVERSED'].map(kind => ({ kind })),
    })
    const other = await desk.approved('100')
    expect(codesOf(await desk.tryVoucher(other, '100', { number: 'BACK-1', issuer: '文具店' }))).toEqual([])
    expect(await verified()).toMatch(/账实相符/)
  })

  test('S0-16 once, whoever does it at the same moment, and never by the journal alone', async () => {
    const id = await settled('4100')
    expect(codesOf(await reverseJournal(await journalOf(id)))).toEqual(['JOURNAL_HAS_OWN_WAY'])
    const answers = await Promise.all(Array.from({ length: 5 }, () => reverse(id)))
    expect(answers.flatMap(codesOf)).toEqual(Array(4).fill('SPENDING_NOT_SO_FAR'))
    expect(codesOf(await desk.cancel(id))).toEqual(['SPENDING_NOT_SO_FAR'])
    const draft = idOf(await desk.request('1'))
    expect(codesOf(await reverse(draft))).toEqual(['SPENDING_NOT_SO_FAR'])
  })

  test('S0-16 it may be handed in again on the same resolution, approved again and booked as it was', async () => {
    const before = await standing()
    const id = await settled('4200')
    const first = `DuesJournal:${await journalOf(id)}`
    dataOf(await reverse(id))
    expect(stateOf(await desk.submit(id))).toBe('SUBMITTED')
    expect(await standing()).toEqual(before)
    dataOf(await desk.decide(id, desk.actors.above))
    expect(stateOf(await desk.settle(id, '4150'))).toBe('SETTLED')
    expect(await spending(id)).toMatchObject({ reversal: null, vouchers: [expect.anything()] })
    expect((await desk.accountOf(desk.tree.a1.id))?.heldFen).toBe('100')
    expect(await told('DuesJournal', first, 'spending { id }')).toEqual({ spending: { id } })
    await expect(
      look('dues', `update dues_spending set state = 'RETURNED', journal_id = null, settled_fen = null where id = $1`, [
        uuidOf(id),
      ]),
    ).rejects.toThrow(/not rewritten/)
    expect(await verified()).toMatch(/账实相符/)
  })

  test('S0-24 what was passed down comes back, unless it is spent already', async () => {
    await desk.receive(desk.tree.a.id, '5000')
    const passed = async () => {
      const input = { organisationId: desk.tree.a.id, use: 'PASS_DOWN', receiverId: desk.tree.a2.id }
      const id = idOf(await desk.request('2500', input, desk.actors.treasurerAbove))
      await desk.meet([{ spendingId: id, amountFen: '2500' }], 'a')
      dataOf(await desk.submit(id, desk.actors.treasurerAbove))
      dataOf(await desk.decide(id, desk.actors.above))
      dataOf(await desk.settleWith(id, '2500', []))
      return id
    }
    const first = await passed()
    expect(codesOf(await reverseJournal(await journalOf(first)))).toEqual(['JOURNAL_HAS_OWN_WAY'])
    expect(codesOf(await refund(first, '1'))).toEqual(['PASSED_DOWN_NOT_REFUNDED'])
    expect(stateOf(await reverse(first))).toBe('REVERSED')
    expect(await desk.accountOf(desk.tree.a2.id)).toMatchObject({ balanceFen: '0' })
    const second = await passed()
    dataOf(await desk.passUp(desk.tree.a2.id, '1'))
    expect(codesOf(await reverse(second))).toEqual(['MONEY_NOT_THERE'])
  })
})

describe('S0-16 what the payee gives back (退回)', () => {
  test('S0-16 comes to the account from which it was paid, up to what was spent; it stays spent', async () => {
    const id = await settled('6000')
    const [account, { usedFen }] = await standing()
    for (const fen of ['0', '-1']) expect(codesOf(await refund(id, fen))).toEqual(['BAD_INPUT'])
    expect(codesOf(await refund(id, '6001'))).toEqual(['REFUND_TOO_LARGE'])
    expect(codesOf(await refund(id, '10', { reason: ' ' }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await refund(id, '10', { countsOn: addDays(today, -1) }))).toEqual(['LEDGER_DAY_REFUSED'])
    expect(codesOf(await refund(id, '10', { countsOn: addDays(today, 1) }))).toEqual(['LEDGER_DAY_REFUSED'])
    expect(codesOf(await refund(id, '10', {}, desk.actors.treasurer))).toEqual(['FORBIDDEN'])
    expect(stateOf(await refund(id, '1500'))).toBe('SETTLED')
    expect(codesOf(await refund(id, '4501'))).toEqual(['REFUND_TOO_LARGE'])
    expect(await spending(id)).toMatchObject({ state: 'SETTLED', refundedFen: '1500' })
    expect(await desk.accountOf(desk.tree.a1.id)).toMatchObject({
      balanceFen: `${BigInt(account?.balanceFen ?? 0) + 1500n}`,
    })
    expect((await limit()).usedFen).toBe(usedFen)
    expect(codesOf(await reverse(id))).toEqual(['SPENDING_HAS_REFUNDS'])
    const [{ journal_id: journal }] = await look(
      'dues',
      `select journal_id from dues_spending_booking where spending_id = $1 and kind = 'REFUNDED'`,
      [uuidOf(id)],
    )
    dataOf(await reverseJournal(journal))
    expect(await spending(id)).toMatchObject({ refundedFen: '0' })
    expect(stateOf(await reverse(id))).toBe('REVERSED')
    expect(codesOf(await refund(id, '1'))).toEqual(['SPENDING_NOT_SO_FAR'])
    expect(await verified()).toMatch(/账实相符/)
  })

  test('S0-16 no more than was spent, however many record it at once', async () => {
    const id = await settled('900')
    const answers = await Promise.all(Array.from({ length: 5 }, () => refund(id, '400')))
    expect(answers.flatMap(codesOf)).toEqual(Array(3).fill('REFUND_TOO_LARGE'))
  })
})

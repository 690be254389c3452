import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { seedActor } from '@linghang/harness/county'
import { codesOf, createSpendingDesk, dataOf, idOf, stateOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
beforeAll(async () => {
  desk = await createSpendingDesk()
  await desk.receive(desk.tree.a2.id, '500000')
})

/** A request of another branch under the same account, approved by the same committee, with a voucher of it. */
const ofTheOther = async (amountFen: string) => {
  const by = await seedActor(desk.county, 'TREASURER', desk.tree.a2.id)
  const id = idOf(await desk.request(amountFen, { organisationId: desk.tree.a2.id }, by))
  await desk.meet([{ spendingId: id, amountFen }], 'a2')
  dataOf(await desk.submit(id, by))
  dataOf(await desk.decide(id, desk.actors.above))
  const voucherId = dataOf(await desk.tryVoucher(id, amountFen, {}, by)).done.voucherId as string
  return { id, by, voucherId }
}

describe('S0-16 what somebody tries with spending', () => {
  test.each(['0.1', '1e3', '9223372036854775808', '-9223372036854775809', ' 5', ''])(
    'S0-16 %j is no sum of money, wherever one is said',
    async fen => {
      const id = await desk.approved('10')
      const voucher = await desk.voucher(id, '10')
      const answers = await Promise.all([
        desk.request(fen),
        desk.tryVoucher(id, fen),
        desk.settleWith(id, fen, [voucher]),
        desk.mutate(desk.actors.keeper, 'recordSpendingRefund', 'RecordSpendingRefundInput', {
          ...{ id, amountFen: fen, reason: '退' },
        }),
        desk.setPolicy(fen, '100'),
        desk.passUp(desk.tree.a1.id, fen),
      ])
      for (const { data, errors } of answers) expect([data ?? null, errors?.length]).toEqual([null, 1])
      dataOf(await desk.cancel(id))
    },
  )

  test('S0-25 a voucher of another branch books nothing, nor does whoever keeps the other’s books', async () => {
    const other = await ofTheOther('700')
    const id = await desk.approved('700')
    expect(codesOf(await desk.settleWith(id, '700', [other.voucherId]))).toEqual(['VOUCHER_OF_ANOTHER'])
    const own = await desk.voucher(id, '700')
    expect(codesOf(await desk.settleWith(other.id, '700', [own]))).toEqual(['VOUCHER_OF_ANOTHER'])
    for (const step of [
      desk.submit(id, other.by),
      desk.cancel(id, other.by),
      desk.decide(id, other.by),
      desk.settleWith(id, '700', [own], {}, other.by),
      desk.mutate(other.by, 'reverseSpending', 'ReverseSpendingInput', { id, reason: '冲' }),
    ])
      expect(codesOf(await step)).toEqual(['NOT_FOUND'])
    expect(stateOf(await desk.settleWith(id, '700', [own]))).toBe('SETTLED')
    expect(stateOf(await desk.settleWith(other.id, '700', [other.voucherId]))).toBe('SETTLED')
  })

  test('S0-25 what is approved and what is booked meet: balance and holds are what each has left', async () => {
    const before = await desk.accountOf(desk.tree.a1.id)
    const ids = await Promise.all(Array.from({ length: 6 }, async () => idOf(await desk.request('1000'))))
    await desk.meet(ids.map(spendingId => ({ spendingId, amountFen: '1000' })))
    for (const id of ids) dataOf(await desk.submit(id))
    for (const id of ids.slice(0, 3)) dataOf(await desk.decide(id, desk.actors.above))
    const vouchers = await Promise.all(ids.slice(0, 3).map(id => desk.voucher(id, '1000')))
    const done = await Promise.all([
      ...ids.slice(0, 3).map((id, n) => desk.settleWith(id, '1000', [vouchers[n] as string], { countsOn: today })),
      ...ids.slice(3).map(id => desk.decide(id, desk.actors.above)),
      ...ids.slice(0, 3).map(id => desk.cancel(id)),
    ])
    // Each of the first three is booked or taken back, never both.
    const refused = done.map(answer => codesOf(answer).length)
    const ends = [0, 1, 2].map(n => [refused[n] as number, refused[n + 6] as number])
    for (const end of ends) expect(end.toSorted()).toEqual([0, 1])
    const booked = BigInt(ends.filter(([settled]) => settled === 0).length)
    expect(await desk.accountOf(desk.tree.a1.id)).toMatchObject({
      ...{ balanceFen: `${BigInt(before?.balanceFen ?? 0) - booked * 1000n}` },
      heldFen: `${BigInt(before?.heldFen ?? 0) + 3000n}`,
    })
  })
})

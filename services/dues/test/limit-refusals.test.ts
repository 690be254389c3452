import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { listen } from '@linghang/harness/listen'
import { until } from '@linghang/harness/until'
import { codesOf, createSpendingDesk, dataOf, idOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

let ears: Awaited<ReturnType<typeof listen<'dues.limit.refused.v1'>>>
afterAll(() => ears?.stop())

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
beforeAll(async () => {
  desk = await createSpendingDesk()
  await desk.limitOf(desk.tree.a1.id, '10000')
  ears = await listen('dues.events', ['dues.limit.refused.v1'])
})

/** Requests that were handed in, of this sum each. */
async function handedIn(count: number, amountFen: string): Promise<string[]> {
  const ids = await Promise.all(Array.from({ length: count }, async () => idOf(await desk.request(amountFen))))
  await desk.meet(ids.map(spendingId => ({ spendingId, amountFen })))
  for (const id of ids) dataOf(await desk.submit(id))
  return ids
}
const approve = (id: string, more: object = {}) => desk.decide(id, desk.actors.above, { approve: true, ...more })
const kept = async (ids: readonly string[]) => {
  const rows = await look(
    'dues',
    'select spending_id, count(*)::int as n from dues_limit_refusal where spending_id = any ($1::uuid[]) group by 1',
    [ids.map(uuidOf)],
  )
  return rows.map(({ n }) => n)
}
const toldOf = (ids: readonly string[]) => ears.heard.filter(({ data }) => ids.map(uuidOf).includes(data.spendingId))
const seenBy = async (id: string, by = desk.county.admin) => {
  const answer = await desk.county.world.askUntyped.dues(
    by,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesSpending { limitRefusals {
      period limitFen usedFen heldFen wantedFen } } } }`,
    { refs: [{ __typename: 'DuesSpending', id }] },
  )
  return dataOf(answer)._entities[0]?.limitRefusals
}

describe('S0-25 that a limit refused is kept', () => {
  test('S0-25 of fifty that race each that was refused is kept and told once, tried again as it stands or not', async () => {
    const ids = await handedIn(50, '3000')
    const answers = await Promise.all(ids.map(id => approve(id, { idempotencyKey: id })))
    const refused = ids.filter((_, n) => codesOf(answers[n] as (typeof answers)[number])[0] === 'LIMIT_EXCEEDED')
    expect(refused).toHaveLength(47)
    expect(await kept(ids)).toEqual(Array(47).fill(1))
    const again = await Promise.all(refused.map(id => approve(id, { idempotencyKey: id })))
    expect(again.flatMap(codesOf)).toEqual(Array(47).fill('LIMIT_EXCEEDED'))
    const [one] = refused as [string]
    const raced = await Promise.all(Array.from({ length: 50 }, () => approve(one)))
    expect(raced.flatMap(codesOf)).toEqual(Array(50).fill('LIMIT_EXCEEDED'))
    expect(await kept(ids)).toEqual(Array(47).fill(1))
    await until(() => toldOf(ids).length >= 47, 30_000, 'it is told')
    const told = toldOf(ids)
    expect(told).toHaveLength(47)
    expect(new Set(told.map(({ data }) => data.spendingId)).size).toBe(47)
    expect(told[0]?.data).toEqual({
      ...{ id: expect.any(String), orgId: uuidOf(desk.tree.a1.id), spendingId: expect.any(String), period: 'MONTH' },
      ...{ from: `${today.slice(0, 7)}-01`, limitFen: '10000', wantedFen: '3000', on: today, version: 1 },
    })
    expect(JSON.stringify(told)).not.toMatch(/困难党员|春节慰问/)
    expect(await seenBy(one)).toEqual([
      { period: 'MONTH', limitFen: '10000', usedFen: '0', heldFen: '9000', wantedFen: '3000' },
    ])
    expect(await seenBy(one, await seedActor(desk.county, 'TREASURER', desk.tree.a2.id))).toBeUndefined()
  })

  test('S0-25 handed in anew and refused again is another one; raised, the limit refuses no more, with the same key', async () => {
    const [id] = (await handedIn(1, '9900')) as [string]
    expect(codesOf(await approve(id, { idempotencyKey: 'x' }))).toEqual(['LIMIT_EXCEEDED'])
    dataOf(await desk.decide(id, desk.actors.above, { approve: false, reason: '附件不全' }))
    dataOf(await desk.submit(id))
    expect(codesOf(await approve(id))).toEqual(['LIMIT_EXCEEDED'])
    expect(await kept([id])).toEqual([2])
    await desk.limitOf(desk.tree.a1.id, '1000000')
    dataOf(await approve(id, { idempotencyKey: 'x' }))
    expect(await kept([id])).toEqual([2])
  })

  test('S0-25 what is refused for another reason is none', async () => {
    const [id] = (await handedIn(1, '999999')) as [string]
    expect(codesOf(await approve(id))).toEqual(['MONEY_NOT_THERE'])
    expect(await kept([id])).toEqual([])
  })
})

import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { uuidOf } from '@linghang/harness/ask'
import { createCounty, seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { addDays } from '@linghang/rulebook'
import { codesOf, createSpendingDesk, dataOf, idOf, stateOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
beforeAll(async () => {
  desk = await createSpendingDesk()
})

describe('S0-16 dues are spent by collective decision, one level up, as far as there are any', () => {
  test('S0-16 from the request over the meeting and the level above to the books; what was not spent is free', async () => {
    const before = await desk.accountOf(desk.tree.a1.id)
    const asked = dataOf(await desk.request('30000')).done.spending
    expect(asked).toMatchObject({ state: 'DRAFT', useCitation: { article: '第十九条第四项' }, hold: null })
    const { id } = asked
    await desk.meet([{ spendingId: id, amountFen: '30000' }])
    expect(dataOf(await desk.submit(id)).done.spending).toMatchObject({ state: 'SUBMITTED' })
    expect(dataOf(await desk.decide(id, desk.actors.above)).done.spending).toMatchObject({
      ...{ state: 'APPROVED', hold: { state: 'OPEN', amountFen: '30000' } },
    })
    expect(await desk.accountOf(desk.tree.a1.id)).toMatchObject({
      ...{ balanceFen: before?.balanceFen, heldFen: '30000' },
    })
    const settled = dataOf(await desk.settle(id, '28000')).done.spending
    expect(settled).toMatchObject({
      ...{
        state: 'SETTLED',
        settledFen: '28000',
        journal: { reason: 'SPENT', countsOn: today, spending: { id }, payment: null },
      },
      steps: ['REQUESTED', 'SUBMITTED', 'APPROVED', 'SETTLED'].map(kind => ({ kind })),
    })
    expect(await desk.accountOf(desk.tree.a1.id)).toEqual({
      ...{ balanceFen: `${BigInt(before?.balanceFen ?? 0) - 28_000n}`, heldFen: '0' },
      availableFen: `${BigInt(before?.availableFen ?? 0) - 28_000n}`,
    })
  })

  test.each(['0', '-1', '10000000000001'])('S0-16 %s fen are not asked for', async amountFen => {
    expect(codesOf(await desk.request(amountFen))).toEqual(['BAD_INPUT'])
  })

  test('S0-16 by whoever keeps the books of the organisation, of one that has an account', async () => {
    const elsewhere = await seedActor(desk.county, 'TREASURER', desk.tree.a2.id)
    expect(codesOf(await desk.request('100', {}, elsewhere))).toEqual(['NOT_FOUND'])
    const leader = await seedActor(desk.county, 'LEADER', desk.tree.a1.id)
    expect(codesOf(await desk.request('100', {}, leader))).toEqual(['FORBIDDEN'])
    const other = await createCounty()
    expect(codesOf(await desk.request('100', {}, other.admin))).toEqual(['NOT_FOUND'])
  })
})

describe('S0-16 the resolution on this very matter', () => {
  test('S0-16 without one, nothing is handed in', async () => {
    expect(codesOf(await desk.submit(idOf(await desk.request('100'))))).toEqual(['RESOLUTION_MISSING'])
  })

  test('S0-16 a meeting that is not closed is none', async () => {
    const id = idOf(await desk.request('100'))
    dataOf(await desk.tryMeet([{ spendingId: id, amountFen: '100', ballots: desk.votes() }]))
    // What is told of another meeting afterwards is heard after it, if it were told at all.
    await desk.agreed('100')
    expect(codesOf(await desk.submit(id))).toEqual(['RESOLUTION_MISSING'])
  })

  test('S0-16 another matter’s resolution names no request', async () => {
    const spendingId = idOf(await desk.request('100'))
    const other = { matter: 'OTHER', spendingId, amountFen: '100', ballots: desk.votes() }
    expect(codesOf(await desk.tryMeet([other]))).toEqual(['SPENDING_NOT_NAMED'])
    expect(codesOf(await desk.tryMeet([{ ballots: desk.votes() }]))).toEqual(['SPENDING_NOT_NAMED'])
    expect(codesOf(await desk.tryMeet([{ spendingId, ballots: desk.votes() }]))).toEqual(['SPENDING_NOT_NAMED'])
    const unvoted = { spendingId, amountFen: '100', decision: null }
    expect(codesOf(await desk.tryMeet([unvoted]))).toEqual(['VOTE_MISSING'])
    const named = { spendingId, amountFen: '100', ballots: desk.votes() }
    expect(codesOf(await desk.tryMeet([named, named]))).toEqual(['RESOLUTION_TWICE'])
    expect(codesOf(await desk.tryMeet([named], 'a1', 'GROUP_MEETING'))).toEqual(['SPENDING_NOT_FOR_GROUP'])
    for (const amountFen of ['0', '-5'])
      expect(codesOf(await desk.tryMeet([{ ...named, amountFen }]))).toEqual(['BAD_INPUT'])
  })

  test('S0-16 nor counts another organisation’s meeting, one that did not carry it, or one on another sum', async () => {
    const [elsewhere, lost, other] = [
      idOf(await desk.request('100')),
      idOf(await desk.request('100')),
      idOf(await desk.request('100')),
    ]
    await desk.meet([{ spendingId: elsewhere, amountFen: '100' }], 'a2')
    await desk.meet([
      { spendingId: lost, amountFen: '100', inFavour: 0 },
      { spendingId: other, amountFen: '99' },
    ])
    expect(codesOf(await desk.submit(elsewhere))).toEqual(['RESOLUTION_OF_ANOTHER'])
    expect(codesOf(await desk.submit(lost))).toEqual(['RESOLUTION_NOT_CARRIED'])
    expect(codesOf(await desk.submit(other))).toEqual(['RESOLUTION_OF_ANOTHER_SUM'])
  })

  test('S0-16 what a meeting decided is used once, and a correction of it counts', async () => {
    const id = idOf(await desk.request('100'))
    const meeting = await desk.meet([{ spendingId: id, amountFen: '100' }])
    const content = desk.meetingOf('a1', [{ spendingId: id, amountFen: '100', ballots: desk.votes(0) }])
    dataOf(await desk.org('correctMeeting', 'CorrectMeetingInput', { id: meeting, content, reason: '票数记错' }))
    const carried = async () =>
      (await look('dues', 'select carried from dues_spending_resolution where meeting_id = $1', [uuidOf(meeting)]))[0]
    for (let waited = 0; (await carried())?.carried !== false && waited < 200; waited += 1)
      await new Promise(resolve => setTimeout(resolve, 100))
    expect(codesOf(await desk.submit(id))).toEqual(['RESOLUTION_NOT_CARRIED'])
    const used = await desk.agreed('100')
    expect(stateOf(await desk.submit(used))).toBe('SUBMITTED')
    await expect(
      look(
        'dues',
        `update dues_spending set state = 'SUBMITTED', levels_left = 1, decider_org_id = org_id, resolution_id =
         (select resolution_id from dues_spending where id = $2) where id = $1`,
        [uuidOf(id), uuidOf(used)],
      ),
    ).rejects.toThrow(/dues_spending_resolution_id_key/)
  })
})

describe('S0-16 one level up, never skipping, never one’s own', () => {
  test('S0-16 the level above decides, not the branch, not two above, not a treasurer', async () => {
    const id = await desk.agreed('100')
    expect(codesOf(await desk.decide(id, desk.actors.above))).toEqual(['SPENDING_NOT_SO_FAR'])
    dataOf(await desk.submit(id))
    const treasurerAbove = await seedActor(desk.county, 'TREASURER', desk.tree.a.id)
    for (const by of [desk.actors.secretary, desk.actors.aboveBoth, desk.county.admin, treasurerAbove])
      expect(codesOf(await desk.decide(id, by))).toEqual(['FORBIDDEN'])
    const beside = await seedActor(desk.county, 'SECRETARY', desk.tree.b.id)
    expect(codesOf(await desk.decide(id, beside))).toEqual(['NOT_FOUND'])
    expect(stateOf(await desk.decide(id, desk.actors.above))).toBe('APPROVED')
    expect(codesOf(await desk.decide(id, desk.actors.above))).toEqual(['SPENDING_NOT_SO_FAR'])
  })

  test('S0-16 whoever asked does not approve', async () => {
    const own = idOf(await desk.request('100', {}, desk.actors.above))
    await desk.meet([{ spendingId: own, amountFen: '100' }])
    dataOf(await desk.submit(own))
    expect(codesOf(await desk.decide(own, desk.actors.above))).toEqual(['SPENDING_IS_OWN'])
    const another = await seedActor(desk.county, 'ADMIN', desk.tree.a.id)
    expect(stateOf(await desk.decide(own, another))).toBe('APPROVED')
  })

  test('S0-16 returned with a reason, and handed in again with the same resolution', async () => {
    const id = await desk.agreed('100')
    dataOf(await desk.submit(id))
    expect(codesOf(await desk.decide(id, desk.actors.above, { approve: false }))).toEqual(['BAD_INPUT'])
    const returned = dataOf(await desk.decide(id, desk.actors.above, { approve: false, reason: '附件不全' }))
    expect(returned.done.spending).toMatchObject({ state: 'RETURNED', reason: '附件不全', hold: null })
    expect(stateOf(await desk.submit(id))).toBe('SUBMITTED')
  })

  test('S0-16 by bands of amount as the county has them, on both sides of each', async () => {
    const other = await createSpendingDesk()
    const leader = await seedActor(other.county, 'LEADER', other.tree.root.id)
    expect(codesOf(await other.setPolicy('100', '200', leader))).toEqual(['FORBIDDEN'])
    expect(codesOf(await other.setPolicy('200', '100'))).toEqual(['BAD_INPUT'])
    expect(codesOf(await other.setPolicy('-1', '100'))).toEqual(['BAD_INPUT'])
    dataOf(await other.setPolicy('100', '200'))
    expect(codesOf(await other.setPolicy('100', '200'))).toEqual(['SPENDING_POLICY_DATE_TAKEN'])
    const { secretary, above, aboveBoth } = other.actors
    const ids: Record<'100' | '101' | '200' | '201', string> = Object.fromEntries(
      await Promise.all(['100', '101', '200', '201'].map(async fen => [fen, idOf(await other.request(fen))])),
    )
    await other.meet(Object.entries(ids).map(([amountFen, spendingId]) => ({ spendingId, amountFen })))
    for (const id of Object.values(ids)) dataOf(await other.submit(id))
    expect(codesOf(await other.decide(ids['100'], above))).toEqual(['FORBIDDEN'])
    expect(stateOf(await other.decide(ids['100'], secretary))).toBe('APPROVED')
    for (const fen of ['101', '200'] as const) {
      expect(codesOf(await other.decide(ids[fen], secretary))).toEqual(['FORBIDDEN'])
      expect(stateOf(await other.decide(ids[fen], above))).toBe('APPROVED')
    }
    expect(codesOf(await other.decide(ids['201'], aboveBoth))).toEqual(['FORBIDDEN'])
    expect(stateOf(await other.decide(ids['201'], above))).toBe('SUBMITTED')
    expect(codesOf(await other.decide(ids['201'], above))).toEqual(['FORBIDDEN'])
    expect(stateOf(await other.decide(ids['201'], aboveBoth))).toBe('APPROVED')
  })
})

describe('S0-25 approved is held', () => {
  test('S0-25 what is not there is not approved, however many are approved at once', async () => {
    const other = await createSpendingDesk()
    const ids = await Promise.all(Array.from({ length: 50 }, async () => idOf(await other.request('90000'))))
    await other.meet(ids.map(spendingId => ({ spendingId, amountFen: '90000' })))
    for (const id of ids) dataOf(await other.submit(id))
    const answers = await Promise.all(ids.map(id => other.decide(id, other.actors.above)))
    expect(answers.flatMap(codesOf)).toEqual(Array(39).fill('MONEY_NOT_THERE'))
    expect(await other.accountOf(other.tree.a1.id)).toEqual({
      ...{ balanceFen: '1000000', heldFen: '990000', availableFen: '10000' },
    })
  })

  test('S0-25 nor what is over a limit, however many are approved at once: what was refused waits as it was', async () => {
    const other = await createSpendingDesk()
    const { duesAccountId } = await other.limitOf(other.tree.a1.id, '10000')
    expect(duesAccountId).toMatch(/^DuesAccount:/)
    const ids = await Promise.all(Array.from({ length: 50 }, async () => idOf(await other.request('3000'))))
    await other.meet(ids.map(spendingId => ({ spendingId, amountFen: '3000' })))
    for (const id of ids) dataOf(await other.submit(id))
    const answers = await Promise.all(ids.map(id => other.decide(id, other.actors.above)))
    expect(answers.flatMap(codesOf)).toEqual(Array(47).fill('LIMIT_EXCEEDED'))
    expect(await other.accountOf(other.tree.a1.id)).toMatchObject({ heldFen: '9000' })
    const states = await look(
      'dues',
      'select state, count(*)::int as n from dues_spending where county_id = $1 group by 1 order by 1',
      [other.county.id],
    )
    expect(states).toEqual([
      { state: 'APPROVED', n: 3 },
      { state: 'SUBMITTED', n: 47 },
    ])
  })

  test('S0-25 spent once, whoever books it at the same moment, for no more than is held', async () => {
    const id = await desk.approved('5000')
    expect(codesOf(await desk.settle(id, '5001'))).toEqual(['HOLD_TOO_SMALL'])
    const paper = await desk.voucher(id, '5000')
    for (const fen of ['0', '-1']) expect(codesOf(await desk.settleWith(id, fen, [paper]))).toEqual(['BAD_INPUT'])
    const settle = (more: object = {}, by = desk.actors.keeper) => desk.settleWith(id, '5000', [paper], more, by)
    expect(codesOf(await settle({ countsOn: addDays(today, 1) }))).toEqual(['LEDGER_DAY_REFUSED'])
    expect(codesOf(await settle({}, desk.actors.treasurer))).toEqual(['FORBIDDEN'])
    const answers = await Promise.all(Array.from({ length: 6 }, () => settle()))
    expect(answers.flatMap(codesOf)).toEqual(Array(5).fill('SPENDING_NOT_SO_FAR'))
    expect(codesOf(await desk.cancel(id))).toEqual(['SPENDING_NOT_SO_FAR'])
  })

  test('S0-16 with the vouchers of this request, which come to what is booked; a paper counts once in the county', async () => {
    const [id, other] = [await desk.approved('900'), await desk.approved('900')]
    const [one, two] = [await desk.voucher(id, '400'), await desk.voucher(id, '500')]
    const elsewhere = await desk.voucher(other, '500')
    expect(codesOf(await desk.settleWith(id, '900', [one, elsewhere]))).toEqual(['VOUCHER_OF_ANOTHER'])
    expect(codesOf(await desk.settleWith(id, '900', []))).toEqual(['VOUCHER_OF_ANOTHER'])
    for (const fen of ['399', '401'])
      expect(codesOf(await desk.settleWith(id, fen, [one]))).toEqual(['VOUCHERS_DIFFER'])
    expect(codesOf(await desk.settleWith(id, '800', [one, one]))).toEqual(['VOUCHERS_DIFFER'])
    dataOf(await desk.tryVoucher(id, '1', { number: 'fp-2026 001', issuer: '超市' }))
    expect(codesOf(await desk.tryVoucher(other, '1', { number: 'ＦＰ-2026001', issuer: '超市' }))).toEqual([
      'VOUCHER_USED',
    ])
    expect(codesOf(await desk.tryVoucher(id, '1', {}, desk.actors.above))).toEqual([])
    const beside = await seedActor(desk.county, 'TREASURER', desk.tree.a2.id)
    expect(codesOf(await desk.tryVoucher(id, '1', {}, beside))).toEqual(['NOT_FOUND'])
    for (const wrong of [{ number: '发票' }, { issuer: ' ' }, { issuedOn: addDays(today, 1) }, { amountFen: '0' }])
      expect(codesOf(await desk.tryVoucher(id, '1', wrong))).toEqual(['BAD_INPUT'])
    expect(stateOf(await desk.settleWith(id, '900', [one, two]))).toBe('SETTLED')
    expect(codesOf(await desk.tryVoucher(id, '1'))).toEqual(['SPENDING_NOT_SO_FAR'])
    dataOf(await desk.tryVoucher(other, '2', { number: 'AGAIN', issuer: '超市' }))
    dataOf(await desk.cancel(other))
    const third = await desk.approved('900')
    expect(codesOf(await desk.tryVoucher(third, '2', { number: 'again', issuer: '超市' }))).toEqual([])
  })

  test('S0-25 taken back, the money is free again', async () => {
    const before = await desk.accountOf(desk.tree.a1.id)
    const id = await desk.approved('7000')
    expect(stateOf(await desk.cancel(id))).toBe('CANCELLED')
    expect(await desk.accountOf(desk.tree.a1.id)).toEqual(before)
    expect(codesOf(await desk.submit(id))).toEqual(['SPENDING_NOT_SO_FAR'])
    await expect(look('dues', `update dues_spending set reason = 'x' where id = $1`, [uuidOf(id)])).rejects.toThrow(
      /not rewritten/,
    )
  })
})

describe('S0-24 who sees which request', () => {
  test('S0-24 the organisation, its books, those above; nobody beside; by state and use, with those below', async () => {
    const list = async (organisationId: string, by = desk.county.admin, args = 'below: true') => {
      const answer = await desk.county.world.askUntyped.dues(
        by,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { spendings(first: 100, ${args}) {
          totalCount nodes { id state use } } } } }`,
        { refs: [{ __typename: 'Organisation', id: organisationId }] },
      )
      return dataOf(answer)._entities[0].spendings
    }
    const id = idOf(await desk.request('100', { use: 'FLAGS' }))
    const all = await list(desk.tree.a1.id)
    expect(all.totalCount).toBeGreaterThan(5)
    expect((await list(desk.tree.root.id)).totalCount).toBe(all.totalCount)
    expect((await list(desk.tree.root.id, desk.county.admin, 'below: false')).totalCount).toBe(0)
    expect(await list(desk.tree.a1.id, desk.county.admin, 'filter: { states: [DRAFT], uses: [FLAGS] }')).toMatchObject({
      ...{ totalCount: 1, nodes: [{ id }] },
    })
    expect((await list(desk.tree.a1.id, desk.actors.treasurer)).totalCount).toBe(all.totalCount)
    const beside = await seedActor(desk.county, 'TREASURER', desk.tree.a2.id)
    expect(await list(desk.tree.a1.id, beside)).toEqual({ totalCount: 0, nodes: [] })
    const one = await desk.county.world.askUntyped.dues(
      beside,
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesSpending { payee } } }',
      { refs: [{ __typename: 'DuesSpending', id }] },
    )
    expect(dataOf(one)._entities).toEqual([null])
  })
})

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { listen } from '@linghang/harness/listen'
import { until } from '@linghang/harness/until'
import { codesOf, createSpendingDesk, dataOf, idOf, stateOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

const told = [
  'dues.spending.settled.v1',
  'dues.spending.returned.v1',
  'dues.spending.changed.v1',
  'dues.spending.reversed.v1',
] as const
let ears: Awaited<ReturnType<typeof listen<(typeof told)[number]>>>
afterAll(() => ears?.stop())

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
beforeAll(async () => {
  desk = await createSpendingDesk()
  await desk.receive(desk.tree.a.id, '50000')
  ears = await listen('dues.events', told)
})

const balanceOf = async (id: string) => BigInt((await desk.accountOf(id))?.balanceFen ?? 0)
const passing = (amountFen: string, more: object = {}) =>
  desk.request(
    amountFen,
    { ...{ organisationId: desk.tree.a.id, use: 'PASS_DOWN', receiverId: desk.tree.a1.id }, ...more },
    desk.actors.treasurerAbove,
  )

describe('S0-24 dues are passed down by collective decision', () => {
  test('S0-24 from the committee to its branch, in the books of the same account: it lies where it lay', async () => {
    const before = [await balanceOf(desk.tree.a.id), await balanceOf(desk.tree.a1.id)] as const
    const id = idOf(await passing('3000'))
    expect(codesOf(await desk.submit(id, desk.actors.treasurerAbove))).toEqual(['RESOLUTION_MISSING'])
    await desk.meet([{ spendingId: id, amountFen: '3000' }], 'a')
    dataOf(await desk.submit(id, desk.actors.treasurerAbove))
    // Its own decision is enough, by somebody else than who asked.
    expect(codesOf(await desk.decide(id, desk.actors.aboveBoth))).toEqual(['FORBIDDEN'])
    expect(stateOf(await desk.decide(id, desk.actors.above))).toBe('APPROVED')
    expect(codesOf(await desk.settleWith(id, '3001', []))).toEqual(['HOLD_TOO_SMALL'])
    const done = dataOf(await desk.settleWith(id, '3000', [])).done.spending
    expect(done).toMatchObject({ state: 'SETTLED', journal: { reason: 'PASSED_DOWN' } })
    expect([await balanceOf(desk.tree.a.id), await balanceOf(desk.tree.a1.id)]).toEqual([
      before[0] - 3000n,
      before[1] + 3000n,
    ])
    const kinds = await look(
      'dues',
      `select a.kind from ledger_entry e join ledger_account a on a.id = e.account_id
       join dues_spending s on s.journal_id = e.journal_id where s.id = $1`,
      [uuidOf(id)],
    )
    expect(kinds).toEqual([{ kind: 'VIRTUAL' }, { kind: 'VIRTUAL' }])
  })

  test.each([
    ['nobody', () => ({ receiverId: null })],
    ['one that is not below', () => ({ receiverId: desk.tree.b1.id })],
    ['itself', () => ({ receiverId: desk.tree.a.id })],
    ['one two levels down', () => ({ organisationId: desk.tree.root.id })],
    ['somebody, where it is to be spent', () => ({ use: 'FLAGS' })],
  ])('S0-24 not to %s', async (_, more) => {
    const asked = await desk.request(
      '100',
      { ...{ organisationId: desk.tree.a.id, use: 'PASS_DOWN', receiverId: desk.tree.a1.id }, ...more() },
      desk.county.admin,
    )
    expect(codesOf(asked)).toEqual(['RECEIVER_NOT_BELOW'])
  })
})

describe('S3-16 what is earmarked stays so (党费规定 2008, 第二十一条)', () => {
  test('S3-16 a request is paid from the fund that it names, for its purpose alone, never from another’s', async () => {
    const openFund = async (organisationId: string, name: string) =>
      dataOf(
        await desk.county.world.askUntyped.dues(
          desk.county.admin,
          'mutation ($input: OpenDuesFundInput!) { openDuesFund(input: $input) { fund { id } } }',
          { input: { organisationId, name, purpose: 'HARDSHIP' } },
        ),
      ).openDuesFund.fund.id as string
    const fundId = await openFund(desk.tree.a1.id, '困难党员帮扶')
    const balances = async () => [
      await balanceOf(desk.tree.a1.id),
      (await look('dues', 'select balance_fen from ledger_balance where account_id = $1', [uuidOf(fundId)]))[0]
        .balance_fen,
    ]
    dataOf(
      await desk.county.world.askUntyped.dues(
        desk.county.admin,
        'mutation ($input: SetAsideDuesInput!) { setAsideDues(input: $input) { journal { id } } }',
        { input: { fundId, amountFen: '900', note: '专项' } },
      ),
    )
    const before = await balances()
    expect(codesOf(await desk.request('100', { fundId, use: 'FLAGS' }))).toEqual(['FUND_FOR_ANOTHER_PURPOSE'])
    expect(codesOf(await desk.request('100', { fundId: await openFund(desk.tree.a.id, '帮扶') }))).toEqual([
      'NOT_FOUND',
    ])
    const [much, id] = [await desk.agreed('901', { fundId }), await desk.agreed('900', { fundId })]
    for (const asked of [much, id]) dataOf(await desk.submit(asked))
    expect(codesOf(await desk.decide(much, desk.actors.above))).toEqual(['MONEY_NOT_THERE'])
    dataOf(await desk.decide(id, desk.actors.above))
    expect(stateOf(await desk.settle(id, '850'))).toBe('SETTLED')
    expect(await balances()).toEqual([before[0], `${BigInt(before[1] as string) - 850n}`])
  })
})

describe('S0-24 what goes up (党费规定 2008, 第十五条)', () => {
  test('S0-24 under the same account the superior has it; out of the county it leaves the bank; never more than is there', async () => {
    const before = [await balanceOf(desk.tree.a1.id), await balanceOf(desk.tree.a.id)] as const
    const passed = dataOf(await desk.passUp(desk.tree.a1.id, '70')).passDuesUp.share
    expect(passed).toMatchObject({ passedFen: '70', leftFen: '0', citation: { article: '第十五条' } })
    expect([await balanceOf(desk.tree.a1.id), await balanceOf(desk.tree.a.id)]).toEqual([
      before[0] - 70n,
      before[1] + 70n,
    ])
    await desk.receive(desk.tree.root.id, '500')
    dataOf(await desk.passUp(desk.tree.root.id, '400'))
    expect(await balanceOf(desk.tree.root.id)).toBe(100n)
    expect(codesOf(await desk.passUp(desk.tree.root.id, '101'))).toEqual(['MONEY_NOT_THERE'])
    for (const fen of ['0', '-1']) expect(codesOf(await desk.passUp(desk.tree.root.id, fen))).toEqual(['BAD_INPUT'])
    const next = Number(today.slice(0, 4)) + 1
    expect(codesOf(await desk.passUp(desk.tree.root.id, '1', { year: next }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await desk.passUp(desk.tree.root.id, '1', { year: 2007 }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await desk.passUp(desk.tree.a1.id, '1', {}, desk.actors.treasurer))).toEqual(['FORBIDDEN'])
    const beside = await seedActor(desk.county, 'TREASURER', desk.tree.a2.id)
    expect(codesOf(await desk.passUp(desk.tree.a1.id, '1', {}, beside))).toEqual(['NOT_FOUND'])
    expect(await desk.shareOf(desk.tree.a1.id, next, beside)).toBeNull()
  })

  test('S0-24 the share is worked out from what members paid in the year, with all below; what is reversed counts no more', async () => {
    const year = Number(today.slice(0, 4))
    expect(await desk.shareOf(desk.tree.b.id)).toEqual({
      ...{
        paidFen: '0',
        perMille: 50,
        shareFen: '0',
        centreFen: '0',
        passedFen: '0',
        leftFen: '0',
        dueOn: `${year + 1}-04-30`,
      },
      citation: { article: '第十五条' },
    })
    await desk.receive(desk.tree.b1.id, '500')
    // Art. 9: what floating members pay where they are is dues as well.
    await desk.receive(desk.tree.b1.id, '12345', 'FLOATING_MEMBER_DUES')
    for (const id of [desk.tree.b1.id, desk.tree.b.id, desk.tree.root.id])
      expect(await desk.shareOf(id)).toMatchObject({ paidFen: '12345', shareFen: '617' })
    expect(await desk.shareOf(desk.tree.b1.id, year - 1)).toMatchObject({ paidFen: '0' })
    for (const odd of [-1, 0, 1999, 3000, 2147483647]) expect(await desk.shareOf(desk.tree.b1.id, odd)).toBeNull()
    expect(dataOf(await desk.passUp(desk.tree.b1.id, '600')).passDuesUp.share).toMatchObject({ leftFen: '17' })
    const [journal] = await look('dues', 'select journal_id from dues_passed_up where org_id = $1', [
      uuidOf(desk.tree.b1.id),
    ])
    dataOf(
      await desk.county.world.ask.dues(
        desk.county.admin,
        'mutation ($input: ReverseDuesJournalInput!) { reverseDuesJournal(input: $input) { journal { id } } }',
        { input: { journalId: `DuesJournal:${journal.journal_id}`, reason: '记错' } },
      ),
    )
    expect(await desk.shareOf(desk.tree.b1.id)).toMatchObject({ passedFen: '0', leftFen: '617' })
  })
})

describe('S1-23 what others are told of spending', () => {
  test('S1-23 that it was booked or returned, with sums and days; no payee, no purpose, no reason', async () => {
    const booked = await desk.approved('800')
    dataOf(await desk.settle(booked, '700'))
    const returned = await desk.agreed('900')
    dataOf(await desk.submit(returned))
    dataOf(await desk.decide(returned, desk.actors.above, { approve: false, reason: '附件不全' }))
    const ids = [booked, returned].map(uuidOf)
    const booking = await until(() => {
      const found = ears.heard
        .filter(({ subject, type }) => ids.includes(subject) && type !== 'dues.spending.changed.v1')
        .map(({ type, data }) => ({ type, data }))
      return found.length === 2 && found.toSorted((one, other) => (one.type > other.type ? -1 : 1))
    }, 30_000)
    expect(booking).toEqual([
      {
        type: 'dues.spending.settled.v1',
        data: {
          ...{ id: uuidOf(booked), orgId: uuidOf(desk.tree.a1.id), use: 'HARDSHIP', amountFen: '800' },
          ...{ settledFen: '700', requestedOn: today, on: today, version: 4 },
        },
      },
      {
        type: 'dues.spending.returned.v1',
        data: expect.objectContaining({ id: uuidOf(returned), settledFen: null, version: 3 }),
      },
    ])
    const everything = ears.heard.filter(({ subject }) => ids.includes(subject))
    expect(everything.length).toBeGreaterThan(2)
    expect(JSON.stringify(everything)).not.toMatch(/困难党员|春节慰问|附件不全/)
  })
})

describe('S0-24 how much goes up', () => {
  test('S0-24 art. 27: a county writes down how much each level passes up, once a year, never less than the centre’s from a committee', async () => {
    const year = Number(today.slice(0, 4))
    const set = (more: object = {}, by: Actor = desk.county.admin) =>
      desk.county.world.ask.dues(
        by,
        `mutation ($input: SetDuesSharesInput!) { setDuesShares(input: $input) { policy {
          fromYear branchPerMille generalBranchPerMille committeePerMille basis } } }`,
        {
          input: {
            ...{ fromYear: year, branchPerMille: 400, generalBranchPerMille: 300, committeePerMille: 50 },
            ...{ basis: '省委组织部 5 号文' },
            ...more,
          },
        },
      )
    const policyOf = async (of: number | null) =>
      dataOf(
        await desk.county.world.ask.dues(
          desk.actors.treasurer,
          'query ($year: Int) { duesSharePolicy(year: $year) { fromYear branchPerMille basis } }',
          { year: of },
        ),
      ).duesSharePolicy
    expect(await policyOf(null)).toEqual({ fromYear: null, branchPerMille: 50, basis: null })
    for (const odd of [
      { fromYear: year - 1 },
      { fromYear: year + 2 },
      { branchPerMille: -1 },
      { generalBranchPerMille: 1001 },
      { committeePerMille: 49 },
      { basis: ' ' },
    ])
      expect(codesOf(await set(odd))).toEqual(['BAD_INPUT'])
    expect(codesOf(await set({}, desk.actors.above))).toEqual(['FORBIDDEN'])
    const both = await Promise.all([set(), set({ branchPerMille: 500 })])
    expect(both.flatMap(codesOf)).toEqual(['SHARES_YEAR_TAKEN'])
    const { branchPerMille } = await policyOf(year)
    const share = (12_345n * BigInt(branchPerMille) + 500n) / 1000n
    expect(await desk.shareOf(desk.tree.b1.id)).toMatchObject({
      perMille: branchPerMille,
      shareFen: `${share}`,
      centreFen: '617',
    })
    expect(await desk.shareOf(desk.tree.b.id)).toMatchObject({ perMille: 50, shareFen: '617', centreFen: '617' })
    expect(await policyOf(year - 1)).toMatchObject({ fromYear: null, branchPerMille: 50 })
    dataOf(await set({ fromYear: year + 1, branchPerMille: 0 }))
    expect(await policyOf(year + 5)).toMatchObject({ fromYear: year + 1, branchPerMille: 0 })
    expect(await policyOf(year)).toMatchObject({ fromYear: year, branchPerMille })
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { openFund, setAside } from '../src/ledger/funds/open-fund.ts'
import { receiveForFund } from '../src/ledger/funds/receive-for-fund.ts'
import { hold, settleHold } from '../src/ledger/holds/hold-money.ts'
import { post } from '../src/ledger/journals/post.ts'
import { turnRound } from '../src/ledger/journals/reverse-journal.ts'
import { journalStore } from '../src/ledger/journals/store.ts'
import { createBranchBooks, openBooks } from './branch-books.ts'

jest.setTimeout(90_000)

const suffix = 'funds'
let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks(suffix)
})
afterAll(() => database?.close())

/** Books of 100 fen, of which 60 are set aside for members in hardship. */
async function createFund() {
  const books = await createBranchBooks(database, 100n)
  const { work, orgIds, keeper, spentFrom, accounts } = books
  const fund = await work(own => openFund.run(own, { orgId: orgIds.one, name: '帮扶专项', purpose: 'HARDSHIP' }))
  const aside = (amountFen: bigint) =>
    work(own => setAside.run(own, { fundId: fund, amountFen, countsOn: null, note: '党委会决定' }))
  const journal = await aside(60n)
  return {
    ...{ ...books, fund, aside, journal },
    pay: (amountFen: bigint, purpose?: string) =>
      work(own => post(own, keeper, { ...spentFrom(fund)(amountFen)(own), ...(purpose ? { purpose } : {}) })),
    place: (amountFen: bigint, purpose: string | null) =>
      work(own =>
        hold(own, {
          ...{ accountId: fund, amountFen, lapsesOn: own.today, purpose },
          ...{ reason: 'SPENDING', note: '慰问' },
        }),
      ),
    back: (to: string = accounts[0]) =>
      work(own =>
        post(own, keeper, {
          ...{ keeperId: keeper.id, reason: 'SET_ASIDE', note: '退回', countsOn: own.today },
          entries: [
            { accountId: fund, amountFen: -1n },
            { accountId: to, amountFen: 1n },
          ],
        }),
      ),
    takeBack: (id: string) =>
      work(async own => {
        const [found] = await journalStore.byIds(own.tx, own.actor.countyId, [id])
        return found && turnRound(own, keeper, found, '记错')
      }),
    settle: (id: string, amountFen: bigint, purpose: string) =>
      work(own => settleHold(own, keeper, id, { ...spentFrom(fund)(amountFen)(own), purpose })),
    balance: async () => (await books.balanceAt(fund))?.balanceFen,
  }
}

describe('S3-16 what is earmarked', () => {
  test('S3-16 leaves for its purpose and for nothing else', async () => {
    const { pay, back, balance, balances, firstDifference } = await createFund()
    expect([(await balances())[0], await balance()]).toEqual([[40n, 0n], 60n])
    await pay(20n, 'HARDSHIP')
    for (const purpose of ['TRAINING', 'hardship', undefined])
      await expect(pay(1n, purpose)).rejects.toMatchObject({
        code: 'FUND_FOR_ANOTHER_PURPOSE',
        params: { wanted: 'HARDSHIP', found: purpose ?? '-' },
      })
    await expect(back()).rejects.toMatchObject({ code: 'FUND_FOR_ANOTHER_PURPOSE' })
    await expect(pay(41n, 'HARDSHIP')).rejects.toMatchObject({ code: 'MONEY_NOT_THERE' })
    await pay(40n, 'HARDSHIP')
    expect([await balance(), await firstDifference()]).toEqual([0n, null])
  })

  test('S3-16 comes back by a reversal, and what was set aside by mistake does', async () => {
    const { pay, takeBack, journal, balance, balances, firstDifference } = await createFund()
    const paid = await pay(20n, 'HARDSHIP')
    await expect(takeBack(journal)).rejects.toMatchObject({ code: 'MONEY_NOT_THERE' })
    await takeBack(paid)
    await takeBack(journal)
    expect([await balance(), (await balances())[0], await firstDifference()]).toEqual([0n, [100n, 0n], null])
  })

  test('S3-16 is held for its purpose alone', async () => {
    const { place, settle, pay, balance, firstDifference } = await createFund()
    for (const purpose of ['DISASTER', null])
      await expect(place(10n, purpose)).rejects.toMatchObject({ code: 'FUND_FOR_ANOTHER_PURPOSE' })
    const id = await place(50n, 'HARDSHIP')
    await expect(pay(11n, 'HARDSHIP')).rejects.toMatchObject({ code: 'MONEY_NOT_THERE', params: { held: '50' } })
    await expect(settle(id, 30n, 'TRAINING')).rejects.toMatchObject({ code: 'FUND_FOR_ANOTHER_PURPOSE' })
    await settle(id, 30n, 'HARDSHIP')
    expect([await balance(), await firstDifference()]).toEqual([30n, null])
  })

  test('S3-16 part fiscal, part passed down for it: comes into the fund from its first day on, and nothing of it elsewhere', async () => {
    const { fund, work, balance, balances, pay, takeBack, firstDifference } = await createFund()
    const receive = (reason: 'FISCAL_GRANT' | 'RECEIVED_FROM_ABOVE', amountFen: bigint, fundId = fund) =>
      work(own => receiveForFund.run(own, { fundId, reason, amountFen, countsOn: null, note: '回单 3 号' }))
    const grant = await receive('FISCAL_GRANT', 500n)
    await receive('RECEIVED_FROM_ABOVE', 300n)
    expect([await balance(), (await balances())[0]]).toEqual([860n, [40n, 0n]])
    await pay(850n, 'HARDSHIP')
    await expect(pay(1n, 'TRAINING')).rejects.toMatchObject({ code: 'FUND_FOR_ANOTHER_PURPOSE' })
    await expect(takeBack(grant)).rejects.toMatchObject({ code: 'MONEY_NOT_THERE' })
    for (const odd of [0n, -1n]) await expect(receive('FISCAL_GRANT', odd)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(receive('FISCAL_GRANT', 5n, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect([await balance(), await firstDifference()]).toEqual([10n, null])
  })

  test('S3-16 more than there is is not set aside', async () => {
    const { aside, balances } = await createFund()
    await expect(aside(41n)).rejects.toMatchObject({ code: 'MONEY_NOT_THERE' })
    for (const fen of [0n, -1n]) await expect(aside(fen)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await aside(40n)
    expect((await balances())[0]).toEqual([0n, 0n])
  })

  test.each([
    ["update ledger_journal set purpose = 'TRAINING' where purpose = 'HARDSHIP' and county_id = $1"],
    ["update ledger_fund set purpose = 'TRAINING' where county_id = $1"],
    ['delete from ledger_fund where county_id = $1'],
  ])('S3-16 that went elsewhere in the database is named: %s', async tamper => {
    const { pay, county, firstDifference } = await createFund()
    await pay(20n, 'HARDSHIP')
    const statement = tamper.replace('$1', `'${county.countyId}'`)
    await expect(look('dues', statement, [], suffix)).rejects.toThrow(/append-only/)
    await look(
      'dues',
      `set session_replication_role = replica;${statement};set session_replication_role = default`,
      [],
      suffix,
    )
    expect(await firstDifference()).toMatchObject({ what: 'FUND_MISUSED' })
  })

  test('S3-16 of an organisation there are twenty at most, however many are opened at once', async () => {
    const { work, orgIds } = await createBranchBooks(database, 1n)
    const opened = await Promise.allSettled(
      Array.from({ length: 24 }, (_, n) =>
        work(own => openFund.run(own, { orgId: orgIds.one, name: `专项${n}`, purpose: 'TRAINING' })),
      ),
    )
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    expect(opened.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'TOO_MANY_FUNDS' } })
  })
})

describe('S3-16 funds at the API', () => {
  const today = shanghaiDay(new Date())
  const open = (county: County, organisationId: string, more: object = {}, by: Actor = county.admin) =>
    county.world.ask.dues(
      by,
      'mutation ($input: OpenDuesFundInput!) { openDuesFund(input: $input) { fund { id name purpose openedOn balanceFen } } }',
      { input: { organisationId, name: '帮扶专项', purpose: 'HARDSHIP' as const, ...more } },
    )

  test('S3-16 are opened by whoever keeps the books, beside the account, and seen by who sees it', async () => {
    const county = await createCounty()
    const tree = await seedTwoCommittees(county)
    expect(codesOf(await open(county, tree.a1.id))).toEqual(['NO_DUES_ACCOUNT'])
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
        { input: { organisationId: tree.root.id, bank: 'CCB' as const, bankNumber: '6222021203001234567' } },
      ),
    )
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: RecordDuesIncomeInput!) { recordDuesIncome(input: $input) { journal { id } } }',
        { input: { organisationId: tree.a1.id, reason: 'INTEREST' as const, amountFen: '500', note: '结息' } },
      ),
    )
    const { fund } = dataOf(await open(county, tree.a1.id)).openDuesFund
    expect(fund).toMatchObject({ name: '帮扶专项', purpose: 'HARDSHIP', openedOn: today, balanceFen: '0' })
    expect(codesOf(await open(county, tree.a1.id))).toEqual(['FUND_NAME_TAKEN'])
    for (const name of ['', ' ', '长'.repeat(61)])
      expect(codesOf(await open(county, tree.a1.id, { name }))).toEqual(['BAD_INPUT'])
    dataOf(await open(county, tree.a1.id, { name: '长'.repeat(60) }))
    const branch = await seedActor(county, 'SECRETARY', tree.a1.id)
    const other = await seedActor(county, 'SECRETARY', tree.a2.id)
    expect(codesOf(await open(county, tree.a1.id, { name: '甲' }, branch))).toEqual(['FORBIDDEN'])
    expect(codesOf(await open(county, tree.a1.id, { name: '甲' }, other))).toEqual(['NOT_FOUND'])

    const setAsideBy = (by: Actor) =>
      county.world.ask.dues(
        by,
        'mutation ($input: SetAsideDuesInput!) { setAsideDues(input: $input) { journal { reason } } }',
        { input: { fundId: fund.id, amountFen: '120', note: '党委会决定' } },
      )
    const grantBy = (by: Actor) =>
      county.world.ask.dues(
        by,
        'mutation ($input: RecordDuesFundIncomeInput!) { recordDuesFundIncome(input: $input) { journal { reason } } }',
        { input: { fundId: fund.id, reason: 'FISCAL_GRANT', amountFen: '5', note: '财政局拨款单 4 号' } },
      )
    for (const by of [branch, other, (await createCounty()).admin])
      for (const tried of [setAsideBy, grantBy]) expect(codesOf(await tried(by))).toEqual(['NOT_FOUND'])
    expect(dataOf(await setAsideBy(county.admin)).setAsideDues.journal.reason).toBe('SET_ASIDE')
    expect(dataOf(await grantBy(county.admin)).recordDuesFundIncome.journal.reason).toBe('FISCAL_GRANT')

    const seenBy = async (by: Actor) =>
      entityOf(
        await county.world.ask.dues(
          by,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount { balanceFen
            funds { id name balanceFen heldFen availableFen organisation { id }
              entries { totalCount nodes { amountFen } } holds { totalCount } } } } } }`,
          { refs: [{ __typename: 'Organisation', id: tree.a1.id }] },
        ),
      )?.duesAccount
    const seen = await seenBy(branch)
    expect(seen).toMatchObject({
      balanceFen: '380',
      funds: [
        {
          ...{ id: fund.id, balanceFen: '125', heldFen: '0', availableFen: '125', organisation: { id: tree.a1.id } },
          ...{
            entries: { totalCount: 2, nodes: [{ amountFen: '5' }, { amountFen: '120' }] },
            holds: { totalCount: 0 },
          },
        },
        { balanceFen: '0' },
      ],
    })
    expect(await seenBy(other)).toBeNull()
    const direct = (by: Actor) =>
      county.world.ask.dues(
        by,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesFund { name } } }',
        { refs: [{ __typename: 'DuesFund', id: fund.id }] },
      )
    expect(dataOf(await direct(branch))._entities).toEqual([{ name: '帮扶专项' }])
    expect(dataOf(await direct(other))._entities).toEqual([null])
  })
})

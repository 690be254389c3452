import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { largeStore } from '../src/billing/payments/large-store.ts'
import { accountStore } from '../src/ledger/accounts/store.ts'
import { centreFundOf } from '../src/ledger/funds/centre-fund.ts'
import { handing, type JournalReason, receiving, spending } from '../src/ledger/journals/journal.ts'
import { post } from '../src/ledger/journals/post.ts'
import { journalStore } from '../src/ledger/journals/store.ts'
import { createBranchBooks, openBooks } from './branch-books.ts'

jest.setTimeout(90_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('centre-funds')
})
afterAll(() => database?.close())

/** A committee that has 1,000 yuan of the centre's. */
async function createCentreFund() {
  const books = await createBranchBooks(database, 500_000n)
  const { work, keeper, accounts, county } = books
  const fund = await work(own => centreFundOf(own, keeper))
  const outside = (code: string) =>
    work(async own => {
      await accountStore.openOutside(own.tx, county.countyId, keeper, code, own.newId())
      return { ...(await journalStore.besides(own.tx, keeper.id, code)), virtual: fund.id, real: keeper.id }
    })
  const [from, to] = [await outside('LARGE_DUES'), await outside('LARGE_PASSED_UP')]
  const book = (reason: JournalReason, entries: ReturnType<typeof handing>) =>
    work(own =>
      post(own, keeper, {
        ...{ keeperId: keeper.id, reason, note: '大额党费', purpose: 'TO_CENTRE', countsOn: own.today, entries },
      }),
    )
  await book('LARGE_DUES_PAID', receiving(from, 100_000n))
  return { ...books, fund, from, to, book, branch: accounts[0] }
}

describe('1.4/11 the fund of what is the centre’s', () => {
  test('1.4/11 is one for a committee, however many open it at once', async () => {
    const { work, keeper } = await createBranchBooks(database, 1n)
    const opened = await Promise.all(Array.from({ length: 8 }, () => work(own => centreFundOf(own, keeper))))
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
    expect(opened[0]).toMatchObject({ orgId: keeper.orgId, purpose: 'TO_CENTRE' })
  })

  test('1.4/11 gives nothing for any other use, and ledger:verify is content with what goes up', async () => {
    const { book, to, work, keeper, firstDifference } = await createCentreFund()
    const spent = work(own =>
      post(own, keeper, {
        ...{ keeperId: keeper.id, reason: 'SPENT', note: '培训', purpose: 'TRAINING', countsOn: own.today },
        entries: spending(to, 1n),
      }),
    )
    await expect(spent).rejects.toMatchObject({ code: 'FUND_FOR_ANOTHER_PURPOSE' })
    await book('LARGE_DUES_PASSED_UP', spending(to, 100_000n))
    expect(await firstDifference()).toBeNull()
  })

  test.each(['SPENT', 'PASSED_UP', 'SET_ASIDE', 'DUES_PAID'] as const)(
    '1.4/11 moved by a journal of %s, ledger:verify names it',
    async reason => {
      const { book, to, firstDifference } = await createCentreFund()
      const id = await book(reason, spending(to, 1n))
      expect(await firstDifference()).toMatchObject({ what: 'CENTRE_MIXED', id })
    },
  )

  test('1.4/11 handed to a branch on its way, ledger:verify names it', async () => {
    const { book, fund, branch, firstDifference } = await createCentreFund()
    const id = await book('LARGE_DUES_PASSED_UP', handing(fund.id, branch, 1n))
    expect(await firstDifference()).toMatchObject({ what: 'CENTRE_MIXED', id })
  })

  test('1.4/11 with more or less in it than members gave and nobody passed up, ledger:verify names it', async () => {
    const { work, county, fund, firstDifference } = await createCentreFund()
    expect(await firstDifference()).toBeNull()
    expect(await work(({ tx }) => largeStore.firstDifference(tx, county.countyId))).toMatchObject({
      ...{ what: 'LARGE_DUES', id: fund.id, found: '100000 fen' },
    })
  })
})

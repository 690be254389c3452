import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { look } from '@linghang/harness/databases'
import { closeMonth } from '../src/ledger/journals/close-month.ts'
import { post } from '../src/ledger/journals/post.ts'
import { yearTotalsOf } from '../src/ledger/journals/read-journals.ts'
import { recordIncome } from '../src/ledger/journals/record-income.ts'
import { createBranchBooks, openBooks } from './branch-books.ts'

jest.setTimeout(60_000)

const suffix = 'years'
let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks(suffix)
})
afterAll(() => database?.close())

const year = Number(shanghaiDay(new Date()).slice(0, 4)) - 1

/** Books that were opened with 1,000 fen in last November, of which 30 were spent in November and 20 on the year's last day. */
async function createYear() {
  const books = await createBranchBooks(database, 1_000n, `${year}-11-10`)
  const { work, keeper, spent, accounts } = books
  const spendOn = (amountFen: bigint, countsOn: string) =>
    work(own => post(own, keeper, { ...spent(amountFen)(own), countsOn }))
  await spendOn(30n, `${year}-11-10`)
  const last = await spendOn(20n, `${year}-12-31`)
  await spendOn(5n, `${year + 1}-01-01`)
  return {
    ...{ ...books, spendOn, last },
    close: (month: string) => work(own => closeMonth.run(own, { keeperId: keeper.id, month: `${month}-01` })),
    totals: async () => {
      const found = (await work(own => yearTotalsOf.read(own, accounts, year))) as Map<
        string,
        { reason: string; amountFen: bigint; entries: bigint }[]
      >
      return (found.get(accounts[0]) ?? []).map(({ reason, amountFen, entries }) => [reason, amountFen, entries])
    },
  }
}

describe('S0-5 a year', () => {
  test('S0-5 is closed with its last month: what moved each account and why is told as it stood then', async () => {
    const { close, totals, spendOn, spend, firstDifference } = await createYear()
    await close(`${year}-11`)
    expect(await totals()).toEqual([])
    await spendOn(1n, `${year}-12-01`)
    await close(`${year}-12`)
    const closed = [
      ['OPENING_BALANCE', 1_000n, 1n],
      ['SPENT', -51n, 3n],
    ]
    expect(await totals()).toEqual(closed)
    await expect(spendOn(1n, `${year}-12-31`)).rejects.toMatchObject({ code: 'LEDGER_DAY_REFUSED' })
    await spendOn(1n, `${year + 1}-01-01`)
    await spend(1n)
    expect([await totals(), await firstDifference()]).toEqual([closed, null])
  })

  test('S0-5 what was wrong in it is put right in an open month, by a journal that names the old one', async () => {
    const { close, work, orgIds, last, county } = await createYear()
    for (const month of ['11', '12']) await close(`${year}-${month}`)
    const correct = (corrects: string | null) =>
      work(own =>
        recordIncome.run(own, {
          ...{ orgId: orgIds.one, reason: 'INTEREST', amountFen: 7n, countsOn: null, note: '更正上年利息', corrects },
        }),
      )
    const id = await correct(last)
    const [row] = await look('dues', 'select corrects from ledger_journal where id = $1', [id], suffix)
    expect(row.corrects).toBe(last)
    await expect(correct(county.countyId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const elsewhere = await createYear()
    await expect(correct(elsewhere.last)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test.each([
    ["update ledger_year_total set amount_fen = amount_fen + 1 where reason = 'SPENT' and county_id = $1"],
    ["delete from ledger_year_total where reason = 'SPENT' and county_id = $1"],
    ["update ledger_year_total set reason = 'INTEREST' where reason = 'SPENT' and county_id = $1"],
    [`update ledger_journal set counts_on = '${year}-12-31' where counts_on = '${year + 1}-01-01' and county_id = $1`],
  ])('S0-5 that says something else in the database is named: %s', async tamper => {
    const { close, county, firstDifference } = await createYear()
    for (const month of ['11', '12']) await close(`${year}-${month}`)
    expect(await firstDifference()).toBeNull()
    const statement = tamper.replace('$1', `'${county.countyId}'`)
    await expect(look('dues', statement, [], suffix)).rejects.toThrow(/append-only/)
    await look(
      'dues',
      `set session_replication_role = replica;${statement};set session_replication_role = default`,
      [],
      suffix,
    )
    expect(await firstDifference()).toMatchObject({ what: 'YEAR_TOTAL' })
  })
})

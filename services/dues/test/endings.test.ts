import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Event } from '@linghang/events'
import { accountStore } from '../src/ledger/accounts/store.ts'
import { handOverEnded, hearEnds } from '../src/ledger/endings/hand-over.ts'
import { fundStore } from '../src/ledger/funds/store.ts'
import { hold, releaseHolds } from '../src/ledger/holds/hold-money.ts'
import { post } from '../src/ledger/journals/post.ts'
import { createBranchBooks, openBooks } from './branch-books.ts'

jest.setTimeout(60_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('endings')
})
afterAll(() => database?.close())

const ended = (id: string, successorId: string | null) =>
  ({ data: { id, successorId, endedOn: '2026-11-30', version: 2 } }) as Event<'org.organisation.ended.v1'>

describe('S0-24 the money of a branch that was merged', () => {
  test('S0-24 goes to the one that follows by a journal, once however often it is told', async () => {
    const { work, balances, orgIds, firstDifference } = await createBranchBooks(database, 100n)
    const tell = () => work(own => hearEnds.react(own, [ended(orgIds.one, orgIds.other)]))
    await tell()
    expect(await balances()).toEqual([
      [0n, 0n],
      [100n, 0n],
    ])
    await tell()
    expect(await balances()).toEqual([
      [0n, 0n],
      [100n, 0n],
    ])
    expect(await firstDifference()).toBeNull()
  })

  test('S0-24 goes to the committee whose account it lies in where nobody follows', async () => {
    const { work, balances, orgIds, balanceAt } = await createBranchBooks(database, 100n)
    await work(own => hearEnds.react(own, [ended(orgIds.one, null)]))
    expect((await balances())[0]).toEqual([0n, 0n])
    const own = await work(({ tx }) => accountStore.virtualOf(tx, [orgIds.committee]))
    expect((await balanceAt(own.get(orgIds.committee)?.id as string))?.balanceFen).toBe(100n)
  })

  test('S0-24 what is held stays until it is free, and what comes in later follows, every night', async () => {
    const { work, balances, orgIds, accounts, wait } = await createBranchBooks(database, 100n)
    const [from] = accounts
    const held = { accountId: from, amountFen: 30n, reason: 'SPENDING', note: '学习资料' } as const
    const holdId = await work(own => hold(own, { ...held, lapsesOn: own.today }))
    await work(own => hearEnds.react(own, [ended(orgIds.one, orgIds.other)]))
    expect(await balances()).toEqual([
      [30n, 30n],
      [70n, 0n],
    ])
    expect(await work(own => handOverEnded.run(own, {}))).toBe(0)
    await work(own => releaseHolds(own, [holdId]))
    wait(1)
    expect(await work(own => handOverEnded.run(own, {}))).toBe(1)
    expect(await balances()).toEqual([
      [0n, 0n],
      [100n, 0n],
    ])
  })

  test('S0-24 art. 21: what is earmarked comes to a fund for the same purpose', async () => {
    const { work, balances, orgIds, accounts, keeper } = await createBranchBooks(database, 100n)
    const fundOf = (orgId: string) =>
      work(async ({ tx }) => {
        const account = accounts[orgId === orgIds.one ? 0 : 1]
        return ((await fundStore.beside(tx, [account])).get(account) ?? [])[0]
      })
    await work(async own => {
      const fund = {
        id: own.newId(),
        orgId: orgIds.one,
        keeperId: keeper.id,
        name: '助困',
        purpose: 'HARDSHIP',
      } as const
      const opened = { openedOn: own.today, countyId: own.actor.countyId, openedAt: own.now, openedBy: null }
      await fundStore.insert(own.tx, { ...fund, ...opened })
      await post(own, keeper, {
        ...{ keeperId: keeper.id, reason: 'SET_ASIDE', note: '助困', countsOn: own.today },
        entries: [
          { accountId: accounts[0], amountFen: -40n },
          { accountId: fund.id, amountFen: 40n },
        ],
      })
    })
    await work(own => hearEnds.react(own, [ended(orgIds.one, orgIds.other)]))
    expect(await balances()).toEqual([
      [0n, 0n],
      [60n, 0n],
    ])
    expect(await fundOf(orgIds.other)).toMatchObject({ purpose: 'HARDSHIP', name: '助困（2）' })
  })
})

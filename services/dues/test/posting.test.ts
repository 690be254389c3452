import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createPerform, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { openClient } from '@linghang/harness/open-database'
import { createSealing } from '@linghang/sealing'
import { PrismaClient } from '../prisma/client/client.ts'
import { openDuesAccount } from '../src/ledger/accounts/open-account.ts'
import { accountStore } from '../src/ledger/accounts/store.ts'
import { receiving } from '../src/ledger/journals/journal.ts'
import { post } from '../src/ledger/journals/post.ts'
import { journalStore } from '../src/ledger/journals/store.ts'
import { verifyStore } from '../src/ledger/journals/verify-store.ts'
import type { Own, Tx, Work } from '../src/work.ts'

jest.setTimeout(60_000)

const open = () => openClient(['dues', 'posting'], adapter => new PrismaClient({ adapter }))
let database: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  database = await open()
})
afterAll(() => database?.close())

/** A committee with two branches, and `fen` of the first one's at the bank. */
async function createBooks(fen: bigint) {
  const county = systemActor(randomUUID())
  const sealing = createSealing(database.transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
  const perform = createPerform<Tx, Own>(database.transact, surroundings, async ({ countyId }) => ({
    seal: await sealing.opened(countyId),
  }))
  const work = <T>(run: (work: Work) => Promise<T>) => perform(county, run)
  const [committee = '', one = '', other = ''] = Array.from({ length: 3 }, randomUUID)
  const node = { countyId: county.countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
  const keeper = await work(async own => {
    await writeOrgNodes(own.tx, [
      { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' },
      { ...node, id: one, superiorId: committee, code: '2', kind: 'BRANCH' },
      { ...node, id: other, superiorId: committee, code: '3', kind: 'BRANCH' },
    ])
    const id = await openDuesAccount.run(own, {
      orgId: committee,
      bank: 'ICBC',
      bankNumber: '12345678',
      openedOn: null,
    })
    const [real] = await accountStore.realByIds(own.tx, county.countyId, [id])
    if (!real) throw new Error('no account')
    return real
  })
  const accounts = await work(({ tx }) => accountStore.virtualOf(tx, [one, other]))
  const [from = '', to = ''] = [one, other].map(id => accounts.get(id)?.id)
  const said = { keeperId: keeper.id, note: '转给另一支部' }
  await work(async own => {
    const { outside, elsewhere } = await journalStore.besides(own.tx, keeper.id, 'OPENING')
    const entries = receiving({ outside, elsewhere, virtual: from, real: keeper.id }, fen)
    await post(own, keeper, { ...said, reason: 'OPENING_BALANCE', countsOn: own.today, entries })
  })
  return {
    work,
    county,
    move: (amountFen: bigint, back = false) =>
      work(own =>
        post(own, keeper, {
          ...{ ...said, reason: 'RECEIVED_FROM_ABOVE', countsOn: own.today },
          entries: [
            { accountId: back ? to : from, amountFen: -amountFen },
            { accountId: back ? from : to, amountFen },
          ],
        }),
      ),
    balances: async () => {
      const found = await work(({ tx }) => accountStore.balancesOf(tx, [from, to]))
      return [found.get(from), found.get(to)]
    },
  }
}

describe('S0-24 an account is never overdrawn', () => {
  test.each([
    [100n, [0n, 100n]],
    [101n, null],
  ])('S0-24 of 100 fen %s are moved on or nothing is', async (amountFen, wanted) => {
    const { move, balances } = await createBooks(100n)
    if (wanted) await move(amountFen)
    else await expect(move(amountFen)).rejects.toMatchObject({ code: 'MONEY_NOT_THERE' })
    expect(await balances()).toEqual(wanted ?? [100n, 0n])
  })

  test('S0-24 however many take from it at once, the other way too: so many as there is money for, and none waits for ever', async () => {
    const { move, balances, work, county } = await createBooks(100n)
    const outcomeOf = (moved: Promise<string>) =>
      moved.then(
        () => 'MOVED',
        error => String(error.code),
      )
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => outcomeOf(move(10n))))
    expect(outcomes.toSorted()).toEqual([...Array(6).fill('MONEY_NOT_THERE'), ...Array(10).fill('MOVED')])
    const both = await Promise.all(Array.from({ length: 12 }, (_, n) => outcomeOf(move(10n, n % 2 === 0))))
    expect(both.filter(outcome => outcome !== 'MOVED' && outcome !== 'MONEY_NOT_THERE')).toEqual([])
    const [one = 0n, other = 0n] = await balances()
    expect([one + other, one >= 0n, other >= 0n]).toEqual([100n, true, true])
    expect(await work(({ tx }) => verifyStore.firstDifference(tx, county.countyId))).toBeNull()
  })
})

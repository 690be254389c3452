import { randomBytes, randomUUID } from 'node:crypto'
import { createPerform, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { openClient } from '@linghang/harness/open-database'
import { createSealing } from '@linghang/sealing'
import { PrismaClient } from '../prisma/client/client.ts'
import { balanceStore } from '../src/ledger/accounts/balance-store.ts'
import { openDuesAccount } from '../src/ledger/accounts/open-account.ts'
import { accountStore } from '../src/ledger/accounts/store.ts'
import { type Entry, receiving, spending } from '../src/ledger/journals/journal.ts'
import { post } from '../src/ledger/journals/post.ts'
import { journalStore } from '../src/ledger/journals/store.ts'
import { verifyStore } from '../src/ledger/journals/verify-store.ts'
import type { Own, Tx, Work } from '../src/work.ts'

/** A database of a test's own, behind the client of the service. */
export const openBooks = (name: string) => openClient(['dues', name], adapter => new PrismaClient({ adapter }))
type Database = Awaited<ReturnType<typeof openBooks>>

/** A committee with two branches, and `fen` of the first one's at the bank. */
export async function createBranchBooks({ transact }: Database, fen: bigint, openedOn: string | null = null) {
  const county = systemActor(randomUUID())
  const sealing = createSealing(transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
  let now = surroundings.now
  const perform = createPerform<Tx, Own>(transact, { ...surroundings, now: () => now() }, async ({ countyId }) => ({
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
      openedOn,
    })
    const [real] = await accountStore.realByIds(own.tx, county.countyId, [id])
    if (!real) throw new Error('no account')
    return real
  })
  const accounts = await work(({ tx }) => accountStore.virtualOf(tx, [one, other]))
  const [from = '', to = ''] = [one, other].map(id => accounts.get(id)?.id)
  const said = { keeperId: keeper.id, note: '转给另一支部', reason: 'RECEIVED_FROM_ABOVE' } as const
  await work(async own => {
    const { outside, elsewhere } = await journalStore.besides(own.tx, keeper.id, 'OPENING')
    const entries = receiving({ outside, elsewhere, virtual: from, real: keeper.id }, fen)
    await post(own, keeper, { ...said, reason: 'OPENING_BALANCE', countsOn: openedOn ?? own.today, entries })
  })
  /** From the first branch to the other, or back. */
  const moving = (amountFen: bigint, back = false) => {
    const entries: Entry[] = [
      { accountId: back ? to : from, amountFen: -amountFen },
      { accountId: back ? from : to, amountFen },
    ]
    return (own: Work) => ({ ...said, countsOn: own.today, entries })
  }
  const { outside: spentOn, elsewhere: gone } = await work(({ tx }) => journalStore.besides(tx, keeper.id, 'SPENT'))
  const spentFrom = (account: string) => (amountFen: bigint) => (own: Work) => ({
    ...{ keeperId: keeper.id, note: '学习资料', reason: 'SPENT' as const, countsOn: own.today },
    entries: spending({ outside: spentOn, elsewhere: gone, virtual: account, real: keeper.id }, amountFen),
  })
  /** Of the first branch's. */
  const spent = spentFrom(from)
  return {
    ...{ spent, spentFrom, spend: (amountFen: bigint) => work(own => post(own, keeper, spent(amountFen)(own))) },
    ...{ work, county, keeper, moving, accounts: [from, to] as const, orgIds: { committee, one, other } },
    move: (amountFen: bigint, back = false) => work(own => post(own, keeper, moving(amountFen, back)(own))),
    balanceAt: async (id: string) => (await work(({ tx, today }) => balanceStore.of(tx, [id], today))).get(id),
    /** What the two branches have, and hold of it. */
    balances: async () => {
      const found = await work(({ tx, today }) => balanceStore.of(tx, [from, to], today))
      return [found.get(from), found.get(to)].map(balance => [balance?.balanceFen, balance?.heldFen])
    },
    /** From now on it is so much later. */
    wait: (days: number) => {
      const before = now
      now = () => new Date(before().getTime() + days * 86_400_000)
    },
    firstDifference: () => work(({ tx }) => verifyStore.firstDifference(tx, county.countyId)),
  }
}

/** How each of what was begun at once has ended: MOVED, or the code of its refusal. */
export const outcomesOf = async (begun: readonly Promise<unknown>[]): Promise<string[]> =>
  Promise.all(
    begun.map(one =>
      one.then(
        () => 'MOVED',
        error => String(error.code),
      ),
    ),
  )

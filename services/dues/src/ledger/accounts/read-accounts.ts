import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { RealAccount, VirtualAccount } from './account.ts'
import { balanceStore } from './balance-store.ts'
import { accountStore } from './store.ts'

const seenOnly = async <Account extends { orgId: string }>(
  { supervision }: Work,
  found: ReadonlyMap<string, Account>,
): Promise<Map<string, Account>> => {
  const seen = await supervision.seen([...new Set([...found.values()].map(({ orgId }) => orgId))])
  return new Map([...found].filter(([, { orgId }]) => seen.has(orgId)))
}
const byId = <Account extends { id: string }>(accounts: readonly Account[]) =>
  new Map(accounts.map(account => [account.id, account]))

/** What an organisation has in the dues account that is nearest above it. */
export const duesAccountOf = one(async (work: Work, orgIds) =>
  seenOnly<VirtualAccount>(work, await accountStore.virtualOf(work.tx, orgIds)),
)
export const duesAccountById = one(async (work: Work, ids) =>
  seenOnly<VirtualAccount>(work, byId(await accountStore.virtualByIds(work.tx, work.actor.countyId, ids))),
)
/** The dues account that a committee itself keeps at a bank. */
export const realAccountOf = one(async (work: Work, orgIds) =>
  seenOnly<RealAccount>(work, await accountStore.realOf(work.tx, orgIds)),
)
export const realAccountById = one(async (work: Work, ids) =>
  seenOnly<RealAccount>(work, byId(await accountStore.realByIds(work.tx, work.actor.countyId, ids))),
)
/** What an account that the actor sees has, and what of it is held, in fen. */
export const balanceOf = one(({ tx, today }: Work, accountIds) => balanceStore.of(tx, accountIds, today))

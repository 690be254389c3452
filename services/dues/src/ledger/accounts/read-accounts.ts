import { recordAudit } from '@linghang/access'
import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { RealAccount, VirtualAccount } from './account.ts'
import { balanceStore } from './balance-store.ts'
import { accountStore } from './store.ts'

/** A discipline inspector sees everything below, and that they looked stays on record. */
async function recordLook(work: Work, type: AccountType, looked: readonly { id: string; orgId: string }[]) {
  const orgIds = [...new Set(looked.map(({ orgId }) => orgId))]
  const inspected = await work.supervision.heldAs('DISCIPLINE_INSPECTOR', orgIds)
  const accounts = [...new Map(looked.map(account => [account.id, account])).values()]
  await recordAudit(
    work,
    accounts
      .filter(({ orgId }) => inspected.has(orgId))
      .map(({ id, orgId }) => ({ orgId, action: 'dues-account.looked-at', subjectType: type, subjectId: id })),
  )
}

type AccountType = 'DuesAccount' | 'RealDuesAccount' | 'DuesFund'
/** Those whose organisation the actor sees. */
export const seenOnly = async <Account extends { id: string; orgId: string }>(
  work: Work,
  type: AccountType,
  found: ReadonlyMap<string, Account>,
): Promise<Map<string, Account>> => {
  const { actor, supervision } = work
  const seen = await supervision.seen([...new Set([...found.values()].map(({ orgId }) => orgId))])
  const shown = new Map([...found].filter(([, { orgId }]) => seen.has(orgId)))
  if (actor.grants.some(({ role }) => role === 'DISCIPLINE_INSPECTOR'))
    await recordLook(work, type, [...shown.values()])
  return shown
}
export const byId = <Account extends { id: string }>(accounts: readonly Account[]) =>
  new Map(accounts.map(account => [account.id, account]))

/** What an organisation has in the dues account that is nearest above it. */
export const duesAccountOf = one(async (work: Work, orgIds) =>
  seenOnly<VirtualAccount>(work, 'DuesAccount', await accountStore.virtualOf(work.tx, orgIds)),
)
export const duesAccountById = one(async (work: Work, ids) =>
  seenOnly<VirtualAccount>(
    work,
    'DuesAccount',
    byId(await accountStore.virtualByIds(work.tx, work.actor.countyId, ids)),
  ),
)
/** The dues account that a committee itself keeps at a bank. */
export const realAccountOf = one(async (work: Work, orgIds) =>
  seenOnly<RealAccount>(work, 'RealDuesAccount', await accountStore.realOf(work.tx, orgIds)),
)
export const realAccountById = one(async (work: Work, ids) =>
  seenOnly<RealAccount>(work, 'RealDuesAccount', byId(await accountStore.realByIds(work.tx, work.actor.countyId, ids))),
)
/** What an account that the actor sees has, and what of it is held, in fen. */
export const balanceOf = one(({ tx, today }: Work, accountIds) => balanceStore.of(tx, accountIds, today))

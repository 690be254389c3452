import { seesWholeCounty } from '@linghang/access'
import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Account } from './account.ts'
import { accountStore } from './store.ts'

/** Accounts by id: those kept by organisations that the actor sees, and the actor's own. */
export const accountById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const accounts = await accountStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen(accounts.flatMap(account => account.orgId ?? []))
  const wholeCounty = actor.grants.some(grant => grant.orgId === null)
  const visible = accounts.filter(
    account => account.id === actor.accountId || (account.orgId ? seen.has(account.orgId) : wholeCounty),
  )
  return new Map(visible.map(account => [account.id, account]))
})

/** An account to which an office may be given: one that counts and that the actor sees. @returns null where it is none */
export async function appointableAccount({ tx, actor, supervision }: Work, id: string): Promise<Account | null> {
  const [account] = await accountStore.byIds(tx, actor.countyId, [id])
  if (!account || account.releasedAt !== null) return null
  if (account.id === actor.accountId) return account
  const isSeen =
    account.orgId === null ? seesWholeCounty(actor) : (await supervision.seen([account.orgId])).has(account.orgId)
  return isSeen ? account : null
}

/** The account that signs in with this login; null for one that nobody has claimed, or that has not been confirmed. */
export const accountOfLogin = ({ tx }: Pick<Work, 'tx'>, issuer: string, subject: string) =>
  accountStore.bySubject(tx, issuer, subject)

import type { Actor } from '@linghang/access'
import { one } from '@linghang/subgraph'
import type { Work } from '../work.ts'
import { officeStore } from './store.ts'

/**
 * An account of the county as an actor with the offices that it holds today, for what runs without its asking; null when
 * it holds none. It has no file of its own here: what is seen follows from offices alone.
 */
export async function actorOfAccount({ tx, actor, today }: Work, accountId: string): Promise<Actor | null> {
  const { countyId } = actor
  const grants = await officeStore.heldOn(tx, countyId, accountId, today)
  if (grants.length === 0) return null
  return { kind: 'PERSON', accountId, countyId, memberId: null, memberOrgId: null, grants, scopes: [] }
}

/** Whether there is such an account in the county, wherever it is kept. */
export const knowsAccount = ({ tx }: Work, id: string): Promise<boolean> => officeStore.knowsAccount(tx, id)

/** What organisations are called whose offices answer for something that the actor sees: a branch learns who decides. */
export const nameOfOffice = one(({ tx }: Work, orgIds) => officeStore.namesOfOffices(tx, orgIds))

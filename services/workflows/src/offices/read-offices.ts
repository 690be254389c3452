import { type Actor, type RawTx, shanghaiDay, systemActor } from '@linghang/access'
import type { Deps } from '../deps.ts'
import { officeStore } from './store.ts'

/**
 * An account as an actor with the offices that it holds today, for what runs without its asking; null when it holds
 * none. It has no file of its own here: what is seen follows from offices alone.
 */
export function actorOfAccount(deps: Pick<Deps, 'transact' | 'now'>) {
  return async (countyId: string, accountId: string): Promise<Actor | null> => {
    const today = shanghaiDay(deps.now())
    const grants = await deps.transact(systemActor(countyId), (tx: RawTx) =>
      officeStore.heldOn(tx, countyId, accountId, today),
    )
    if (grants.length === 0) return null
    return { kind: 'PERSON', accountId, countyId, memberId: null, memberOrgId: null, grants, scopes: [] }
  }
}

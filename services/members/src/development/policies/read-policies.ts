import { type DevelopmentPolicy, noPolicy } from '@linghang/rulebook'
import type { Tx, Work } from '../../work.ts'
import { policyStore } from './store.ts'

export type Policies = (on: string) => DevelopmentPolicy

/** The county's policies: the one in force when a step was opened is the one that it follows. */
export async function readPolicies(tx: Tx, countyId: string): Promise<Policies> {
  const policies = (await policyStore.inForce(tx, countyId)).map(({ effectiveFrom, policy }) => ({
    // Policies that were set before something could be said leave it as it is commonly done.
    ...noPolicy,
    ...(policy as Partial<DevelopmentPolicy>),
    effectiveFrom,
  }))
  return on => policies.findLast(({ effectiveFrom }) => effectiveFrom <= on) ?? noPolicy
}

/** The policy under which a step that is opened on `on` is done. */
export const readPolicy = async ({ tx, actor }: Work, on: string): Promise<DevelopmentPolicy> =>
  (await readPolicies(tx, actor.countyId))(on)

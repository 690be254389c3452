import { many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { placementStore } from './store.ts'

/** Who takes part in each temporary branch that the actor sees. */
export const placementsOf = many(async ({ tx, supervision }: Work, orgIds) =>
  placementStore.of(tx, [...(await supervision.seen(orgIds))]),
)

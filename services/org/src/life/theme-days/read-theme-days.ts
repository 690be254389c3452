import { many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { themeDayStore } from './store.ts'

/** The months of a year of which the theme day is watched, of each organisation that the actor sees. */
export const themeDaysOf = many(async ({ tx, supervision }: Work, orgIds, year: number) =>
  Map.groupBy(await themeDayStore.ofYear(tx, [...(await supervision.seen(orgIds))], year), ({ orgId }) => orgId),
)

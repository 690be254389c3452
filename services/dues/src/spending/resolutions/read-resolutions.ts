import type { Work } from '../../work.ts'
import type { SpendingResolution } from './resolution.ts'
import { resolutionStore } from './store.ts'

/** What has been decided on a request, as far as this service has heard; those that were carried first. */
export const resolutionsOn = ({ tx, actor }: Work, spendingId: string): Promise<SpendingResolution[]> =>
  resolutionStore.about(tx, actor.countyId, spendingId)

/** What carried of that which has been decided on requests; by the request. */
export const carriedOn = async (
  { tx, actor }: Pick<Work, 'tx' | 'actor'>,
  spendingIds: readonly string[],
): Promise<Map<string, SpendingResolution[]>> =>
  Map.groupBy(await resolutionStore.carriedOn(tx, actor.countyId, spendingIds), ({ spendingId }) => spendingId)

import type { Work } from '../../work.ts'
import type { SpendingResolution } from './resolution.ts'
import { resolutionStore } from './store.ts'

/** What has been decided on a request, as far as this service has heard; those that were carried first. */
export const resolutionsOn = ({ tx, actor }: Work, spendingId: string): Promise<SpendingResolution[]> =>
  resolutionStore.about(tx, actor.countyId, [spendingId])

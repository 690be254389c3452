import type { Work } from '../work.ts'
import type { Feed } from './feed.ts'
import { feedStore } from './store.ts'

/** One's own addresses that still work, without their secrets. */
export const readCalendarFeeds = async ({ tx, actor }: Work): Promise<Feed[]> =>
  actor.accountId ? feedStore.ofAccount(tx, actor.accountId) : []

import { type AsService, type Perform, systemActor } from '@linghang/access'
import { addMonths } from '@linghang/rulebook'
import { actorOfAccount } from '../offices/read-offices.ts'
import type { Tx, Work } from '../work.ts'
import { type Feed, renderFeed, type Titles } from './feed.ts'
import { hashOf, isSecret } from './secret.ts'
import { feedStore } from './store.ts'

const monthsBack = 12
const monthsAhead = 12

/** The address behind a secret; null for one that is unknown or revoked. Costs a look into an index. */
export const findFeed = async (asService: AsService<Tx>, secret: string): Promise<Feed | null> =>
  isSecret(secret) ? asService(tx => feedStore.bySecret(tx, hashOf(secret))) : null

/**
 * The calendar of an address, as its maker may see it at this moment; null once its maker no longer holds an office at
 * that organisation or above it.
 */
export async function showFeed(perform: Perform<Work>, feed: Feed, titles: Titles): Promise<string | null> {
  const maker = await perform(systemActor(feed.countyId), work => actorOfAccount(work, feed.accountId))
  if (!maker) return null
  return perform(maker, async ({ tx, supervision, today }) => {
    if (!(await supervision.seen([feed.orgId])).has(feed.orgId)) return null
    const [from, until] = [addMonths(today, -monthsBack), addMonths(today, monthsAhead)]
    return renderFeed(feed, await feedStore.entries(tx, feed.orgId, from, until), titles)
  })
}

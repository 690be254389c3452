import { type AsService, shanghaiDay } from '@linghang/access'
import { addMonths } from '@linghang/rulebook'
import type { Deps, Tx } from '../deps.ts'
import { actorOfAccount } from '../offices/read-offices.ts'
import { type Feed, hashOf, isSecret, renderFeed } from './feed.ts'
import { feedStore } from './store.ts'

const monthsBack = 12
const monthsAhead = 12

/** The address behind a secret; null for one that is unknown or revoked. Costs a look into an index. */
export function findFeed(deps: { asService: AsService<Tx> }) {
  return async (secret: string): Promise<Feed | null> =>
    isSecret(secret) ? deps.asService(tx => feedStore.bySecret(tx, hashOf(secret))) : null
}

/**
 * The calendar of an address, as its maker may see it at this moment; null once its maker no longer holds an office at
 * that organisation or above it.
 */
export function showFeed(deps: Deps) {
  const actorOf = actorOfAccount(deps)
  return async (feed: Feed): Promise<string | null> => {
    const maker = await actorOf(feed.countyId, feed.accountId)
    if (!maker) return null
    const today = shanghaiDay(deps.now())
    return deps.transact(maker, async tx => {
      if (!(await deps.supervision.seen(tx, maker, [feed.orgId])).has(feed.orgId)) return null
      const until = addMonths(today, monthsAhead)
      return renderFeed(feed, await feedStore.entries(tx, feed.orgId, addMonths(today, -monthsBack), until))
    })
  }
}

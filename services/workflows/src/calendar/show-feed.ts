import type { AsService } from '@linghang/access'
import { addMonths } from '@linghang/rulebook'
import { shanghaiDay } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { actorOfAccount } from '../offices/read-offices.ts'
import { hashOf, isSecret, renderFeed } from './feed.ts'
import { feedStore } from './store.ts'

const monthsBack = 12
const monthsAhead = 12

/**
 * The calendar behind a secret, as its maker may see it at this moment; null for a secret that is unknown or revoked,
 * and once its maker no longer holds an office at that organisation or above it.
 */
export function showFeed(deps: Deps & { asService: AsService<Tx> }) {
  const actorOf = actorOfAccount(deps)
  return async (secret: string): Promise<string | null> => {
    if (!isSecret(secret)) return null
    const feed = await deps.asService(tx => feedStore.bySecret(tx, hashOf(secret)))
    const maker = feed && (await actorOf(feed.countyId, feed.accountId))
    if (!feed || !maker) return null
    const now = deps.now()
    const today = shanghaiDay(now)
    return deps.transact(maker, async tx => {
      if (!(await deps.supervision.seen(tx, maker, [feed.orgId])).has(feed.orgId)) return null
      const until = addMonths(today, monthsAhead)
      return renderFeed(feed, await feedStore.entries(tx, feed.orgId, addMonths(today, -monthsBack), until), now)
    })
  }
}

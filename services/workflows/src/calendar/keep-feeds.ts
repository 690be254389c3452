import { type Actor, once, recordAudit } from '@linghang/access'
import { toId } from '@linghang/subgraph'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../deps.ts'
import { fail } from '../errors.ts'
import { createSecret, type Feed, hashOf } from './feed.ts'
import { feedStore } from './store.ts'

const feedsAtMost = 20

/**
 * Makes an address under which a calendar program reads what falls due at an organisation and below. The secret in it is
 * given out here and never again. No idempotency key: the result of a repeated request would have to be kept, and with
 * it the secret.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CALENDAR_FEEDS_TOO_MANY
 */
export function createCalendarFeed(deps: Deps) {
  return (actor: Actor, orgId: string): Promise<{ feed: Feed; secret: string }> =>
    deps.transact(actor, async tx => {
      if (!actor.accountId || !(await deps.supervision.seen(tx, actor, [orgId])).has(orgId))
        return fail('NOT_FOUND', { what: toId('Organisation', orgId) })
      // An app has a token of its own with which it may ask.
      if (actor.kind !== 'PERSON') fail('FORBIDDEN', { wanted: 'PERSON' })
      const held = (await feedStore.ofAccount(tx, actor.accountId)).length
      if (held >= feedsAtMost) fail('CALENDAR_FEEDS_TOO_MANY', { found: held, limit: feedsAtMost })
      const secret = createSecret()
      const { countyId, accountId } = actor
      const feed = { id: uuidv7(), countyId, orgId, accountId, createdAt: deps.now() }
      await feedStore.insert(tx, feed, hashOf(secret))
      await recordAudit(tx, actor, [
        { orgId, action: 'calendar-feed.created', subjectType: 'CalendarFeed', subjectId: feed.id },
      ])
      return { feed: { ...feed, revokedAt: null }, secret }
    })
}

/** Ends one's own address at once. @throws DomainError NOT_FOUND */
export function revokeCalendarFeed(deps: Deps) {
  return (actor: Actor, id: string, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'revokeCalendarFeed', key: idempotencyKey, input: { id } }, async () => {
        const feed = actor.accountId ? await feedStore.revoke(tx, id, actor.accountId, deps.now()) : null
        if (!feed) return fail('NOT_FOUND', { what: toId('CalendarFeed', id) })
        await recordAudit(tx, actor, [
          { orgId: feed.orgId, action: 'calendar-feed.revoked', subjectType: 'CalendarFeed', subjectId: id },
        ])
        return id
      }),
    )
}

/** One's own addresses that still work, without their secrets. */
export function readCalendarFeeds(deps: Deps) {
  return (actor: Actor): Promise<Feed[]> =>
    deps.transact(actor, tx => (actor.accountId ? feedStore.ofAccount(tx, actor.accountId) : Promise.resolve([])))
}

import { type Actor, once, recordAudit } from '@linghang/access'
import { toId } from '@linghang/subgraph'
import { v7 as uuidv7 } from 'uuid'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { type Feed, hashOf } from './feed.ts'
import { feedStore } from './store.ts'

const feedsAtMost = 20

/**
 * Makes an address under which a calendar program reads what falls due at an organisation and below. The secret in it is
 * given out here and never again, but to the same request repeated: it is worked out from the address's id, and kept nowhere.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CALENDAR_FEEDS_TOO_MANY
 */
export function createCalendarFeed(deps: Deps) {
  return async (
    actor: Actor,
    orgId: string,
    idempotencyKey: string | null,
  ): Promise<{ feed: Feed; secret: string }> => {
    const request = { operation: 'createCalendarFeed', key: idempotencyKey, input: { orgId } }
    const make = async (tx: Tx) => {
      if (!actor.accountId || !(await deps.supervision.seen(tx, actor, [orgId])).has(orgId))
        return fail('NOT_FOUND', { what: toId('Organisation', orgId) })
      // An app has a token of its own with which it may ask.
      if (actor.kind !== 'PERSON') fail('FORBIDDEN', { wanted: 'PERSON' })
      const held = (await feedStore.lockOfAccount(tx, actor.accountId)).length
      if (held >= feedsAtMost) fail('CALENDAR_FEEDS_TOO_MANY', { found: held, limit: feedsAtMost })
      const { countyId, accountId } = actor
      const feed = { id: uuidv7(), countyId, orgId, accountId, createdAt: deps.now() }
      await feedStore.insert(tx, feed, hashOf(deps.secretOf(feed.id)))
      await recordAudit({ tx, actor }, [
        { orgId, action: 'calendar-feed.created', subjectType: 'CalendarFeed', subjectId: feed.id },
      ])
      return { ...feed, createdAt: feed.createdAt.toISOString() }
    }
    const made = await deps.transact(actor, tx => once({ tx, actor }, request, () => make(tx)))
    const feed = { ...made, createdAt: new Date(made.createdAt), revokedAt: null }
    return { feed, secret: deps.secretOf(made.id) }
  }
}

/** Ends one's own address at once. @throws DomainError NOT_FOUND */
export function revokeCalendarFeed(deps: Deps) {
  return (actor: Actor, id: string, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'revokeCalendarFeed', key: idempotencyKey, input: { id } }, async () => {
        const feed = actor.accountId ? await feedStore.revoke(tx, id, actor.accountId, deps.now()) : null
        if (!feed) return fail('NOT_FOUND', { what: toId('CalendarFeed', id) })
        await recordAudit({ tx, actor }, [
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

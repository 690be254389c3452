import { recordAudit } from '@linghang/access'
import { toId } from '@linghang/subgraph'
import { useCase } from '../work.ts'
import { fail } from './errors.ts'
import { hashOf } from './secret.ts'
import { feedStore } from './store.ts'

const feedsAtMost = 20

/**
 * Makes an address under which a calendar program reads what falls due at an organisation and below. The secret in it
 * is not returned, since what is returned is kept for the same request repeated: it is worked out from the address's id.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CALENDAR_FEEDS_TOO_MANY
 */
export const createCalendarFeed = useCase('createCalendarFeed', async (work, { orgId }: { orgId: string }) => {
  const { tx, actor } = work
  const { countyId, accountId } = actor
  if (!accountId || !(await work.supervision.seen([orgId])).has(orgId))
    return fail('NOT_FOUND', { what: toId('Organisation', orgId) })
  // An app has a token of its own with which it may ask.
  if (actor.kind !== 'PERSON') fail('FORBIDDEN', { wanted: 'PERSON' })
  const held = (await feedStore.lockOfAccount(tx, accountId)).length
  if (held >= feedsAtMost) fail('CALENDAR_FEEDS_TOO_MANY', { found: held, limit: feedsAtMost })
  const feed = { id: work.newId(), countyId, orgId, accountId, createdAt: work.now }
  await feedStore.insert(tx, feed, hashOf(work.secretOf(feed.id)))
  await recordAudit(work, [{ orgId, action: 'calendar-feed.created', subjectType: 'CalendarFeed', subjectId: feed.id }])
  return { ...feed, createdAt: feed.createdAt.toISOString() }
})

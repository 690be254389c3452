import { recordAudit } from '@linghang/access'
import { toId } from '@linghang/subgraph'
import { useCase } from '../work.ts'
import { fail } from './errors.ts'
import { feedStore } from './store.ts'

/** Ends one's own address at once. @returns its id @throws DomainError NOT_FOUND */
export const revokeCalendarFeed = useCase('revokeCalendarFeed', async (work, { id }: { id: string }) => {
  const { tx, actor, now } = work
  const feed = actor.accountId ? await feedStore.revoke(tx, id, actor.accountId, now) : null
  if (!feed) return fail('NOT_FOUND', { what: toId('CalendarFeed', id) })
  await recordAudit(work, [
    { orgId: feed.orgId, action: 'calendar-feed.revoked', subjectType: 'CalendarFeed', subjectId: id },
  ])
  return id
})

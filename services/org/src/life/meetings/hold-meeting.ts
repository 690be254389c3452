import { requireKept } from '../../structure/organisations/administration.ts'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { limits, type Meeting, type MeetingContent } from './meeting.ts'
import { meetingStore } from './store.ts'

/** A meeting that the actor keeps, held until the transaction ends. @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function holdKept(work: Work, id: string, revision: number | null): Promise<Meeting> {
  const meeting = await meetingStore.lock(work.tx, work.actor.countyId, id)
  if (!meeting) return fail('NOT_FOUND', { what: `Meeting:${id}` })
  await requireKept(work, meeting.orgId, `Meeting:${id}`)
  if (revision !== null && revision !== meeting.revision) fail('CONFLICT', { what: `Meeting:${id}` })
  return meeting
}

/** The same while it is a draft. @throws DomainError MEETING_IS_CLOSED, MEETING_NOT_HELD and as `holdKept` */
export async function holdDraft(work: Work, id: string, revision: number | null): Promise<Meeting> {
  const meeting = await holdKept(work, id, revision)
  if (meeting.state === 'CLOSED') fail('MEETING_IS_CLOSED', { version: meeting.version })
  if (meeting.state !== 'DRAFT') fail('MEETING_NOT_HELD', { found: meeting.state })
  return meeting
}

/** What a meeting's newest version says. */
export const contentOf = async ({ tx }: Work, { id, version }: Meeting): Promise<MeetingContent> =>
  (await meetingStore.content(tx, { meetingId: id, version }, limits.people)) ??
  fail('NOT_FOUND', { what: `Meeting:${id}` })

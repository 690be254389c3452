import { useCase } from '../../work.ts'
import { contentOf } from '../meetings/hold-meeting.ts'
import { inputOf } from '../meetings/meeting.ts'
import { writeMeeting } from '../meetings/write-meeting.ts'
import { fail } from './errors.ts'
import { holdAhead, publishAnnounced, toldOf } from './hold-ahead.ts'
import { requireToCome } from './notice.ts'
import { noticeStore } from './store.ts'

/**
 * Tells those whose meeting it is, as the register has them now for that day.
 * @throws DomainError MEETING_NOT_AHEAD, MEETING_IN_PAST, PARTICIPANTS_MISSING and as `planMeeting`
 */
export const announceMeeting = useCase(
  'announceMeeting',
  async (work, { id, revision }: { id: string; revision: number | null }) => {
    const { tx, actor, now } = work
    const meeting = await holdAhead(work, { id, revision }, 'announced')
    if (meeting.state !== 'PLANNED')
      fail('MEETING_NOT_AHEAD', { found: meeting.state, wanted: 'announced once', wantedZh: '发一次通知' })
    requireToCome(meeting.startsAt, now)
    const before = await contentOf(work, meeting)
    const announced = { ...meeting, state: 'ANNOUNCED' as const }
    const input = inputOf(meeting.kind, before)
    await writeMeeting(work, { meeting: announced, input, before, action: 'announced', reason: null })
    const content = await contentOf(work, announced)
    const people = content.people.map(({ memberId }) => memberId)
    if (people.length === 0) fail('NOBODY_TO_TELL', { kind: meeting.kind })
    await noticeStore.tell(tx, actor.countyId, announced, toldOf(announced, content, meeting.startsAt), people)
    await publishAnnounced(work, { ...announced, revision: meeting.revision + 1 }, meeting.startsAt, 'ANNOUNCED')
    return id
  },
)

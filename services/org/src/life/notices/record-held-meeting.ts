import { useCase } from '../../work.ts'
import { contentOf } from '../meetings/hold-meeting.ts'
import { writeMeeting } from '../meetings/write-meeting.ts'
import { signedInTo } from '../sign-in/read-sign-ins.ts'
import { holdAhead, publishAnnounced } from './hold-ahead.ts'
import { type Held, inputOfHeld } from './notice.ts'
import { noticeStore } from './store.ts'

export type RecordHeldMeeting = { id: string; revision: number | null; held: Held }

/**
 * A meeting that was planned or announced has been held: a draft from now on, with what is known of it already.
 * @throws DomainError MEETING_NOT_AHEAD, MEETING_IN_FUTURE and as `recordMeeting`
 */
export const recordHeldMeeting = useCase(
  'recordHeldMeeting',
  async (work, { id, revision, held }: RecordHeldMeeting) => {
    const { tx } = work
    const meeting = await holdAhead(work, { id, revision }, 'held')
    const before = await contentOf(work, meeting)
    const input = inputOfHeld(meeting, before, await noticeStore.ofMeeting(tx, id), held, await signedInTo(work, id))
    const draft = { ...meeting, state: 'DRAFT' as const }
    await writeMeeting(work, { meeting: draft, input, before, action: 'held', reason: null })
    await noticeStore.retell(tx, id, { state: 'HELD' })
    if (meeting.state === 'ANNOUNCED')
      await publishAnnounced(work, { ...draft, revision: meeting.revision + 1 }, meeting.startsAt, 'HELD')
    return id
  },
)

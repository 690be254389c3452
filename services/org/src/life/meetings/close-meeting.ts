import { useCase } from '../../work.ts'
import { contentOf, holdDraft } from './hold-meeting.ts'
import { inputOf } from './meeting.ts'
import { writeMeeting } from './write-meeting.ts'

/**
 * Makes a meeting immutable and publishes its votes; judged again, with the register as it is now.
 * @throws DomainError MEETING_IS_CLOSED, ATTENDANCE_INCOMPLETE, VOTERS_DIFFER and as `recordMeeting`
 */
export const closeMeeting = useCase(
  'closeMeeting',
  async (work, { id, revision }: { id: string; revision: number | null }) => {
    const draft = await holdDraft(work, id, revision)
    const before = await contentOf(work, draft)
    const input = inputOf(draft.kind, before)
    return writeMeeting(work, {
      meeting: { ...draft, state: 'CLOSED' },
      ...{ input, before, action: 'closed', reason: null },
    })
  },
)

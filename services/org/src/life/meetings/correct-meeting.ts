import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { contentOf, holdKept } from './hold-meeting.ts'
import { limits, type Meeting, type MeetingInput } from './meeting.ts'
import { writeMeeting } from './write-meeting.ts'

export type CorrectMeeting = { id: string; input: MeetingInput; reason: string; revision: number | null }

/**
 * Writes a new version of a closed meeting, with the reason; the old one stays and can be read.
 * @throws DomainError MEETING_IS_DRAFT, MEETING_NOT_HELD, BAD_INPUT, TOO_MANY and as `closeMeeting`
 */
export const correctMeeting = useCase(
  'correctMeeting',
  async (work, { id, input, reason, revision }: CorrectMeeting) => {
    const closed = await holdKept(work, id, revision)
    if (closed.state === 'DRAFT') fail('MEETING_IS_DRAFT')
    if (closed.state !== 'CLOSED') fail('MEETING_NOT_HELD', { found: closed.state })
    requireReason(reason, 'reason', limits.reason)
    const meeting: Meeting = { ...closed, version: closed.version + 1 }
    if (meeting.version > limits.versions)
      fail('TOO_MANY', { what: 'versions', found: meeting.version, wanted: limits.versions })
    const before = await contentOf(work, closed)
    return writeMeeting(work, { meeting, input, before, action: 'corrected', reason })
  },
)

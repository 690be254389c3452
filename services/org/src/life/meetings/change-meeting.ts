import { useCase } from '../../work.ts'
import { contentOf, holdDraft } from './hold-meeting.ts'
import type { MeetingInput } from './meeting.ts'
import { writeMeeting } from './write-meeting.ts'

export type ChangeMeeting = { id: string; input: MeetingInput; revision: number | null }

/** Puts other words and numbers into a draft. @throws DomainError MEETING_IS_CLOSED, CONFLICT and as `recordMeeting` */
export const changeMeeting = useCase('changeMeeting', async (work, { id, input, revision }: ChangeMeeting) => {
  const meeting = await holdDraft(work, id, revision)
  const before = await contentOf(work, meeting)
  return writeMeeting(work, { meeting, input, before, action: 'changed', reason: null })
})

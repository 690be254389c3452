import { useCase } from '../../work.ts'
import { contentOf } from '../meetings/hold-meeting.ts'
import type { MeetingKind } from '../meetings/meeting.ts'
import { beginMeeting } from '../meetings/record-meeting.ts'
import { writeMeeting } from '../meetings/write-meeting.ts'
import { holdAhead, publishAnnounced, toldOf } from './hold-ahead.ts'
import { inputOfPlan, type Planned, requireToCome } from './notice.ts'
import { noticeStore } from './store.ts'

export type PlanMeeting = { orgId: string; kind: MeetingKind; plan: Planned }

/**
 * Plans a meeting to come; nobody is told yet.
 * @throws DomainError MEETING_IN_PAST, NOT_FOUND, FORBIDDEN, MEETING_KIND_NOT_FOR_ORGANISATION and as `recordMeeting`
 */
export const planMeeting = useCase('planMeeting', async (work, { orgId, kind, plan }: PlanMeeting) => {
  requireToCome(plan.startsAt, work.now)
  const input = inputOfPlan(plan)
  const { startsAt } = plan
  const meeting = await beginMeeting(work, { orgId, kind, heldOn: input.heldOn, state: 'PLANNED', startsAt })
  return writeMeeting(work, { meeting, input, before: null, action: 'planned', reason: null })
})

export type ChangePlannedMeeting = { id: string; revision: number | null; plan: Planned }

/**
 * Puts another time, place or agenda to a meeting to come. Whoever was told of it finds it changed; answers that were
 * about another day are asked for anew.
 * @throws DomainError MEETING_IN_PAST, MEETING_NOT_AHEAD and as `planMeeting`
 */
export const changePlannedMeeting = useCase(
  'changePlannedMeeting',
  async (work, { id, revision, plan }: ChangePlannedMeeting) => {
    const { tx, actor } = work
    requireToCome(plan.startsAt, work.now)
    const meeting = await holdAhead(work, { id, revision }, 'changed')
    const before = await contentOf(work, meeting)
    const input = inputOfPlan(plan)
    const changed = { ...meeting, startsAt: plan.startsAt }
    await writeMeeting(work, { meeting: changed, input, before, action: 'replanned', reason: null })
    if (meeting.state === 'ANNOUNCED') {
      const content = await contentOf(work, changed)
      const people = content.people.map(({ memberId }) => memberId)
      await noticeStore.tell(tx, actor.countyId, changed, toldOf(changed, content, plan.startsAt), people)
      if (meeting.heldOn !== input.heldOn) await noticeStore.forgetAnswers(tx, id)
      await publishAnnounced(work, { ...changed, revision: meeting.revision + 1 }, plan.startsAt, 'ANNOUNCED')
    }
    return id
  },
)

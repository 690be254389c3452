import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { requireKept } from '../../structure/organisations/administration.ts'
import { useCase } from '../../work.ts'
import { readOwnNotice } from '../notices/read-notices.ts'
import { fail } from './errors.ts'
import { liveLimits, type RemarkKind, requireRoom } from './live.ts'
import { liveStore } from './store.ts'

export type SayRemark = { meetingId: string; kind: RemarkKind; text: string }

/**
 * A question or a remark under a meeting, by somebody who was told of it.
 * @throws DomainError NOT_FOUND, REMARKS_FULL, BAD_INPUT
 */
export const sayUnderMeeting = useCase('sayUnderMeeting', async (work, { meetingId, kind, text }: SayRemark) => {
  const { tx, actor, now, newId } = work
  const notice = await readOwnNotice(work, meetingId)
  if (!notice || notice.state === 'CANCELLED') return fail('NOT_FOUND', { what: toId('Meeting', meetingId) })
  const said = requireReason(text, 'text', liveLimits.text)
  const { memberId, orgId } = notice
  const { own, all } = await liveStore.countRemarks(tx, meetingId, memberId)
  requireRoom(own, all)
  const id = newId()
  await liveStore.say(tx, {
    ...{ id, meetingId, countyId: actor.countyId, orgId, memberId, kind, text: said, saidAt: now },
  })
  await recordAudit(work, [{ orgId, action: 'meeting.remarked', subjectType: 'Meeting', subjectId: meetingId }])
  return meetingId
})

/** The branch's answer to what was said. @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT */
export const answerMeetingRemark = useCase(
  'answerMeetingRemark',
  async (work, { id, answer }: { id: string; answer: string }) => {
    const { tx, actor, now } = work
    const what = toId('MeetingRemark', id)
    const remark = (await liveStore.remark(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what })
    const { orgId, meetingId } = remark
    await requireKept(work, orgId, what)
    await liveStore.answer(tx, id, requireReason(answer, 'answer', liveLimits.text), now)
    await recordAudit(work, [
      { orgId, action: 'meeting.remark-answered', subjectType: 'Meeting', subjectId: meetingId },
    ])
    return meetingId
  },
)

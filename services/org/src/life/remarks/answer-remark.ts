import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { requireKept } from '../../structure/organisations/administration.ts'
import { useCase } from '../../work.ts'
import { tellFollowUp } from '../follow-ups/tell-follow-up.ts'
import { fail } from './errors.ts'
import { requireFromAbove } from './from-above.ts'
import { remarkLimits, requireAnswerable } from './remark.ts'
import { remarkStore } from './store.ts'

/**
 * The branch's answer to what was said of its record; another one while it is not settled.
 * @throws DomainError NOT_FOUND, FORBIDDEN, REMARK_SETTLED, REMARK_ANSWERS_FULL, BAD_INPUT
 */
export const answerRecordRemark = useCase(
  'answerRecordRemark',
  async (work, input: { id: string; text: string }): Promise<string> => {
    const { tx, actor, now } = work
    const what = toId('RecordRemark', input.id)
    const remark = (await remarkStore.lock(tx, actor.countyId, input.id)) ?? fail('NOT_FOUND', { what })
    const { id, orgId, meetingId } = remark
    await requireKept(work, orgId, what)
    const answered = (await remarkStore.answers(tx, [id])).length
    requireAnswerable(remark, answered)
    const text = requireReason(input.text, 'text', remarkLimits.text)
    const by = { countyId: actor.countyId, orgId, answeredBy: actor.accountId, answeredAt: now }
    await remarkStore.answer(tx, { remarkId: id, n: answered + 1, text, ...by })
    await remarkStore.update(tx, id, { state: 'ANSWERED' })
    await tellFollowUp(work, orgId)
    await recordAudit(work, [{ orgId, action: 'record-remark.answered', subjectType: 'Meeting', subjectId: meetingId }])
    return meetingId
  },
)

/**
 * Whoever is above lets a remark rest, answered or not.
 * @throws DomainError NOT_FOUND, REMARK_NOT_FROM_ABOVE, REMARK_SETTLED, BAD_INPUT
 */
export const settleRecordRemark = useCase(
  'settleRecordRemark',
  async (work, input: { id: string; note: string | null }): Promise<string> => {
    const { tx, actor, now } = work
    const what = toId('RecordRemark', input.id)
    const remark = (await remarkStore.lock(tx, actor.countyId, input.id)) ?? fail('NOT_FOUND', { what })
    const { id, orgId, meetingId } = remark
    await requireFromAbove(work, orgId, what)
    requireAnswerable(remark, 0)
    const settledNote = input.note === null ? null : requireReason(input.note, 'note', remarkLimits.note)
    const settled = { state: 'SETTLED', settledAt: now, settledBy: actor.accountId, settledNote } as const
    await remarkStore.update(tx, id, settled)
    await tellFollowUp(work, orgId)
    await recordAudit(work, [{ orgId, action: 'record-remark.settled', subjectType: 'Meeting', subjectId: meetingId }])
    return meetingId
  },
)

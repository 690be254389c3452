import { useCase, type Work } from '../../work.ts'
import { fail } from '../cases/errors.ts'
import { noticeClosing, noticeOpening, objectionDecision, openNoticeOf } from '../cases/notice-commands.ts'
import { onCase } from '../cases/on-case.ts'
import { holdCase, writeCase } from '../cases/write-case.ts'
import { type NoticeRow, noticeStore } from './store.ts'

/**
 * Hangs out the open step's public notice (公示). Its last day is worked out by the State Council's calendar.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, NO_NOTICE_HERE, NOTICE_OPEN_ALREADY, DATE_IN_FUTURE,
 * DATES_OUT_OF_ORDER
 */
export const openNotice = onCase('openNotice', 'case.notice-opened', (at, { from }: { caseId: string; from: string }) =>
  noticeOpening(at, from),
)

/**
 * Takes a notice down after its last day, with every objection decided.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_OPEN_NOTICE, NOTICE_CUT_SHORT, OBJECTION_OPEN, DATE_IN_FUTURE
 */
export const closeNotice = onCase('closeNotice', 'case.notice-closed', (at, { on }: { caseId: string; on: string }) =>
  noticeClosing(at, on),
)

/** Takes a notice down that has to be hung out anew. @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_OPEN_NOTICE */
export const cancelNotice = onCase(
  'cancelNotice',
  'case.notice-cancelled',
  ({ state, today }, { reason }: { caseId: string; reason: string }) => {
    openNoticeOf(state)
    return { type: 'NOTICE_CANCELLED', on: today, reason }
  },
)

/** A notice that hangs, for whoever is of its unit or sees it. @throws DomainError NOT_FOUND */
export async function requireNotice({ tx, actor, supervision }: Work, id: string): Promise<NoticeRow> {
  const notice = await noticeStore.byId(tx, id)
  const seen = notice ? await supervision.seen([notice.orgId]) : new Set()
  if (!notice || !(seen.has(notice.orgId) || notice.orgId === actor.memberOrgId))
    return fail('NOT_FOUND', { what: `PublicNotice:${id}` })
  return notice
}

/**
 * Somebody of the unit objects during a notice. They need not see the case, only the notice; that an objection was
 * raised goes into the case with the county's rights, in their name.
 * @throws DomainError NOT_FOUND, OWN_CASE, NO_OPEN_NOTICE
 */
export const raiseObjection = useCase(
  'raiseObjection',
  async (work, { noticeId, content }: { noticeId: string; content: string }) => {
    const { tx, actor, today: on } = work
    const { caseId } = await requireNotice(work, noticeId)
    const held = await holdCase(work, caseId)
    if (!held) return fail('NO_OPEN_NOTICE')
    if (held.state.memberId === actor.memberId) fail('OWN_CASE')
    openNoticeOf(held.state)
    const id = work.newId()
    await noticeStore.object(tx, {
      id,
      countyId: actor.countyId,
      orgId: held.state.orgId,
      caseId: held.id,
      content,
      raisedBy: actor.accountId,
      raisedOn: on,
    })
    await writeCase(work, held, 'case.objection-raised', { type: 'OBJECTION_RAISED', on, objectionId: id })
    return id
  },
  { rights: 'COUNTY' },
)

type DecideObjection = { caseId: string; objectionId: string; answer: string; upheld: boolean }

/**
 * Decides an objection with an answer; one that is upheld closes the step until a new notice.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_OPEN_NOTICE, OBJECTION_DECIDED_ALREADY
 */
export const decideObjection = onCase(
  'decideObjection',
  'case.objection-decided',
  (at, { objectionId, upheld }: DecideObjection) => objectionDecision(at, objectionId, upheld),
  async ({ tx, actor, today }, _, { objectionId, answer, upheld }) => {
    await noticeStore.answer(tx, {
      ...{ id: objectionId, answer, upheld },
      ...{ decidedOn: today, decidedBy: actor.accountId },
    })
  },
)

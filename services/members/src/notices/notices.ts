import { type Actor, once, shanghaiDay } from '@linghang/access'
import type { Deps } from '../deps.ts'
import { keepCase, seesConfidential } from '../development/case-access.ts'
import { noticeClosing, noticeOpening, objectionDecision, openNoticeOf } from '../development/case-commands.ts'
import { casesSeen } from '../development/read-cases.ts'
import { caseToday, holdCase, writeCase } from '../development/write-case.ts'
import { fail } from '../errors.ts'
import { knownPeople } from '../people/known-people.ts'
import { type NoticeRow, noticeStore, type ObjectionRow } from './store.ts'

/**
 * Hangs out the open step's public notice (公示). Its last day is worked out by the State Council's calendar.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, NO_NOTICE_HERE, NOTICE_OPEN_ALREADY, DATE_IN_FUTURE,
 * DATES_OUT_OF_ORDER
 */
export function openNotice(deps: Deps) {
  return (actor: Actor, input: { caseId: string; from: string }, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'openNotice', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        const { state } = held
        const opened = noticeOpening(caseToday(deps, held), input.from)
        await writeCase(deps, tx, actor, held, 'case.notice-opened', opened)
        const { step, until: endsOn, workingDays, provisional } = opened
        const [member] = await knownPeople(tx, actor.countyId, [state.memberId])
        await noticeStore.open(tx, actor.countyId, {
          id: deps.newId(),
          caseId: held.id,
          orgId: state.orgId,
          step,
          name: member?.name ?? '',
          startsOn: input.from,
          endsOn,
          workingDays,
          provisional,
        })
        return held.id
      }),
    )
}

/**
 * Takes a notice down after its last day, with every objection decided.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_OPEN_NOTICE, NOTICE_CUT_SHORT, OBJECTION_OPEN, DATE_IN_FUTURE
 */
export function closeNotice(deps: Deps) {
  return (actor: Actor, input: { caseId: string; on: string }, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'closeNotice', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        await writeCase(deps, tx, actor, held, 'case.notice-closed', noticeClosing(caseToday(deps, held), input.on))
        await noticeStore.close(tx, held.id, input.on)
        return held.id
      }),
    )
}

/** Takes a notice down that has to be hung out anew. @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_OPEN_NOTICE */
export function cancelNotice(deps: Deps) {
  return (actor: Actor, input: { caseId: string; reason: string }, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'cancelNotice', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        openNoticeOf(held.state)
        await writeCase(deps, tx, actor, held, 'case.notice-cancelled', {
          type: 'NOTICE_CANCELLED',
          on: shanghaiDay(deps.now()),
          reason: input.reason,
        })
        await noticeStore.close(tx, held.id, null)
        return held.id
      }),
    )
}

const asSystem = (actor: Actor): Actor => ({ ...actor, kind: 'SYSTEM', grants: [] })

/**
 * Somebody of the unit objects during a notice. They need not see the case, only the notice; that an objection was
 * raised goes into the case in a transaction of the service's own, in their name.
 * @throws DomainError NOT_FOUND, OWN_CASE, NO_OPEN_NOTICE
 */
export function raiseObjection(deps: Deps) {
  return async (
    actor: Actor,
    input: { noticeId: string; content: string },
    idempotencyKey: string | null,
  ): Promise<string> => {
    const notice = await deps.transact(actor, tx => noticeStore.byId(tx, input.noticeId))
    if (!notice) return fail('NOT_FOUND', { what: `PublicNotice:${input.noticeId}` })
    return deps.transact(asSystem(actor), tx =>
      once({ tx, actor }, { operation: 'raiseObjection', key: idempotencyKey, input }, async () => {
        const held = await holdCase(tx, actor.countyId, notice.caseId)
        if (!held) return fail('NO_OPEN_NOTICE')
        if (held.state.memberId === actor.memberId) fail('OWN_CASE')
        openNoticeOf(held.state)
        const id = deps.newId()
        const on = shanghaiDay(deps.now())
        await noticeStore.object(tx, {
          id,
          countyId: actor.countyId,
          orgId: held.state.orgId,
          caseId: held.id,
          content: input.content,
          raisedBy: actor.accountId,
          on,
        })
        await writeCase(deps, tx, actor, held, 'case.objection-raised', {
          type: 'OBJECTION_RAISED',
          on,
          objectionId: id,
        })
        return id
      }),
    )
  }
}

/**
 * Decides an objection with an answer; one that is upheld closes the step until a new notice.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_OPEN_NOTICE, OBJECTION_DECIDED_ALREADY
 */
export function decideObjection(deps: Deps) {
  return (
    actor: Actor,
    input: { caseId: string; objectionId: string; answer: string; upheld: boolean },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'decideObjection', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        const decided = objectionDecision(caseToday(deps, held), input.objectionId, input.upheld)
        const on = decided.on
        await noticeStore.answer(tx, {
          id: input.objectionId,
          answer: input.answer,
          upheld: input.upheld,
          on,
          by: actor.accountId,
        })
        await writeCase(deps, tx, actor, held, 'case.objection-decided', decided)
        return held.id
      }),
    )
}

/** Notices that hang, or hung within the last month, at organisations whose people the actor is one of or sees. */
export function readNotices(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[]): Promise<Map<string, NoticeRow[]>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      const open = orgIds.filter(id => seen.has(id) || id === actor.memberOrgId)
      const rows = await noticeStore.ofOrganisations(tx, open, shanghaiDay(deps.now()))
      return Map.groupBy(rows, row => row.orgId)
    })
}

/** Objections of cases, for those who keep or oversee them. */
export function readObjections(deps: Deps) {
  return (actor: Actor, caseIds: readonly string[]): Promise<Map<string, ObjectionRow[]>> =>
    deps.transact(actor, async tx => {
      const cases = await casesSeen(deps, tx, actor, caseIds)
      const allowed = cases.filter(({ as }) => seesConfidential(as)).map(({ id }) => id)
      return Map.groupBy(await noticeStore.objectionsOf(tx, allowed), row => row.caseId)
    })
}

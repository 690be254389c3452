import { needOf, noticeEnds, stepOf } from '@linghang/rulebook'
import type { CaseState, Notice } from './case.ts'
import { type CaseToday, openStepOf, requireNotBefore, requirePast } from './case-commands.ts'
import { fail } from './errors.ts'
import type { Fact } from './facts.ts'

/** @throws DomainError CASE_CLOSED, NO_NOTICE_HERE, NOTICE_OPEN_ALREADY, DATE_IN_FUTURE, DATES_OUT_OF_ORDER */
export function noticeOpening(at: CaseToday, from: string): Fact & { type: 'NOTICE_OPENED' } {
  const step = openStepOf(at)
  const need = needOf(step, 'NOTICE')
  if (!need) return fail('NO_NOTICE_HERE', { step: step.key })
  const { notice, notBefore } = at.state
  if (notice?.closedOn === null) fail('NOTICE_OPEN_ALREADY', { until: notice.until })
  requirePast('from', from, at.today)
  requireNotBefore(from, notBefore)
  const { workingDays } = need
  const { on: until, provisional } = noticeEnds(from, need)
  return { type: 'NOTICE_OPENED', on: from, step: step.key, until, workingDays, provisional, recordedOn: at.today }
}

/** @throws DomainError NO_OPEN_NOTICE */
export function openNoticeOf(state: CaseState): Notice {
  if (state.notice === null || state.notice.closedOn !== null) return fail('NO_OPEN_NOTICE')
  return state.notice
}

/** @throws DomainError NO_OPEN_NOTICE, DATE_IN_FUTURE, NOTICE_CUT_SHORT, OBJECTION_OPEN */
export function noticeClosing({ state, rules, today }: CaseToday, on: string): Fact {
  const notice = openNoticeOf(state)
  requirePast('on', on, today)
  const { article, source } = stepOf(rules, notice.step).citation
  // A year that was not published when the notice was hung out may be by now.
  const countsFirstDay = needOf(stepOf(rules, notice.step), 'NOTICE')?.countsFirstDay ?? true
  const { on: until } = noticeEnds(notice.from, { workingDays: notice.workingDays, countsFirstDay })
  if (on <= until)
    fail('NOTICE_CUT_SHORT', {
      found: on,
      wanted: `closed after ${until}`,
      wantedZh: `公示至 ${until} 期满后办结`,
      article,
      source,
    })
  const open = Object.values(notice.objections).filter(({ decided }) => decided === null).length
  if (open > 0)
    fail('OBJECTION_OPEN', {
      found: open,
      wanted: 'every objection looked into and decided',
      wantedZh: '异议全部核实并作出结论',
      article,
      source,
    })
  return { type: 'NOTICE_CLOSED', on }
}

/** @throws DomainError NO_OPEN_NOTICE, NOT_FOUND, OBJECTION_DECIDED_ALREADY */
export function objectionDecision(at: CaseToday, objectionId: string, upheld: boolean): Fact {
  const raised = openNoticeOf(at.state).objections[objectionId]
  if (!raised) return fail('NOT_FOUND', { what: `Objection:${objectionId}` })
  if (raised.decided) fail('OBJECTION_DECIDED_ALREADY')
  return { type: 'OBJECTION_DECIDED', on: at.today, objectionId, upheld }
}

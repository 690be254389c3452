import type { DevelopmentCaseState } from '@linghang/events'
import { type Certainty, type DeadlineRule, dateKey, deadlineRules } from '@linghang/rulebook'
import { ladderOfDate } from '../../time/ladder/ladder-of-date.ts'
import type { Subject, SubjectDeadline } from '../../time/watch/subject.ts'

type CaseDeadline = DevelopmentCaseState['deadlines'][number]

const isRule = (rule: string): rule is DeadlineRule => (deadlineRules as readonly string[]).includes(rule)
const certainties: Record<string, Certainty> = { VERIFIED: 'VERIFIED', SECONDARY: 'SECONDARY', RECALLED: 'RECALLED' }

function toDeadline({ ladders }: DevelopmentCaseState, told: CaseDeadline): SubjectDeadline {
  const { rule, dueOn, nature, article, source, certainty, role, orgId } = told
  // A date that nobody here can name would be shown and reminded of as something else.
  if (!isRule(rule)) throw new RangeError(`the rule ${rule} is not one of the platform's`)
  return {
    ...{ rule, dueOn, nature, article, source, office: { role, orgId } },
    certainty: certainties[certainty] ?? 'RECALLED',
    ladder: ladderOfDate({ rule, nature }, ladders[rule]),
  }
}

/**
 * What a case's event says is to be watched. Its dates are shown and reminded of with the person as their subject.
 * @throws RangeError for a rule that is not known
 */
export function subjectOfCase(state: DevelopmentCaseState): Subject {
  const { id, memberId, orgId, version, stage } = state
  const open = state.state === 'OPEN'
  const deadlines = open ? state.deadlines.map(told => toDeadline(state, told)) : []
  return {
    ...{ id, orgId, version, stage, type: 'CASE', subjectId: memberId, subjectType: 'MEMBER' },
    state: open ? 'OPEN' : 'ENDED',
    // One rule on one day is one date, whoever has named it twice.
    deadlines: [...new Map(deadlines.map(deadline => [dateKey(deadline), deadline])).values()],
  }
}

import type { DevelopmentCaseState } from '@linghang/events'
import { certaintyOf, type DeadlineRule, dateKey, deadlineRules } from '@linghang/rulebook'
import { announce, followDates } from '../../inbox/announce.ts'
import type { Announcement } from '../../inbox/store.ts'
import { ladderOfDate } from '../../time/ladder/ladder-of-date.ts'
import type { StatedDate } from '../../time/watch/new-watch.ts'
import { process } from '../../time/watch/process.ts'

type CaseDate = DevelopmentCaseState['deadlines'][number]

const isRule = (rule: string): rule is DeadlineRule => (deadlineRules as readonly string[]).includes(rule)

function toDate({ rule, dueOn, nature, article, source, certainty, role, orgId }: CaseDate): StatedDate {
  // A date that nobody here can name would be shown and reminded of as something else.
  if (!isRule(rule)) throw new RangeError(`the rule ${rule} is not one of the platform's`)
  return {
    ...{ rule, dueOn, nature, article, source, office: { role, orgId } },
    certainty: certaintyOf(certainty),
  }
}

const announcedTurn = ({ memberId, turn, version }: DevelopmentCaseState): Announcement[] =>
  turn
    ? [
        {
          ...{ subjectId: memberId, subjectType: 'MEMBER', rule: 'STEP_TURN', rung: 'TURN' },
          ...{ orgId: turn.orgId, role: turn.role, dueOn: turn.since, round: version },
        },
      ]
    : []

/**
 * A development case, from the application until it is archived or has ended. Its dates are shown and reminded of with
 * the person as their subject.
 * @throws RangeError for a rule that is not known
 */
export const development = process({
  kind: 'DEVELOPMENT',
  purpose: 'cases',
  watches: ['members.case.changed.v1'],
  watched: ({ id, memberId, orgId, version, stage, state }) => ({
    ...{ id, orgId, version, stage, subjectId: memberId, subjectType: 'MEMBER' },
    isOpen: state === 'OPEN',
  }),
  // One rule on one day is one date, whoever has named it twice.
  datesOf: ({ deadlines }) => [...new Map(deadlines.map(toDate).map(date => [dateKey(date), date])).values()],
  ladder: ({ ladders }, date) => ladderOfDate(date, ladders[date.rule]),
  comesBack: true,
  /** Who takes a case over hears so, and gets the reminders that were given. */
  async heard(work, newest, events) {
    const open = newest.filter(({ state }) => state === 'OPEN')
    await followDates(
      work,
      open.map(({ memberId }) => memberId),
    )
    await announce(
      work,
      events.flatMap(({ data }) => announcedTurn(data)),
    )
  },
  title: {
    APPLICANT_TALK: '派人与入党申请人谈话',
    HALF_YEARLY_REVIEW: '入党积极分子半年考察',
    THOUGHT_REPORT: '季度思想汇报',
    ACTIVIST_ONE_YEAR: '积极分子培养教育考察满一年',
    NOTICE_ENDS: '公示期满',
    POLITICAL_REVIEW_EXPIRES: '政审有效期到期',
    ADMISSION_ASSEMBLY: '召开接收预备党员支部大会',
    ADMISSION_APPROVAL: '审批接收预备党员',
    OATH: '入党宣誓',
    PROBATION_REVIEW: '预备期季度考察',
    PROBATION_ENDS: '预备期满',
    CONVERSION_APPROVAL: '审批预备党员转正',
  },
})

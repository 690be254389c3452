import { caseLadders, certaintyOf, type DeadlineRule } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

const rules = ['DUES_TALK', 'DUES_WARNING', 'DUES_MATTER'] as const satisfies readonly DeadlineRule[]
const isRule = (told: string): told is (typeof rules)[number] => (rules as readonly string[]).includes(told)

/**
 * Months that a member has not paid, until nothing is open: the branch is told when it is time to talk, when six months are
 * near, and when the matter is its to hear; once each.
 */
export const duesArrears = process({
  kind: 'DUES_ARREARS',
  purpose: 'dues-arrears',
  watches: ['dues.arrears.changed.v1'],
  watched: ({ id, memberId, orgId, closedOn, version }) => ({
    ...{ id, orgId, version, subjectId: memberId, subjectType: 'MEMBER', isOpen: closedOn === null },
  }),
  datesOf: ({ orgId, dates }) =>
    dates.flatMap(({ rule, dueOn, article, source, certainty }) =>
      isRule(rule)
        ? [
            {
              ...{ rule, dueOn, nature: 'EARLIEST' as const, article, source, certainty: certaintyOf(certainty) },
              office: { role: 'SECRETARY', orgId },
            },
          ]
        : [],
    ),
  ladder: (_, { rule }) => caseLadders[rule],
  comesBack: false,
  title: { DUES_TALK: '欠交党费谈话', DUES_WARNING: '欠交党费将满六个月', DUES_MATTER: '欠交党费满六个月，支部处理' },
})

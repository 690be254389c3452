import { caseLadders, certaintyOf, type DeadlineRule } from '@linghang/rulebook'
import { announce } from '../../inbox/announce.ts'
import { process } from '../../time/watch/process.ts'

const rules = [
  'DUES_SPENDING_DECISION',
  'DUES_SPENDING_BOOKING',
  'DUES_SPENDING_BASIS',
] as const satisfies readonly DeadlineRule[]
const isRule = (told: string): told is (typeof rules)[number] => (rules as readonly string[]).includes(told)

/**
 * A request to spend dues: whose turn it is to decide hears so at once and is reminded until it has; who was allowed to
 * spend is reminded until it is booked; the superior hears of what was spent and no meeting carries any more. The decision
 * itself is made in the dues service, under the lock of its money (ADR 22).
 */
export const duesSpending = process({
  kind: 'DUES_SPENDING',
  purpose: 'dues-spending',
  watches: ['dues.spending.changed.v1'],
  watched: ({ id, orgId, dates, version }) => ({
    ...{ id, orgId, version, subjectId: id, subjectType: 'SPENDING', isOpen: dates.length > 0 },
  }),
  datesOf: ({ dates }) =>
    dates.flatMap(({ rule, dueOn, nature, orgId, article, source, certainty }) =>
      isRule(rule)
        ? [
            {
              ...{ rule, dueOn, nature, article, source, certainty: certaintyOf(certainty) },
              office: { role: 'SECRETARY', orgId },
            },
          ]
        : [],
    ),
  ladder: (_, { rule }) => caseLadders[rule],
  comesBack: true,
  async heard(work, newest) {
    const turns = newest.flatMap(({ id, dates, version }) =>
      dates.flatMap(({ rule, dueOn, orgId }) =>
        rule === 'DUES_SPENDING_DECISION' ? [{ id, dueOn, orgId, version }] : [],
      ),
    )
    await announce(
      work,
      turns.map(({ id, dueOn, orgId, version }) => ({
        ...{ subjectId: id, subjectType: 'SPENDING', rule: 'DUES_SPENDING_DECISION', rung: 'REQUESTED' },
        ...{ orgId, role: 'SECRETARY', dueOn, round: version },
      })),
    )
  },
  title: {
    DUES_SPENDING_DECISION: '党费支出审批',
    DUES_SPENDING_BOOKING: '党费支出报销',
    DUES_SPENDING_BASIS: '支出决议更正待核查',
  },
})

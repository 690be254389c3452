import { caseLadders, certaintyOf, type ElectionDeadlineRule, electionDeadlineRules } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

const rules: ReadonlySet<string> = new Set(Object.values(electionDeadlineRules))
const isRule = (told: string): told is ElectionDeadlineRule => rules.has(told)

/**
 * An election, from its opening until its result is approved or it is called off: each step is reminded of at the office
 * that sees to it, and once overdue at its superior. The term's own reminders go on beside it until the new term is there.
 * @throws RangeError for a rule that is not known: it would be shown and reminded of as something else
 */
export const election = process({
  kind: 'ELECTION',
  purpose: 'elections',
  watches: ['org.election.changed.v1'],
  watched: ({ id, orgId, state, version }) => ({
    ...{ id, orgId, version, subjectId: id, subjectType: 'ELECTION', isOpen: state === 'OPEN' },
  }),
  datesOf: ({ dates }) =>
    dates.map(({ rule, dueOn, nature, orgId, article, source, certainty }) => {
      if (!isRule(rule)) throw new RangeError(`the rule ${rule} is not one of an election`)
      const office = { role: 'SECRETARY', orgId }
      return { rule, dueOn, nature, article, source, certainty: certaintyOf(certainty), office }
    }),
  ladder: (_, { rule }) => caseLadders[rule],
  comesBack: true,
  title: {
    ELECTION_REQUEST: '换届选举请示',
    ELECTION_REPLY: '换届选举批复',
    ELECTION_RECOMMENDATION: '候选人推荐汇总',
    ELECTION_CANDIDATES: '候选人预备人选请示',
    ELECTION_CANDIDATES_REPLY: '候选人预备人选批复',
    ELECTION_ANNOUNCEMENT: '候选人公示',
    ELECTION_SUMMONS: '选举大会通知',
    ELECTION_ASSEMBLY: '选举大会',
    ELECTION_REPORT: '选举结果报告',
    ELECTION_RESULT_REPLY: '选举结果批复',
  },
})

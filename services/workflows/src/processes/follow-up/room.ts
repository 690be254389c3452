import { type Citation, caseLadders, type DeadlineRule, measureCitation, remarkCitation } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

const citations = {
  REMARK_LEFT: remarkCitation,
  REMARK_ANSWER: remarkCitation,
  CRITICISM_MEASURE: measureCitation,
} as const satisfies Partial<Record<DeadlineRule, Citation>>
const isRule = (told: string): told is keyof typeof citations => Object.hasOwn(citations, told)

/**
 * What a branch still has to do after its meetings: a superior's remark it hears of in working hours, and of the day that was
 * set for the answer; of what is to be mended once, the day after it should have been. Done, nothing of it is due.
 * @throws RangeError for a rule that is not known: it would be reminded of as something else
 */
export const followUp = process({
  kind: 'FOLLOW_UP',
  purpose: 'follow-ups',
  watches: ['org.follow-up.changed.v1'],
  watched: ({ id, orgId, open, version }) => ({
    ...{ id, orgId, version, subjectId: orgId, subjectType: 'ORGANISATION', isOpen: open },
  }),
  datesOf: ({ orgId, dates }) =>
    dates.map(({ rule, dueOn }) => {
      if (!isRule(rule)) throw new RangeError(`the rule ${rule} is not one of what follows a meeting`)
      const nature = rule === 'REMARK_LEFT' ? ('EARLIEST' as const) : ('LATEST' as const)
      return { rule, dueOn, nature, ...citations[rule], office: { role: 'SECRETARY', orgId } }
    }),
  ladder: (_, { rule }) => caseLadders[rule],
  comesBack: false,
  title: { REMARK_LEFT: '上级意见待答复', REMARK_ANSWER: '答复上级意见', CRITICISM_MEASURE: '整改措施' },
})

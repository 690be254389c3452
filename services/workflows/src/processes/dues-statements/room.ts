import { caseLadders, certaintyOf } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

const rules = { SUMMARY: 'DUES_SUMMARY', PUBLICATION: 'DUES_PUBLICATION', REPORT: 'DUES_REPORT' } as const

/** What an organisation has to tell of dues of a quarter or a year that is over, until it has. */
export const duesStatements = process({
  kind: 'DUES_STATEMENT',
  purpose: 'dues-statements',
  watches: ['dues.statement.scheduled.v1'],
  watched: ({ id, orgId, open, version }) => ({
    ...{ id, orgId, version, subjectId: orgId, subjectType: 'ORGANISATION', isOpen: open },
  }),
  datesOf: ({ orgId, kind, dueOn, article, source, certainty }) => [
    {
      ...{ rule: rules[kind], dueOn, nature: 'LATEST', article, source, certainty: certaintyOf(certainty) },
      office: { role: 'SECRETARY', orgId },
    },
  ],
  ladder: (_, { rule }) => caseLadders[rule],
  comesBack: true,
  title: { DUES_SUMMARY: '党费季度小结', DUES_PUBLICATION: '党费收缴情况公布', DUES_REPORT: '党费年度报告' },
})

import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofBooks } from '../books/errors.ts'

/** What reporting a year's dues upward is refused for. */
export const { fail, table } = defineErrors(
  {
    NOBODY_TO_REPORT_TO: {
      zh: '{code} 在本县没有上级党组织，不在这里报告',
      en: 'Nobody stands above {code} in this county: it does not report here',
    },
    DUES_REPORTED_ALREADY: {
      zh: '{year} 年党费报告已上报；上级退回后才能重报',
      en: 'The dues of {year} have been reported: they are reported again only once the superior has returned that',
    },
    REPORT_RETURNED_ALREADY: {
      zh: '这份报告已经退回',
      en: 'This report has been returned already',
    },
    REPORT_IS_OWN: {
      zh: '报告由上级退回，本级不能自己退回',
      en: 'A report is returned by the level above, and never by the organisation itself',
    },
  },
  {},
  ofBooks,
)

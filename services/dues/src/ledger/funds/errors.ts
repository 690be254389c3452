import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofJournals } from '../journals/errors.ts'

/** What opening an account for one purpose is refused for. */
export const { fail, table } = defineErrors(
  {
    FUND_NAME_TAKEN: {
      zh: '该组织已有名为“{found}”的专项',
      en: 'The organisation has a fund called "{found}" already',
    },
    TOO_MANY_FUNDS: {
      zh: '该组织已有 {limit} 个专项，不能再开',
      en: 'The organisation has {limit} funds, the most it may have',
    },
  },
  {},
  ofJournals,
)

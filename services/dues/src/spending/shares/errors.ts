import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofJournals } from '../../ledger/journals/errors.ts'

/** What shares are refused for; passing dues up is refused for what posting is. */
export const { fail, table } = defineErrors(
  {
    SHARES_YEAR_TAKEN: {
      zh: '自 {found} 年起的党费上缴比例已经定了，不能更改；请另定年度',
      en: 'What is passed up of the dues from {found} on has been set, and is not changed: choose another year',
    },
  },
  {},
  ofJournals,
)

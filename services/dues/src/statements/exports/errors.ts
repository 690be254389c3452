import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofBooks } from '../books/errors.ts'

/** What an auditor's export is refused for. */
export const { fail, table } = defineErrors(
  {
    EXPORT_TOO_MANY_ROWS: {
      zh: '{from} 至 {until} 的 {file} 超过 {limit} 行：请分季度或按下级党组织分别导出',
      en: 'From {from} to {until} there are more than {limit} rows of {file}: export a quarter, or an organisation below, at a time',
    },
  },
  {},
  ofBooks,
)

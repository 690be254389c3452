import { defineErrors } from '@linghang/subgraph/errors'

/** What a treasurer's book is refused for. */
export const { fail, table } = defineErrors({
  BOOK_PERIOD_TOO_LONG: {
    zh: '一本账簿最多 {limit} 天（一年），{from} 至 {until} 共 {found} 天：请分年度出具',
    en: 'A book is of {limit} days, a year, at most: {from} to {until} are {found}; ask for each year by itself',
  },
  BOOK_TOO_MANY_LINES: {
    zh: '{from} 至 {until} 有 {found} 笔账，这种文件最多 {limit} 笔：请按季度或按月分次出具（Excel 工作簿可容更多）',
    en: 'From {from} to {until} there are {found} entries, {limit} at most in such a file: ask for a quarter or a month at a time; a workbook holds more',
  },
  NO_DUES_ACCOUNT_TO_TELL_OF: {
    zh: '{code} 及其上级还没有开立党费账户，没有账目可以公布或报告',
    en: 'Neither {code} nor anybody above has a dues account: there are no books to tell of',
  },
  DUES_YEAR_NOT_CLOSED: {
    zh: '{code} 的 {year} 年账目尚未全部结账：先结清至 12 月再公布、报告',
    en: 'The books of {code} for {year} are not closed yet: close them up to December first',
  },
})

import { defineErrors } from '@linghang/subgraph/errors'

/** What a treasurer's book is refused for. */
export const { fail, table } = defineErrors({
  BOOK_PERIOD_TOO_LONG: {
    zh: '一本账簿最多 {limit} 天（一年），{from} 至 {until} 共 {found} 天：请分年度出具',
    en: 'A book is of {limit} days, a year, at most: {from} to {until} are {found}; ask for each year by itself',
  },
})

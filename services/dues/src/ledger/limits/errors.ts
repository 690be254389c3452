import { defineErrors } from '@linghang/subgraph/errors'

const names = { MONTH: '月', QUARTER: '季度', YEAR: '年度' }

/** What spending within limits is refused for. */
export const { fail, table } = defineErrors(
  {
    LIMIT_EXCEEDED: {
      zh: '超过{period}限额（{from} 至 {until}）：限额 {limit} 分，已用 {used} 分，预留 {held} 分，本次 {found} 分',
      en: 'It goes beyond the limit of the {period} ({from} to {until}): limit {limit} fen, used {used}, held {held}, wanted {found}',
    },
  },
  names,
)

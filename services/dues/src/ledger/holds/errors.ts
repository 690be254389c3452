import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofJournals } from '../journals/errors.ts'

const names = { SETTLED: '结算', RELEASED: '释放', LAPSED: '到期失效' }

/** What holding money is refused for. */
export const { fail, table } = defineErrors(
  {
    HOLD_ENDED: {
      zh: '这笔预留已{how}，不能再结算或释放',
      en: 'This hold has ended already: {how}',
    },
    HOLD_TOO_SMALL: {
      zh: '实际支出 {found} 分，应为 1 至预留的 {held} 分',
      en: 'It takes {found} fen: wanted 1 to {held}, which are held',
    },
  },
  names,
  ofJournals,
)

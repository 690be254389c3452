import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofJournals } from '../../ledger/journals/errors.ts'

const names = { RECEIVED: '已收存', PASSED_UP: '已上转', HANDED_OVER: '已交中央', TAKEN_BACK: '已撤销' }

/** What passing large dues up is refused for. */
export const { fail, table } = defineErrors(
  {
    LARGE_DUES_NOT_SO_FAR: {
      zh: '这笔大额党费现在是{found}，不能办理这一步',
      en: 'This large due is {found}: this is not the step that comes next',
    },
    CENTRE_RECEIPT_TAKEN: {
      zh: '中央组织部收据 {found} 已登记在另一笔大额党费上',
      en: 'The centre’s receipt {found} is recorded for another large due already',
    },
  },
  names,
  ofJournals,
)

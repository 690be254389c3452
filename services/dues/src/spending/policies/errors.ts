import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's bands of spending are refused for. */
export const { fail, table } = defineErrors({
  SPENDING_POLICY_DATE_TAKEN: {
    zh: '自 {found} 起的党费支出审批权限已经定了，不能更改；请另定生效日期',
    en: 'Who decides on spending from {found} on has been set, and is not changed: choose another day',
  },
})

import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's days for appeals are refused for. */
export const { fail, table } = defineErrors({
  APPEAL_SETTINGS_DATE_TAKEN: {
    zh: '自 {found} 起的申诉期限已经有了，不能更改；请另定生效日期',
    en: 'There are days for appeals from {found} on, and they are not changed: choose another day',
  },
})

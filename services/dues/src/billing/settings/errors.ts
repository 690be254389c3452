import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's settings of dues are refused for. */
export const { fail, table } = defineErrors({
  DUES_SETTINGS_DATE_TAKEN: {
    zh: '自 {found} 起的党费设置已经有了，不能更改；请另定生效日期',
    en: 'There are settings from {found} on, and they are not changed: choose another day',
  },
})

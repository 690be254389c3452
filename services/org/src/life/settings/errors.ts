import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's settings of organisational life are refused for. */
export const { fail, table } = defineErrors({
  LIFE_SETTINGS_DATE_TAKEN: {
    zh: '自 {found} 起的组织生活设置已经有了，不能更改；请另定生效日期',
    en: 'There are settings from {found} on, and they are not changed: choose another day',
  },
})

import { defineErrors } from '@linghang/subgraph/errors'

export const { fail, table } = defineErrors({
  CALENDAR_FEEDS_TOO_MANY: {
    zh: '您已有 {found} 个日历订阅地址，最多 {limit} 个，请先撤销不用的',
    en: 'You have {found} calendar addresses, {limit} at most: revoke one that is not used',
  },
})

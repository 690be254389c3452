import { defineErrors } from '@linghang/subgraph/errors'

/** What a reason for a theme day that was not held is refused for. */
export const { fail, table } = defineErrors({
  THEME_DAY_NOT_WATCHED: {
    zh: '{found} 的主题党日没有提醒：县（市、区）没有设置提醒日，或当月尚未开始',
    en: 'Nobody is warned of the theme day of {found}: the county has set no day, or the month has not begun',
  },
  THEME_DAY_CLOSED: {
    zh: '{month} 的主题党日已登记（{found}），不需要说明原因',
    en: 'The theme day of {month} is settled ({found}) and wants no reason',
  },
})

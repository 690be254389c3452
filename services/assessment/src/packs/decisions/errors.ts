import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's decisions on scoring are refused for. */
export const { fail, table } = defineErrors({
  PACK_REFUSED: {
    zh: '考核办法有 {found} 处问题，不能发布（用 checkPack 可以逐条查看）：{findings}',
    en: 'The pack has {found} faults and cannot be published (checkPack lists them all): {findings}',
  },
  PACK_DATE_TAKEN: {
    zh: '自 {found} 起已经有一项决定，不能更改；请另定生效日期',
    en: 'There is a decision from {found} on, and it is not changed: choose another day',
  },
  PACK_PERIOD_BROKEN: {
    zh: '本办法{period}计分，生效日期 {found} 应为{wanted}的第一天，否则一张成绩单要按两个办法算',
    en: 'The pack scores by the {period}: it begins on the first day of one, and not on {found}, or one sheet would go by two packs',
  },
  SCORING_NOT_DECIDED: {
    zh: '{found} 没有正在执行的考核办法，无须停止',
    en: 'Nothing is scored on {found}: there is nothing to end',
  },
})

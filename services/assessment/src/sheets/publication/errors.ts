import { defineErrors } from '@linghang/subgraph'

/** What publishing is refused for. */
export const { fail, table } = defineErrors({
  SCORES_NOT_OVER: {
    zh: '{from} 至 {until} 尚未结束，不能公布：{until} 之后才可以',
    en: 'The time from {from} to {until} is not over: it is published after its last day',
  },
  SCORES_NOT_THERE: {
    zh: '没有 {found} 所在时段的成绩单：请先由本县（市、区）决定考核办法并注明生效日期',
    en: 'There are no sheets for the time in which {found} lies: the county decides on a pack first, from that time on',
  },
  SCORES_PUBLISHED: {
    zh: '{from} 至 {until} 的成绩单已经公布或正在公布；以后的更正会自动成为新版本',
    en: 'The sheets from {from} to {until} are published or being published; what is corrected later becomes a new version by itself',
  },
  SCORES_WAIT: {
    zh: '还有 {found} 个对象正在重新计分，稍后即可公布',
    en: '{found} are still being scored anew; publish them in a moment',
  },
})

import { defineErrors } from '@linghang/subgraph/errors'

/** What a draw is refused for. */
export const { fail, table } = defineErrors({
  DRAW_OPENED_ALREADY: {
    zh: '本级 {found} 起的季度已经公布过抽查名单：名单公布后不能更改，也不能重新公布',
    en: 'A draw for the quarter from {found} has been opened here: its list is not changed and not published anew',
  },
  DRAW_OF_NOBODY: {
    zh: '本级没有可以抽查的下属支部',
    en: 'There is no branch below this committee whose ledger could be inspected',
  },
  DRAW_LIST_TOO_LONG: {
    zh: '白名单有 {found} 个支部，一次最多 {wanted} 个：由下一级党委（党工委）分别抽查',
    en: 'The white list has {found} branches, at most {wanted} go into one draw: let the committees below draw',
  },
  DRAWN_ALREADY: {
    zh: '已于 {found} 抽取：抽取只有一次，不能重抽',
    en: 'It was drawn at {found}: there is one draw, and no other',
  },
  DRAW_TOO_EARLY: {
    zh: '今天是 {found}，公布的抽取日期是 {wanted}，不能提前抽取',
    en: 'Today is {found}: the draw was announced for {wanted}, and not before',
  },
})

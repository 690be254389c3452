import { defineErrors } from '@linghang/subgraph/errors'

/** What asking a superior is refused for. */
export const { fail, table } = defineErrors({
  REQUEST_OPEN_ALREADY: {
    zh: '同一事项已报上级，尚未批复：请等候批复或先撤回',
    en: 'The superior has been asked for this already and has not decided: wait for it or take it back',
  },
  NO_COMMITTEE_ABOVE: {
    zh: '党组织 {what} 之上没有可以批复的党委（{article}，{source}）',
    en: 'Above {what} there is no committee that could decide ({article}, {source})',
  },
  REQUEST_NOT_OPEN: {
    zh: '该报批事项为 {found}，应为 {wanted}',
    en: 'The request is {found}, wanted {wanted}',
  },
})

import { defineErrors } from '@linghang/subgraph/errors'

/** What a change to an organisation is refused for. */
export const { fail, table } = defineErrors({
  CHANGE_SAYS_OTHERWISE: {
    zh: '{kind} 须填写 {wanted}，不填写其他内容；现填写了 {found}',
    en: '{kind} says {wanted} and nothing else; found {found}',
  },
  CHANGE_CHANGES_NOTHING: { zh: '申请的内容与现状相同：{found}', en: 'This is how it is already: {found}' },
  CHANGE_OPEN_ALREADY: {
    zh: '该党组织的同类变更正在办理，请等候批复或先撤回',
    en: 'A change of this kind is under way for this organisation: wait for it or take it back',
  },
  UPGRADE_REFUSED: {
    zh: '{found} 只能升格为 {wanted}（{article}，{source}）',
    en: 'A {found} can be upgraded to {wanted} ({article}, {source})',
  },
  CHANGE_NOT_OPEN: { zh: '该变更为 {found}，应为 {wanted}', en: 'The change is {found}, wanted {wanted}' },
})

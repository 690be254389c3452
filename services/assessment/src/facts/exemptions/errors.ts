import { defineErrors } from '@linghang/subgraph/errors'

/** What deciding that somebody is not counted as the others are is refused for. */
export const { fail, table } = defineErrors({
  TOO_MANY_EXEMPTIONS: {
    zh: '此人已登记 {found} 条豁免，最多 {wanted} 条；请先结束不再适用的',
    en: 'This person has {found} exemptions, at most {wanted}: end those that hold no more',
  },
  EXEMPTION_STANDS: {
    zh: '此人在 {found} 起已有同一原因的豁免，请先结束它',
    en: 'An exemption for the same reason stands from {found} on: end that one first',
  },
  EXEMPTION_OVER: { zh: '该豁免已于 {found} 结束', en: 'This exemption was over on {found}' },
})

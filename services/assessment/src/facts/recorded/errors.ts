import { defineErrors } from '@linghang/subgraph/errors'

/** What is refused of facts that are written down by hand. */
export const { fail, table } = defineErrors({
  FACT_SAYS_OTHERWISE: {
    zh: '这类事实（{kind}）的要素不对：{key} 填了“{found}”，应为：{wanted}',
    en: 'A fact of this kind ({kind}) says something else: {key} is “{found}”, wanted: {wanted}',
  },
  FACT_OF_NOBODY: {
    zh: '这类事实记在{wantedZh}名下，请只填其一',
    en: 'A fact of this kind is of {wanted}: name that and nothing else',
  },
  FACT_BEFORE_REGISTER: {
    zh: '{found} 时此人不在册，不能记入',
    en: 'This person was not in the register on {found}',
  },
  FACT_CORRECTED_TOO_OFTEN: {
    zh: '该事实已更正 {found} 次，最多 {wanted} 个版本；请撤销后重新登记',
    en: 'This fact has {found} versions, at most {wanted}: take it back and write it down anew',
  },
  FACT_WITHDRAWN: { zh: '该事实已经撤销', en: 'This fact has been taken back already' },
})

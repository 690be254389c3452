import { developmentRules } from '@linghang/rulebook'
import { defineErrors } from '@linghang/subgraph/errors'

/** What the steps are called: no office reads their keys. */
const stepNames = Object.fromEntries(
  (developmentRules.at(-1)?.steps ?? []).map(({ key, title }) => [key, `“${title.zh}”`]),
)

/** What is refused about a county's policies. */
export const { fail, table } = defineErrors(
  {
    POLICY_REFUSED: {
      zh: '{step}：填 {found}，国家规定为 {wanted}，地方只能加严不能放宽（{article}，{source}）',
      en: '{step}: {found} against the national {wanted}; a county may add and never take away ({article}, {source})',
    },
    POLICY_DATE_TAKEN: {
      zh: '{found} 起生效的办法已经有了',
      en: 'There is a policy from {found} on already',
    },
  },
  stepNames,
)

import { defineErrors } from '@linghang/subgraph/errors'

/** What is refused of who takes part in a temporary branch. */
export const { fail, table } = defineErrors({
  NOT_A_TEMPORARY_BRANCH: {
    zh: '{found} 不是临时党支部，党员按组织关系编入，不能另行编入（{article}，{source}）',
    en: 'A {found} has its own members: people are placed in a temporary branch alone ({article}, {source})',
  },
  PLACED_IS_NO_MEMBER: {
    zh: '{memberId} 为 {found}，编入临时党支部的应为正式党员或预备党员（{article}，{source}）',
    en: '{memberId} is {found}: wanted a full or probationary member ({article}, {source})',
  },
})

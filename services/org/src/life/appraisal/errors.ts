import { defineErrors } from '@linghang/subgraph/errors'

/** What an appraisal is refused for. */
export const { fail, table } = defineErrors({
  NOT_AN_APPRAISAL: {
    zh: '这次会议是 {kind}（{found}），不是已通知或已登记召开的民主评议',
    en: 'The meeting is a {kind} ({found}) and no appraisal that is announced or was held',
  },
  APPRAISAL_CLOSED: {
    zh: '民主评议已归档，不再更改',
    en: 'The appraisal is closed and stays as it is',
  },
  NOT_APPRAISED_HERE: {
    zh: '{memberId} 不在这次民主评议的人员名单上',
    en: '{memberId} does not belong to this appraisal',
  },
  GRADE_NOT_FOR_PROBATIONARY: {
    zh: '{memberId} 是预备党员：参加评议，不评定等次，现为 {found}（{source}{article}）',
    en: '{memberId} is on probation: they take part and are given no grade, found {found} ({source} {article})',
  },
  GRADE_OR_REASON: {
    zh: '{memberId} 评定等次和不评定的原因只能填一项',
    en: 'For {memberId} give a grade, or the reason why there is none',
  },
  TEST_WANTED: {
    zh: '评定 {memberId} 的等次须先有民主测评票数（{source}{article}）',
    en: 'The grade of {memberId} wants the counts of the democratic test first ({source} {article})',
  },
  TEST_NOT_COUNTABLE: {
    zh: '{memberId} 的测评票共 {found} 票，应为 0 到 {wanted}（到会有表决权的人数）',
    en: '{found} ballots in the test of {memberId}, wanted 0 to {wanted}, the voters who came',
  },
})

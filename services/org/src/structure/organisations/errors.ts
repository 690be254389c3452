import { defineErrors } from '@linghang/subgraph/errors'

/** What registering, changing and moving an organisation is refused for. */
export const { fail, table } = defineErrors({
  ORGANISATION_CODE_TAKEN: {
    zh: '本县已有代码为 {code} 的党组织',
    en: 'The county already has an organisation with the code {code}',
  },
  POWER_NOT_FOR_KIND: {
    zh: '{found} 不能有审批权：党总支只能审议，党支部不能审批（{article}）',
    en: 'A {found} cannot have the power to approve: a general branch only deliberates, a branch does neither ({article})',
  },
  SUPERIOR_IS_BRANCH: { zh: '党支部之下不能再设党组织', en: 'A branch cannot have organisations below it' },
  BRANCH_WITH_INFERIORS: {
    zh: '党组织 {code} 下面还有党组织，不能改为党支部',
    en: 'The organisation {code} has others below it and cannot become a branch',
  },
  COMMITTEE_WITH_PEOPLE: {
    zh: '党组织 {code} 编有党员或发展中的人员，不能改为党委、党工委或党总支（《党员教育管理工作条例》第二十五条）',
    en: 'People belong to {code}, so it stays a branch (Regulations on Education and Management, art. 25)',
  },
  MOVE_MAKES_CYCLE: {
    zh: '不能把党组织移到它自己或它的下级之下',
    en: 'An organisation cannot move under itself or under one of its own',
  },
  TERM_ENDS_BEFORE_START: {
    zh: '任期届满日期 {end} 早于开始日期 {start}',
    en: 'The term ends on {end}, before it starts on {start}',
  },
})

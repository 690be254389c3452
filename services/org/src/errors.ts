import { defineErrors } from '@linghang/subgraph/errors'

/** Everything that the org service refuses, in its own words. */
export const { fail, codes } = defineErrors({
  ORGANISATION_CODE_TAKEN: {
    zh: '本县已有代码为 {code} 的党组织',
    en: 'The county already has an organisation with the code {code}',
  },
  SUPERIOR_IS_BRANCH: { zh: '党支部之下不能再设党组织', en: 'A branch cannot have organisations below it' },
  MOVE_MAKES_CYCLE: {
    zh: '不能把党组织移到它自己或它的下级之下',
    en: 'An organisation cannot move under itself or under one of its own',
  },
  TERM_ENDS_BEFORE_START: {
    zh: '任期届满日期 {end} 早于开始日期 {start}',
    en: 'The term ends on {end}, before it starts on {start}',
  },
  ACCOUNT_TAKEN: {
    zh: '该账号已登记，或该党员已有账号',
    en: 'This account is registered already, or this person has one',
  },
  OFFICE_HELD_ALREADY: { zh: '该账号在该组织已担任 {role}', en: 'This account holds the office {role} there already' },
  OFFICE_ENDED_ALREADY: { zh: '该职务已于 {endsOn} 结束', en: 'This office ended on {endsOn}' },
  OFFICE_ENDS_BEFORE_START: {
    zh: '结束日期 {endsOn} 早于任职日期 {startsOn}',
    en: 'The office would end on {endsOn}, before it starts on {startsOn}',
  },
  ROLE_NOT_FOR_ACCOUNT: {
    zh: '{kind} 账号不能担任 {role}',
    en: 'An account of kind {kind} cannot hold the office {role}',
  },
})

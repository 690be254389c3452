import { defineErrors } from '@linghang/subgraph/errors'

/** What appointing to and ending an office is refused for. */
export const { fail, table } = defineErrors({
  OFFICE_HELD_ALREADY: { zh: '该账号在该组织已担任 {role}', en: 'This account holds the office {role} there already' },
  BOOKS_NEED_TWO_PEOPLE: {
    zh: '会计与出纳不得由一人兼任（党费规定第二十三条）：该人在该组织同期担任 {found}',
    en: 'Accountant and cashier are never one person (art. 23): this one is {found} there at that time',
  },
  OFFICE_START_REFUSED: {
    zh: '任职日期 {found} 应在 {from} 至 {until} 之间（不早于党组织成立，不晚于一年后）',
    en: 'The office would start on {found}: wanted {from} to {until}, not before the organisation and not over a year ahead',
  },
  OFFICE_END_PROLONGS: {
    zh: '该职务至 {endsOn} 止，免职日期 {found} 不能更晚；延长任期请重新任命',
    en: 'The office ends on {endsOn} and cannot be ended later, on {found}: appoint anew to prolong it',
  },
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

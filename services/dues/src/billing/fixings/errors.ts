import { defineErrors } from '@linghang/subgraph/errors'

/** What the yearly fixing of dues is refused for. */
export const { fail, table } = defineErrors({
  DUES_YEAR_NOT_TO_FIX: {
    zh: '现在不能核定 {found} 年的党费，可以核定的是 {wanted}',
    en: 'The dues of {found} are not to be fixed now: those of {wanted} are',
  },
  DUES_BASE_CHECKED: {
    zh: '{found} 年的党费已经核定并审核，年内一般不变；人员类别变化的请办理核定调整',
    en: 'What was fixed for {found} is checked and stays for the year; another category is recorded as a change',
  },
  DUES_BASE_CONFIRMED_ALREADY: { zh: '已经确认过了', en: 'It is confirmed already' },
  DUES_BASE_INCOMPLETE: {
    zh: '还缺人员类别或者计算基数，请先补全再确认',
    en: 'The category or the base is missing: it is filled in first, then confirmed',
  },
  DUES_BASE_AWAITS_BRANCH: {
    zh: '本人申报的基数要由党支部核对，不能自己确认',
    en: 'A base that the member has named is agreed to by the branch, not by themselves',
  },
  DUES_BASE_AWAITS_MEMBER: {
    zh: '要由党员本人确认；在纸质核定表上签字的，请按纸质确认登记',
    en: 'The member confirms it; whoever has signed the sheet is recorded as confirmed on paper',
  },
  DUES_NOTHING_PROPOSED: {
    zh: '这里没有 {found} 年的党费核定，请先开始年度核定',
    en: 'Nothing is proposed here for {found}: the yearly fixing is begun first',
  },
  DUES_LINES_UNCONFIRMED: {
    zh: '还有 {found} 行没有确认，先确认再审核；其中有：{which}',
    en: '{found} lines are not confirmed yet, and come first; among them: {which}',
  },
  DUES_NOTHING_FIXED: { zh: '{found} 年还没有核定党费', en: 'Nothing is fixed for {found} yet' },
  DUES_BASE_NOT_CHECKED: {
    zh: '上一次核定还没有审核，请直接更正',
    en: 'The last line is not checked yet: it is corrected itself',
  },
  DUES_BASE_STAYS: {
    zh: '人员类别没有变化：{found} 年核定的党费年内一般不变（组电明字〔2017〕5 号 一（1））',
    en: 'The category is the same: what was fixed for {found} stays for the year (notice of 2017, 1 (1))',
  },
  DUES_CHANGE_NEXT_YEAR: {
    zh: '从 {wanted} 年起执行，请在该年的年初核定中办理',
    en: 'It counts from {wanted} on: that year’s fixing takes it up',
  },
  DUES_CHANGE_BEFORE_LAST: {
    zh: '从 {found} 起执行，不晚于已有的核定（{wanted}）',
    en: 'It would count from {found} on, which is not after the last line, of {wanted}',
  },
})

import { defineErrors } from '@linghang/subgraph/errors'

/** What remarks of those above, and answers to them, are refused for. */
export const { fail, table } = defineErrors({
  REMARK_ON_OPEN_RECORD: {
    zh: '会议现为 {found}，还没有归档：上级意见针对已归档的会议记录',
    en: 'The meeting is {found} and not closed: those above remark on records that are',
  },
  REMARK_NOT_FROM_ABOVE: {
    zh: '意见由上级党组织的管理员或书记提出和办结，本级不对自己的记录提意见',
    en: 'Remarks are left and settled by an administrator or a secretary above, not by the organisation itself',
  },
  REMARK_DUE_IN_PAST: {
    zh: '答复期限 {found} 早于今天 {wanted}',
    en: 'The answer would be due on {found}, before today, {wanted}',
  },
  RECORD_REMARKS_FULL: {
    zh: '这次会议的上级意见已满：现有 {found} 条，最多 {wanted} 条',
    en: 'There is no room for more remarks on this record: {found} are there, at most {wanted} are taken',
  },
  REMARK_ANSWERS_FULL: {
    zh: '这条意见的答复已满：现有 {found} 次，最多 {wanted} 次',
    en: 'There is no room for more answers to this remark: {found} are there, at most {wanted} are taken',
  },
  REMARK_SETTLED: {
    zh: '这条意见已于 {found} 办结',
    en: 'The remark was settled on {found}',
  },
})

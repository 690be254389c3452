export type { RemarkWithAnswers as RecordRemark } from './read-remarks.ts'
export type { RemarkAnswer as RecordRemarkAnswer } from './remark.ts'

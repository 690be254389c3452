export type { Appraisal as MemberAppraisal } from './appraisal.ts'

import { inBranches } from '../citations.ts'
import type { Citation } from '../deadline.ts'

/** The four grades of the yearly appraisal (民主评议党员). */
export const appraisalGrades = ['EXCELLENT', 'COMPETENT', 'BASIC', 'UNFIT'] as const
export type AppraisalGrade = (typeof appraisalGrades)[number]

/** Self, mutual and the test; the committee or the assembly gives the opinion. */
export const appraisalCitation = inBranches('第十八条')

/** That so many are excellent at most is said with "generally": more is warned of, and not refused. */
export const excellentShare: Citation & { of: number } = {
  of: 3,
  article: '优秀一般不超过参加评议正式党员的三分之一',
  source: '组织部门关于民主评议党员的规定',
  certainty: 'SECONDARY',
}

/** How many may be excellent without a warning, of so many who are given a grade. */
export const excellentAtMost = (graded: number): number => Math.floor(graded / excellentShare.of)
export const tooManyExcellent = (excellent: number, graded: number): boolean => excellent * excellentShare.of > graded

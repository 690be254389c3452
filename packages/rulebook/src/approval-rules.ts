import type { Citation } from './deadline.ts'
import type { Matter } from './development/step.ts'

/** What is fixed of a kind of approval. */
export type ApprovalKindRules = {
  title: { zh: string; en: string }
  /** The office that decides, at the deciding organisation itself. */
  role: 'SECRETARY' | 'LEADER'
  /** Which organisation decides: the nearest committee above the branch, or the organisation above that one. */
  decider: 'COMMITTEE' | 'ABOVE_COMMITTEE'
  /** Days in which an answer is expected where no regulation fixes a date (practice). */
  expectedWithinDays: number
  /** A reason must be given for these outcomes. */
  reasonFor: readonly ('APPROVED' | 'REFUSED' | 'RETURNED')[]
  /** The deciding committee's own meeting, in which it has voted on the person by themselves; null where an office files. */
  meeting: { wanted: boolean; matters: readonly Matter[]; citation: Citation } | null
  /** What the deciding organisation has to have: the power to approve admissions (审批权), or to be a committee. */
  power: 'ADMISSION' | 'COMMITTEE'
}

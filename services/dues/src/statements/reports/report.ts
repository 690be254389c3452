import type { YearStatement } from '../books/year-statement.ts'

/**
 * What a yearly report says (党费规定 2008, art. 28): how much was collected, used and is left; the main items that it was used
 * for; both from the books. How the work was done and what is wrong; what is to be better: typed by a person.
 */
export type ReportContent = YearStatement & { experience: string; proposals: string }

export type ReportState = 'SUBMITTED' | 'RETURNED'

/** A yearly report upward (党费收缴、使用和管理情况年度报告). */
export type Report = {
  id: string
  orgId: string
  superiorId: string
  year: number
  edition: number
  orgName: string
  content: string
  contentHash: Uint8Array
  submittedOn: string
  submittedAt: Date
  submittedBy: string | null
  returnedOn: string | null
  returnedAt: Date | null
  returnReason: string | null
}

export const reportState = ({ returnedAt }: Pick<Report, 'returnedAt'>): ReportState =>
  returnedAt === null ? 'SUBMITTED' : 'RETURNED'

/** How one directly below stands with its report of a year. */
export type ReportLine = { orgId: string; report: Report | null }

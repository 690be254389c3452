import type { YearStatement } from '../books/year-statement.ts'

/** What each member of a branch paid in the year; told only where the county has decided so. */
export type PaidByMember = { memberId: string; paidFen: bigint }

/** What was published, as it stands in the row: frozen text, read back. */
export type PublishedContent = YearStatement & { members: readonly PaidByMember[] | null }

/** A yearly publication of dues (党费公示). */
export type Publication = {
  id: string
  orgId: string
  year: number
  /** 1, and one more with each correction. */
  edition: number
  /** The edition that it corrects, and why. */
  replaces: string | null
  reason: string | null
  /** As the organisation was called then. */
  orgName: string
  remarks: string | null
  content: string
  contentHash: Uint8Array
  publishedOn: string
  publishedAt: Date
  publishedBy: string | null
}

/** What may be named at once. */
export const mostNamed = 1_000

import type { Fact, FactKind } from '../facts/fact.ts'

/** A span of days, both ends within. */
export type Span = { from: string; to: string }

/**
 * What became of an indicator in a span. COUNTED: its points are in the score. NOT_MET: the span is over and there are none
 * for it. OPEN: the span is not over and there are none yet. PROPOSED: a deduction that nobody has confirmed, DISMISSED: one
 * that was answered and not confirmed; neither counts (R8). NOT_KNOWN: nothing is known of it (R10), EXEMPT: it does not
 * count for whom it is.
 */
export type LineState = 'COUNTED' | 'NOT_MET' | 'OPEN' | 'PROPOSED' | 'DISMISSED' | 'NOT_KNOWN' | 'EXEMPT'

/** A fact as a line names it: enough to find it, and whatever else is the fact's. */
export type LineFact = Pick<Fact, 'subjectId' | 'day' | 'quantity' | 'source'> & { kind: FactKind }

/** One line of a sheet: an indicator in one of its spans, or at one of its facts. All points are in hundredths. */
export type Line = {
  /** Of this sheet: `M01/2026-03-01`, with the source behind it where there is a line a fact. */
  key: string
  indicator: string
  span: Span
  state: LineState
  /** What it gives or takes by itself. */
  points: number
  /** What of that is in the score, within the caps. */
  counted: number
  facts: LineFact[]
  /** What an appeal or an office has put in the place of what was worked out. */
  adjusted: { points: number; reason: string; by: string } | null
}

/** A score with its whole derivation. */
export type Sheet = {
  subjectType: 'MEMBER' | 'ORGANISATION'
  subjectId: string
  orgId: string
  period: Span
  /** Through which day it is worked out: spans that end later are not over. */
  asOf: string
  pack: { key: string; version: number }
  scale: string
  lines: Line[]
  groups: { key: string; points: number; counted: number }[]
  score: number
  /** The most that could be had of what is known. */
  attainable: number
  grade: string | null
  lights: { key: string; colour: string; since: string }[]
}

import type { Period } from '@linghang/rulebook'
import type { Fact, FactKind, SubjectType } from '../facts/fact.ts'

/**
 * What became of an indicator in a span. COUNTED: its points are in the score. NOT_MET: the span is over and there are none
 * for it. OPEN: the span is not over; no points yet, or what is going to be taken unless it is mended. PROPOSED: a deduction
 * that nobody has confirmed, DISMISSED: one that was looked at and is not made; neither counts (R8). NOT_KNOWN: nothing is
 * known of it (R10). EXEMPT: it does not count for whom it is.
 */
export type LineState = 'COUNTED' | 'NOT_MET' | 'OPEN' | 'PROPOSED' | 'DISMISSED' | 'NOT_KNOWN' | 'EXEMPT'

/** A fact as a line names it: enough to find it, and whatever else is the fact's. */
export type LineFact = Pick<Fact, 'subjectId' | 'orgId' | 'day' | 'quantity' | 'source'> & { kind: FactKind }

/** What would bring the points that are missing, or keep those that are going to be taken: so many more of it by a day. */
export type Mend = { more: number; points: number; by: string }

/** One line of a sheet: an indicator in one of its spans, or at one of its facts. All points are in hundredths. */
export type Line = {
  /** Of this sheet and its later versions: `M01/2026-03-01`, with the fact's source where there is a line a fact. */
  key: string
  indicator: string
  span: Period
  state: LineState
  /** What it gives or takes by itself. */
  points: number
  /** What of that is in the score, within the caps. */
  counted: number
  facts: LineFact[]
  /** The span has no fact of its own: the last one before it still counts (S0-18). */
  carried: boolean
  /** What an office has put in the place of what was worked out, after an appeal. */
  adjusted: { from: number; reason: string } | null
  mend: Mend | null
}

/** A light that is on (亮灯), and since the end of which span. */
export type Lit = { key: string; colour: string; since: string }

/** A score with its whole derivation; the same for the same facts, rulings and pack. */
export type Sheet = {
  subjectType: SubjectType
  subjectId: string
  orgId: string
  period: Period
  pack: { key: string; version: number }
  scale: string
  lines: Line[]
  groups: { key: string; points: number; counted: number }[]
  score: number
  /** The most that could be had of what is known and counts for the subject. */
  attainable: number
  grade: string | null
  lights: Lit[]
  /** Of the last 24 months that are over, the newest first, in which a light of a colour was on. */
  litMonths: Record<string, string[]>
}

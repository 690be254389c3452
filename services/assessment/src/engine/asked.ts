import type { Fact, SubjectType } from '../facts/fact.ts'
import type { Lit } from './sheet.ts'

/** What an office has decided of a line: it holds while the line rests on the same facts and proposes the same points. */
export type Ruling = {
  lineKey: string
  /** CONFIRMED and DISMISSED answer a proposed deduction (R8), TAKEN_BACK makes it a proposal again, ADJUSTED follows an appeal. */
  kind: 'CONFIRMED' | 'DISMISSED' | 'TAKEN_BACK' | 'ADJUSTED'
  /** What was proposed when it was decided, in hundredths. */
  proposed: number
  /** What stands instead; of ADJUSTED alone. */
  points: number | null
  /** On which versions of which sources it was decided. */
  basis: readonly string[]
  reason: string
}

export type Exemption = {
  reason: 'OLD' | 'ILL' | 'NEW' | 'FLOATING' | 'SECONDED' | 'ABROAD'
  from: string
  until: string | null
}

/** Whose sheet it is, as of the period's end or today. */
export type Subject = {
  type: SubjectType
  id: string
  orgId: string
  is: 'MEMBER' | 'BRANCH' | 'ABOVE'
  /** FULL or PROBATIONARY of a person, the kind of an organisation. */
  kind: string
  unitKind: string | null
  /** Whole months since the person is a full member, or the organisation stands. */
  months: number
  /** How many members stand there, of an organisation. */
  people: number
  /** Since when anything is known of it here: what was before is not known (R10), not missing. */
  knownFrom: string
  exemptions: readonly Exemption[]
}

/** The sheets below: of members for a branch, of organisations for what is above. */
export type Below = {
  /** In hundredths, in no order that matters. */
  scores: readonly number[]
  /** How many there are, with a score or without. */
  of: number
  /** For a colour and the first day of a month, how many of them were lit. */
  lit: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** All that a score is worked out from. */
export type Asked = {
  subject: Subject
  /** The day through which things are known; a span is over when it ends before. */
  asOf: string
  /** The subject's own, in the order of `inOrder`, through the whole reach of the pack. */
  facts: readonly Fact[]
  /** Of the members that stand here, and of the organisations below; where the pack reads them. */
  factsOfMembers: readonly Fact[]
  factsBelow: readonly Fact[]
  members: Below
  below: Below
  rulings: readonly Ruling[]
  /** Which lights were on in the period before. */
  litBefore: readonly Lit[]
}

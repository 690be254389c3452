import type { FactKind, SubjectType } from './kinds/fact-kinds.ts'

export type { FactKind, SubjectType } from './kinds/fact-kinds.ts'

export type Attribute = string | number | boolean

/** Where a fact rests: the record of a service in whose version it stands, or what was written down by hand. */
export type FactSource = {
  /** The type of the API to which the link leads (`Meeting`, `DuesBill`, `RecordedFact`). */
  type: string
  id: string
  /** Of two versions of one source the higher one counts, and the other's facts no longer do. */
  version: number
}

/** Something that happened for the work's own sake (R1): what a pack may count, and nothing else is. */
export type Fact = {
  subjectType: SubjectType
  subjectId: string
  /** To which organisation the subject belonged on that day. */
  orgId: string
  kind: FactKind
  /** The calendar date on which it happened, or from which it counts. */
  day: string
  /** How much of it, in hundredths: 100 for once, 250 for two and a half hours. */
  quantity: number
  /** What the kind says of it, as `factKinds` describes; no text that a person has written. */
  attributes: Readonly<Record<string, Attribute>>
  source: FactSource
}

/** Facts in one order, whoever asks: by day, kind, source. What is derived from them is then the same to the byte. */
export const inOrder = (a: Fact, b: Fact): number =>
  order(a.day, b.day) ||
  order(a.kind, b.kind) ||
  order(a.source.type, b.source.type) ||
  order(a.source.id, b.source.id) ||
  order(a.subjectId, b.subjectId)

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

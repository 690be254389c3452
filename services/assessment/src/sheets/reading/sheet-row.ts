import type { Period } from '@linghang/rulebook'
import type { Line, Sheet } from '../../engine/sheet.ts'
import type { SubjectType } from '../../facts/fact.ts'
import type { Indicator, PackDocument, Scale } from '../../packs/documents/pack.ts'

/** A sheet as it is kept. */
export type SheetRow = {
  id: string
  orgId: string
  subjectType: SubjectType
  subjectId: string
  periodFrom: string
  periodUntil: string
  packKey: string
  packVersion: number
  version: number
  publishedOn: string | null
}

/** A sheet with its derivation, and the rules by which it was worked out. */
export type Derived = { sheet: Sheet; document: PackDocument; scale: Scale; hash: string }

export const periodOf = ({ periodFrom, periodUntil }: SheetRow): Period => ({ from: periodFrom, until: periodUntil })

/** Points as apps read them; inside they are whole hundredths. */
export const inPoints = (hundredths: number): number => hundredths / 100

export type IndicatorOfSheet = { indicator: Indicator; lines: Line[]; counted: number }

/** Each indicator of the scale with what it came to, in the order of the pack. */
export function indicatorsOf({ sheet, scale }: Derived): IndicatorOfSheet[] {
  const lines = Map.groupBy(sheet.lines, ({ indicator }) => indicator)
  return scale.indicators.map(indicator => {
    const own = lines.get(indicator.key) ?? []
    return { indicator, lines: own, counted: own.reduce((all, { counted }) => all + counted, 0) }
  })
}

export type MendOfSheet = { indicator: Indicator; more: number; points: number; by: string }

/** What is missing and can still be had or kept: most points for each single thing first, then what is due first (S0-21). */
export const mendsOf = (derived: Derived): MendOfSheet[] =>
  indicatorsOf(derived)
    .flatMap(({ indicator, lines }) => lines.flatMap(({ mend }) => (mend ? [{ indicator, ...mend }] : [])))
    .sort(
      (a, b) =>
        b.points / b.more - a.points / a.more ||
        (a.by < b.by ? -1 : a.by > b.by ? 1 : 0) ||
        (a.indicator.key < b.indicator.key ? -1 : 1),
    )

import type { Period } from '@linghang/rulebook'
import type { Line, Lit, Sheet } from '../../engine/sheet.ts'
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
  scale: string
  score: number
  attainable: number
  grade: string | null
  groups: Sheet['groups']
  lights: Lit[]
  hash: Uint8Array
  version: number
  publishedOn: string | null
}

/** A sheet with its derivation, and the rules by which it was worked out. */
export type Derived = { id: string; sheet: Sheet; document: PackDocument; scale: Scale; hash: string }

export const periodOf = ({ periodFrom, periodUntil }: SheetRow): Period => ({ from: periodFrom, until: periodUntil })

/**
 * What was kept of a sheet that is worked out no more, since its subject is gone (left, dissolved): what has been shown or
 * published does not vanish with whom it is about. @param lines as they were published; none where they were not
 */
export const asKept = (row: SheetRow, lines: Line[]): Sheet => ({
  ...{ subjectType: row.subjectType, subjectId: row.subjectId, orgId: row.orgId, period: periodOf(row), lines },
  ...{ pack: { key: row.packKey, version: row.packVersion }, scale: row.scale, groups: row.groups },
  ...{ score: row.score, attainable: row.attainable, grade: row.grade, lights: row.lights, litMonths: {} },
})

/** Points as apps read them; inside they are whole hundredths. */
export const inPoints = (hundredths: number): number => hundredths / 100

export type IndicatorOfSheet = { sheetId: string; indicator: Indicator; lines: Line[]; counted: number }
/** A line with the sheet on which it stands and the indicator of which it is. */
export type LineOfSheet = Line & { sheetId: string; of: Indicator }

/** Each indicator of the scale with what it came to, in the order of the pack. */
export function indicatorsOf({ id, sheet, scale }: Derived): IndicatorOfSheet[] {
  const lines = Map.groupBy(sheet.lines, ({ indicator }) => indicator)
  return scale.indicators.map(indicator => {
    const own = lines.get(indicator.key) ?? []
    return { sheetId: id, indicator, lines: own, counted: own.reduce((all, { counted }) => all + counted, 0) }
  })
}

/** The line of a key; null where there is none any more. */
export function lineOf({ id, sheet, scale }: Derived, key: string): LineOfSheet | null {
  const line = sheet.lines.find(one => one.key === key)
  const of = line && scale.indicators.find(indicator => indicator.key === line.indicator)
  return line && of ? { ...line, sheetId: id, of } : null
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

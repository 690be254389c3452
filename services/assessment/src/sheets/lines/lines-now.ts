import type { Line } from '../../engine/sheet.ts'
import type { Indicator } from '../../packs/documents/pack.ts'
import type { Work } from '../../work.ts'
import { deriveSheets } from '../reading/read-sheets.ts'
import type { SheetRow } from '../reading/sheet-row.ts'
import { lineStore } from './store.ts'

/** A line as it is now, of which sheet and of which indicator. */
export type LineNow = { row: SheetRow; line: Line; indicator: Indicator }

/**
 * The lines of these sheets as they are now, held until the transaction ends: what is decided of a line is decided of what it
 * says then, by one at a time. In a transaction that sees the county.
 * @param rows sheets that the actor may read
 * @returns by the sheet's id and the line's key
 */
export async function holdLines(work: Work, rows: readonly SheetRow[]): Promise<Map<string, Map<string, LineNow>>> {
  const { tx, actor } = work
  await lineStore.hold(
    tx,
    actor.countyId,
    rows.map(({ subjectId }) => subjectId),
  )
  const derived = await deriveSheets(
    work,
    rows.map(({ id }) => id),
  )
  return new Map(
    rows.map(row => {
      const { sheet, scale } = derived.get(row.id) ?? { sheet: { lines: [] }, scale: { indicators: [] } }
      const indicators = new Map(scale.indicators.map(indicator => [indicator.key, indicator]))
      const lines = sheet.lines.flatMap(line => {
        const indicator = indicators.get(line.indicator)
        return indicator ? [[line.key, { row, line, indicator }] as const] : []
      })
      return [row.id, new Map(lines)]
    }),
  )
}

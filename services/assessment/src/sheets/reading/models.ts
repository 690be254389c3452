import type { Line } from '../../engine/sheet.ts'
import type { Indicator } from '../../packs/documents/pack.ts'

export type { LineFact as ScoreFact } from '../../engine/sheet.ts'
export type {
  IndicatorOfSheet as ScoreIndicator,
  MendOfSheet as ScoreMend,
  SheetRow as ScoreSheet,
} from './sheet-row.ts'
/** A line with the indicator of which it is. */
export type ScoreLine = Line & { of: Indicator }

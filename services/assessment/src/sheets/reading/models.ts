export type { LineFact as ScoreFact } from '../../engine/sheet.ts'
export type {
  IndicatorOfSheet as ScoreIndicator,
  LineOfSheet as ScoreLine,
  MendOfSheet as ScoreMend,
  SheetRow as ScoreSheet,
} from './sheet-row.ts'

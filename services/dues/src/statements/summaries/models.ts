import type { Collection } from '../../billing/bills/collection-store.ts'
import type { Quarter, SummaryLine } from './summary.ts'

export type DuesSummaryLine = SummaryLine<Collection>
export type DuesSummary = Quarter & { whole: DuesSummaryLine; below: DuesSummaryLine[] }

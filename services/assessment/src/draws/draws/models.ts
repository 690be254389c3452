export type { DrawPlace as LedgerDrawPlace, LedgerDraw } from './draw.ts'
export type { ReviewItem as LedgerReviewItem } from './items.ts'

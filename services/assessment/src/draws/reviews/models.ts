export type { ReviewSeen as LedgerReview } from './read-reviews.ts'
export type {
  Published as PublishedLedgerReview,
  Review as LedgerReviewWork,
  Score as LedgerReviewScore,
} from './review.ts'

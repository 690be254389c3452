import { fail } from './errors.ts'

/** For what a branch is entered: facts of its work, each decided by a person. Points are no reason (R4). */
export const listingCauses = [
  ...(['MEETINGS_MISSING', 'LEDGER_UNTRUE', 'FINDINGS_NOT_MENDED', 'STRUCTURE_FAULT', 'MATTER_REPORTED'] as const),
] as const
export type ListingCause = (typeof listingCauses)[number]

/** A branch that a committee inspects each quarter, whatever is drawn (黑名单). */
export type Listing = {
  id: string
  /** The committee whose list it is. */
  orgId: string
  branchId: string
  cause: ListingCause
  reason: string
  /** What it rests on, as the API names it: a meeting, a published review. */
  recordId: string | null
  listedOn: string
  listedAt: Date
  /** Null while it stands. */
  liftedOn: string | null
  liftReason: string | null
}

export type ListingAnswer = { text: string; answeredAt: Date }

export const listingLimits = { reason: 500, answer: 1_000, answers: 10, standing: 500 } as const

/** @throws DomainError LISTING_LIFTED, LISTING_ANSWERS_FULL */
export function requireAnswerable({ liftedOn }: Pick<Listing, 'liftedOn'>, answers: number): void {
  if (liftedOn !== null) fail('LISTING_LIFTED', { found: liftedOn })
  if (answers >= listingLimits.answers) fail('LISTING_ANSWERS_FULL', { found: answers, wanted: listingLimits.answers })
}

/** @throws DomainError LISTING_DAY_REFUSED where it is to come, or before the one before it ended */
export function requireListingDay(listedOn: string, today: string, lastLiftedOn: string | null): void {
  if (listedOn > today || (lastLiftedOn !== null && listedOn < lastLiftedOn))
    fail('LISTING_DAY_REFUSED', { found: listedOn, from: lastLiftedOn ?? '…', wanted: today })
}

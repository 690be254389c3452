import type { Hardship } from '@linghang/rulebook'

/** REFUSED: the committee has not approved. An approved one may end earlier than it was asked for. */
export const waiverStates = ['REQUESTED', 'APPROVED', 'REFUSED'] as const
export type WaiverState = (typeof waiverStates)[number]

/** Fewer dues or none, from one month to another, both included. */
export type Waiver = {
  id: string
  orgId: string
  memberId: string
  fromMonth: string
  toMonth: string
  askedToMonth: string
  /** How much of a month's dues; null: all of them. */
  partFen: bigint | null
  /** When the branch studied it, and where its minutes say so. */
  studiedOn: string
  studyNumber: string
  state: WaiverState
  requestedOn: string
  requestedBy: string | null
  decidedOn: string | null
  /** Which committee has decided. */
  committeeId: string | null
  endedOn: string | null
  version: number
}

/** Why: for the member, the branch and the committee alone. */
export type WaiverGround = { hardship: Hardship; reason: string }

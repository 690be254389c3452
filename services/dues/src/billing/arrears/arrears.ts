import { matterAfter } from '@linghang/rulebook'

/** What the branch decided of six months without dues: never a removal, which is a matter of its own (自行脱党 is decided by the assembly). */
export type Outcome = 'EXCUSED' | 'DEADLINE_SET' | 'TO_BE_REMOVED'

/** Who has not paid, since which month and how many whole months. */
export type Arrears = {
  id: string
  memberId: string
  orgId: string
  sinceMonth: string
  months: number
  openedOn: string
  matterOn: string | null
  closedOn: string | null
  version: bigint
}

/** What the branch did about it; why somebody did not pay is read by the member, the branch and the committee alone. */
export type ArrearsStep = {
  n: number
  kind: 'TALK' | 'DECISION'
  heldOn: string
  goodReason: boolean | null
  outcome: Outcome | null
  recordNumber: string | null
  reason: string | null
}

export const isMatter = (months: number): boolean => months >= matterAfter

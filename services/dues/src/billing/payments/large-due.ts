/**
 * RECEIVED: a committee has it. PASSED_UP: it is on its way. HANDED_OVER: the centre has it, and has given its receipt.
 * TAKEN_BACK: it was recorded by mistake.
 */
export const largeStates = ['RECEIVED', 'PASSED_UP', 'HANDED_OVER', 'TAKEN_BACK'] as const
export type LargeState = (typeof largeStates)[number]

/** Where it lies, or lay before it was passed up: the committee, its account, and its fund for the centre. */
export type LargePlace = { holderOrgId: string; keeperId: string; fundId: string }

/** A large due (大额党费): 1000 yuan and more at once of a member's own will, the centre's in full (党费规定 2008, art. 11). */
export type LargeDue = LargePlace & {
  paymentId: string
  /** Whose member gave it. */
  orgId: string
  memberId: string
  amountFen: bigint
  receivedOn: string
  state: LargeState
  /** To which committee it is on its way; null where it is on none, and where it has left the county. */
  nextOrgId: string | null
  centreReceipt: string | null
  centreReceiptOn: string | null
}

/** What a committee did with it; TAKEN_BACK: that the step that stood last was wrong. */
export type LargeStep = Omit<LargePlace, 'holderOrgId'> & {
  n: number
  kind: LargeState
  atOrgId: string
  nextOrgId: string | null
  journalId: string | null
  countsOn: string
  reason: string | null
  takenAt: Date
}

/** Of steps, in their order, those that stand: one that was taken back does not, nor does what took it back. */
export function standingOf(steps: readonly LargeStep[]): LargeStep[] {
  const standing: LargeStep[] = []
  for (const step of steps) {
    if (step.kind === 'TAKEN_BACK') standing.pop()
    else standing.push(step)
  }
  return standing
}

/** How it stands after the last of the steps that stand; where it was before, where none does. */
export const afterOf = (
  last: LargeStep | undefined,
  before: LargePlace,
): LargePlace & Pick<LargeDue, 'state' | 'nextOrgId'> =>
  last
    ? {
        state: last.kind,
        holderOrgId: last.atOrgId,
        keeperId: last.keeperId,
        fundId: last.fundId,
        nextOrgId: last.nextOrgId,
      }
    : {
        state: 'TAKEN_BACK',
        holderOrgId: before.holderOrgId,
        keeperId: before.keeperId,
        fundId: before.fundId,
        nextOrgId: null,
      }

/** Whether a step may be taken now: up by whoever has it, in by whom it is on its way to, to the centre once it has left the county. */
export const mayTake = ({ state, nextOrgId }: Pick<LargeDue, 'state' | 'nextOrgId'>, kind: LargeState): boolean => {
  if (kind === 'PASSED_UP') return state === 'RECEIVED'
  if (kind === 'RECEIVED') return state === 'PASSED_UP' && nextOrgId !== null
  return kind === 'HANDED_OVER' && state === 'PASSED_UP' && nextOrgId === null
}

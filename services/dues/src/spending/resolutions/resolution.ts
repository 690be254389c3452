import type { MeetingState } from '@linghang/events'

/** What a closed meeting has decided on one request. */
export type SpendingResolution = {
  meetingId: string
  id: string
  orgId: string
  spendingId: string
  amountFen: bigint
  carried: boolean
  heldOn: string
  /** Of the meeting. */
  version: number
}

/** The organisation's own decision to spend this very sum; undefined where none stands. */
export const standingOf = (
  decided: readonly SpendingResolution[],
  { orgId, amountFen }: Pick<SpendingResolution, 'orgId' | 'amountFen'>,
): SpendingResolution | undefined =>
  decided.find(resolution => resolution.carried && resolution.orgId === orgId && resolution.amountFen === amountFen)

/** What a meeting says of spending; nothing else of it is kept here. */
export const spendingResolutionsOf = ({
  id,
  orgId,
  heldOn,
  resolutions,
  version,
}: MeetingState): SpendingResolution[] =>
  resolutions.flatMap(({ id: resolutionId, matter, spendingId, amountFen, carried }) =>
    matter === 'SPENDING' && spendingId !== undefined && amountFen !== undefined
      ? [
          {
            ...{ meetingId: id, id: resolutionId, orgId, spendingId },
            ...{ amountFen: BigInt(amountFen), carried, heldOn, version },
          },
        ]
      : [],
  )

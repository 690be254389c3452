/** Decisions left to somebody else for a period (授权代办), with all that the holder of the office may decide. */
export type Delegation = {
  id: string
  orgId: string
  roles: string[]
  byAccountId: string
  toAccountId: string
  from: string
  until: string
  reason: string
  endedAt: Date | null
}

/** Nobody leaves an office to somebody else for good: for longer, whoever is to decide is appointed. */
export const delegationDaysAtMost = 366

import type { Ballots } from '@linghang/rulebook'

export type Resolution = {
  id: string
  matter: string
  memberId: string | null
  ballots: Ballots | null
  carried: boolean
}

/** A meeting as its org service told of it: counts and outcomes. */
export type MeetingRecord = {
  id: string
  orgId: string
  kind: string
  heldOn: string
  due: number
  present: number
  version: number
  resolutions: Resolution[]
}

/** A party group (党小组) of a branch. */
export type PartyGroup = {
  id: string
  orgId: string
  name: string
  /** Null once the leader has left it, until the branch names another. */
  leaderId: string | null
  formedOn: string
  endedOn: string | null
  endReason: string | null
  revision: number
}

export type GroupMember = {
  id: string
  orgId: string
  groupId: string
  memberId: string
  fromOn: string
  untilOn: string | null
}

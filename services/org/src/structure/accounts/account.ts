export type AccountKind = 'PERSON' | 'APP'
export type Account = {
  id: string
  kind: AccountKind
  issuer: string
  subject: string
  memberId: string | null
  orgId: string | null
  /** Null for a claim that the county has not confirmed: nobody signs in with it. */
  confirmedAt: Date | null
  /** Let go: nobody signs in with it any more, and the login may be claimed anew. */
  releasedAt: Date | null
}

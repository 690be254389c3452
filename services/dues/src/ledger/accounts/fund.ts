/** What money may be set aside for: what dues may be used for at all (党费规定 2008, art. 19). */
export const fundPurposes = ['TRAINING', 'MATERIALS', 'COMMENDATION', 'HARDSHIP', 'DISASTER'] as const
/** And, opened by nobody, for what is the centre's (art. 11). */
export type FundPurpose = (typeof fundPurposes)[number] | 'TO_CENTRE'

/** An account of an organisation for one purpose (专项). */
export type Fund = {
  id: string
  orgId: string
  keeperId: string
  name: string
  purpose: FundPurpose
  openedOn: string
}

/** What money may be set aside for: what dues may be used for at all (党费规定 2008, art. 19). */
export const fundPurposes = ['TRAINING', 'MATERIALS', 'COMMENDATION', 'HARDSHIP', 'DISASTER'] as const
export type FundPurpose = (typeof fundPurposes)[number]

/** An account of an organisation for one purpose (专项). */
export type Fund = {
  id: string
  orgId: string
  keeperId: string
  name: string
  purpose: FundPurpose
  openedOn: string
}

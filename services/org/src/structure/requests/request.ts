import type { OrganisationApproval } from '@linghang/rulebook'

/** What a request is about, by the name that it has in the API. */
export type RequestSubject = 'Organisation' | 'Election' | 'LifePlan'

/** Something that an organisation asks of its superior (报批), as it stands. */
export type ApprovalRequest = {
  id: string
  orgId: string
  deciderOrgId: string
  kind: OrganisationApproval
  subjectType: RequestSubject
  subjectId: string
  state: 'OPEN' | 'RETURNED' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN'
  /** How often it was handed in. */
  round: number
  requestedOn: string
  requestedBy: string | null
  decidedOn: string | null
}

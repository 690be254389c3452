import type { ApprovalKindRules } from './approval-rules.ts'
import {
  canDecide,
  decidesOnOrganisations,
  developmentApprovalRules,
  type PowerFacts,
} from './development/approvals.ts'
import { developmentApprovals } from './development/step.ts'
import { organisationApprovalRules, organisationApprovals } from './organisations/approvals.ts'

/** What a superior decides on. The approvals inbox knows no others; spending and transfers add theirs here. */
export const approvalKinds = [...developmentApprovals, ...organisationApprovals] as const
export type ApprovalKind = (typeof approvalKinds)[number]

export const approvalRules: Readonly<Record<ApprovalKind, ApprovalKindRules>> = {
  ...developmentApprovalRules,
  ...organisationApprovalRules,
}

/** Whether an organisation may decide on what is asked for. */
export const mayDecideOn = (kind: ApprovalKind, power: PowerFacts): boolean =>
  approvalRules[kind].power === 'ADMISSION' ? canDecide(power) : decidesOnOrganisations(power.kind)

import type { Page } from '@linghang/subgraph'
import type { Approval } from './approval.ts'
import type { ApprovalCount } from './read-approvals.ts'

export type { Approval, ApprovalEvent } from './approval.ts'
export type { ItemOutcome as ApprovalDecisionResult } from './decide-approvals.ts'
/** A page, and how many there are in the whole list of each kind and state, counted once for all who ask. */
export type ApprovalConnection = Page<Approval> & { counted: () => Promise<ApprovalCount[]> }

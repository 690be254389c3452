import type { DevelopmentRules, DevelopmentTemplate, Matter, StepKey } from '@linghang/rulebook'
import type { EndReason, Evidence } from './facts.ts'

export type DoneStep = {
  on: string
  /** The version under which it was done; null for what a roster says was done on paper. */
  version: DevelopmentRules['version'] | null
  evidence: Evidence
  warnings: string[]
}

export type Notice = {
  step: StepKey
  from: string
  until: string
  workingDays: number
  provisional: boolean
  /** The day on which it was written down here: a notice on paper may be told of afterwards. */
  recordedOn?: string
  closedOn: string | null
  objections: Record<string, { raisedOn: string; decided: { on: string; upheld: boolean } | null }>
}

export type Approval = {
  id: string
  step: StepKey
  round: number
  requestedOn: string
  deciderOrgId: string
  state: 'OPEN' | 'APPROVED' | 'REFUSED' | 'RETURNED'
  decidedOn: string | null
}

/** A case as its facts make it. */
export type CaseState = {
  memberId: string
  orgId: string
  phase: 'OPEN' | 'ARCHIVED' | 'ENDED'
  endReason: EndReason | null
  closedOn: string | null
  openStep: StepKey | null
  /** The day on which the open step was opened; its version of the rules follows from it. */
  stepOpenedOn: string
  /** Nothing that is done from now on is dated before it. */
  notBefore: string
  done: Partial<Record<StepKey, DoneStep>>
  /** The day on which the platform first knew of the person. */
  knownOn: string
  /** What rosters and the dates of steps say; the register keeps the same. */
  appliedOn: string | null
  activistSince: string | null
  candidateSince: string | null
  admittedOn: string | null
  probationExtendedTo: string | null
  /** The last day on which the person came to another branch; null for whoever stayed. */
  movedOn: string | null
  conversionPostponedTo: string | null
  extensions: number
  /** The outcome of the last conversion assembly, until the committee has decided on it. */
  conversionOutcome: Matter | null
  contacts: string[]
  introducers: string[]
  relatives: string[]
  materials: { id: string; step: StepKey; template: DevelopmentTemplate; on: string }[]
  halfYearlyReviews: string[]
  thoughtReports: string[]
  probationReviews: string[]
  contactTalks: string[]
  notice: Notice | null
  approval: Approval | null
  /** Steps whose meeting was corrected and no longer carries them: nothing goes on until they are done again. */
  withdrawn: StepKey[]
  /** How many facts there are. */
  version: number
}

/** Facts that do not fit what came before: the table was changed by hand, or the code has a fault. */
export class FactsDoNotFit extends Error {
  override name = 'FactsDoNotFit'
}

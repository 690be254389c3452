import { type StepKey, stepKeys, stepNumber } from '@linghang/rulebook'
import { adopt, after } from './adopt-stage.ts'
import { type CaseState, FactsDoNotFit, type Notice } from './case.ts'
import type { EndReason, Fact } from './facts.ts'

function begin(fact: Fact): CaseState {
  if (fact.type !== 'OPENED' && fact.type !== 'ADOPTED')
    throw new FactsDoNotFit(`a case begins with its opening, not with ${fact.type}`)
  const empty: CaseState = {
    memberId: fact.memberId,
    orgId: fact.orgId,
    phase: 'OPEN',
    endReason: null,
    closedOn: null,
    openStep: 'APPLICATION',
    stepOpenedOn: fact.on,
    notBefore: fact.on,
    done: {},
    knownOn: fact.on,
    appliedOn: fact.type === 'OPENED' ? fact.on : fact.standing.appliedOn,
    activistSince: null,
    candidateSince: null,
    admittedOn: null,
    probationExtendedTo: null,
    movedOn: null,
    conversionPostponedTo: null,
    extensions: 0,
    conversionOutcome: null,
    contacts: [],
    introducers: [],
    relatives: [],
    materials: [],
    halfYearlyReviews: [],
    thoughtReports: [],
    probationReviews: [],
    contactTalks: [],
    notice: null,
    approval: null,
    withdrawn: [],
    version: 1,
  }
  return fact.type === 'ADOPTED' ? adopt(empty, fact) : empty
}

const withoutFrom = (done: CaseState['done'], step: StepKey): CaseState['done'] =>
  Object.fromEntries(
    Object.entries(done).filter(([key]) => stepNumber(key as StepKey) < stepNumber(step)),
  ) as CaseState['done']

function close(state: CaseState, phase: CaseState['phase'], on: string, reason: EndReason | null): CaseState {
  return { ...state, phase, endReason: reason, closedOn: on, openStep: null, notice: null, approval: null }
}

/** What a step that is done makes of the person. */
function consequences(state: CaseState, { step, on, evidence }: Fact & { type: 'STEP_DONE' }): Partial<CaseState> {
  switch (step) {
    case 'ACTIVIST_DECISION':
      return { activistSince: on }
    case 'CANDIDATE_FILING':
      return { candidateSince: on }
    case 'ADMISSION_ASSEMBLY':
      return { admittedOn: on }
    case 'CONVERSION_ASSEMBLY':
      return { conversionOutcome: evidence.matter ?? null }
    default:
      return {}
  }
}

function stepDone(state: CaseState, fact: Fact & { type: 'STEP_DONE' }): CaseState {
  if (fact.step !== state.openStep) throw new FactsDoNotFit(`${fact.step} was done while ${state.openStep} was open`)
  const next: CaseState = {
    ...state,
    ...consequences(state, fact),
    done: {
      ...state.done,
      [fact.step]: { on: fact.on, version: fact.version, evidence: fact.evidence, warnings: fact.warnings },
    },
    openStep: after(fact.step),
    stepOpenedOn: fact.on,
    notBefore: fact.on,
    notice: null,
    approval: null,
  }
  if (fact.step === 'CONVERSION_APPROVAL') return decideConversion(next, fact)
  return next.openStep === null ? close(next, 'ARCHIVED', fact.on, null) : next
}

/** The three outcomes of a conversion assembly, once the committee has approved them. */
function decideConversion(state: CaseState, fact: Fact & { type: 'STEP_DONE' }): CaseState {
  if (state.conversionOutcome === 'CANCELLATION') return close(state, 'ENDED', fact.on, 'CANCELLED')
  if (state.conversionOutcome !== 'EXTENSION') return { ...state, conversionOutcome: null }
  return {
    ...state,
    done: withoutFrom(state.done, 'PROBATION'),
    openStep: 'PROBATION',
    conversionOutcome: null,
    conversionPostponedTo: null,
    probationExtendedTo: fact.evidence.extendedTo ?? state.probationExtendedTo,
    extensions: state.extensions + 1,
  }
}

function reopened(state: CaseState, { step, on }: Fact & { type: 'STEP_REOPENED' }): CaseState {
  const from = stepNumber(step)
  const done = withoutFrom(state.done, step)
  return {
    ...state,
    done,
    openStep: step,
    stepOpenedOn: on,
    notBefore:
      Object.values(done)
        .map(one => one.on)
        .toSorted()
        .at(-1) ?? state.knownOn,
    admittedOn: from <= stepNumber('ADMISSION_ASSEMBLY') ? null : state.admittedOn,
    candidateSince: from <= stepNumber('CANDIDATE_FILING') ? null : state.candidateSince,
    activistSince: from <= stepNumber('ACTIVIST_DECISION') ? null : state.activistSince,
    conversionOutcome: null,
    notice: null,
    approval: null,
    withdrawn: state.withdrawn.filter(key => stepNumber(key) < from),
  }
}

function noticed(state: CaseState, change: (notice: Notice) => Notice): CaseState {
  if (state.notice === null) throw new FactsDoNotFit('there is no public notice')
  return { ...state, notice: change(state.notice) }
}

const reviewLists = {
  HALF_YEARLY: 'halfYearlyReviews',
  THOUGHT_REPORT: 'thoughtReports',
  PROBATION: 'probationReviews',
  CONTACT_TALK: 'contactTalks',
} as const

function apply(state: CaseState, fact: Fact): CaseState {
  switch (fact.type) {
    case 'OPENED':
      throw new FactsDoNotFit('a case is opened once')
    case 'ADOPTED':
      // A later roster that says more than the case does: what is on paper counts.
      return { ...adopt(state, fact), knownOn: state.knownOn }
    case 'STEP_DONE':
      return stepDone(state, fact)
    case 'STEP_REOPENED':
      return reopened(state, fact)
    case 'MATERIAL_FILED': {
      const { materialId: id, step, template, on } = fact
      const thoughtReports = template === 'thought-report' ? [...state.thoughtReports, on] : state.thoughtReports
      return { ...state, thoughtReports, materials: [...state.materials, { id, step, template, on }] }
    }
    case 'PEOPLE_ASSIGNED':
      return { ...state, [fact.as === 'CONTACT' ? 'contacts' : 'introducers']: fact.memberIds }
    case 'RELATIVES_DECLARED':
      return { ...state, relatives: fact.memberIds }
    case 'REVIEW_HELD': {
      const list = reviewLists[fact.kind]
      return { ...state, [list]: [...state[list], fact.on] }
    }
    case 'NOTICE_OPENED': {
      const { step, on: from, until, workingDays, provisional, recordedOn = from } = fact
      return {
        ...state,
        notice: { step, from, until, workingDays, provisional, recordedOn, closedOn: null, objections: {} },
      }
    }
    case 'OBJECTION_RAISED':
      return noticed(state, notice => ({
        ...notice,
        objections: { ...notice.objections, [fact.objectionId]: { raisedOn: fact.on, decided: null } },
      }))
    case 'OBJECTION_DECIDED':
      return noticed(state, notice => {
        const raised = notice.objections[fact.objectionId]
        if (!raised) throw new FactsDoNotFit('an objection is decided that was not raised')
        const decided = { on: fact.on, upheld: fact.upheld }
        return { ...notice, objections: { ...notice.objections, [fact.objectionId]: { ...raised, decided } } }
      })
    case 'NOTICE_CLOSED':
      return noticed(state, notice => ({ ...notice, closedOn: fact.on }))
    case 'NOTICE_CANCELLED':
      return { ...state, notice: null }
    case 'APPROVAL_REQUESTED': {
      const { approvalId: id, step, round, on: requestedOn, deciderOrgId } = fact
      return { ...state, approval: { id, step, round, requestedOn, deciderOrgId, state: 'OPEN', decidedOn: null } }
    }
    case 'APPROVAL_DECIDED': {
      if (state.approval?.id !== fact.approvalId) throw new FactsDoNotFit('another approval was asked for')
      return { ...state, approval: { ...state.approval, state: fact.outcome, decidedOn: fact.on } }
    }
    case 'APPROVAL_WITHDRAWN':
      return { ...state, approval: null }
    case 'EVIDENCE_WITHDRAWN':
      return { ...state, withdrawn: [...new Set([...state.withdrawn, fact.step])] }
    case 'SUPERIOR_CHANGED':
    case 'POLICY_TAKEN_UP':
      // The rules stand beside the case; that it was told of them is all there is to keep.
      return state
    case 'MOVED':
      return { ...state, orgId: fact.orgId, movedOn: fact.on }
    case 'CONVERSION_POSTPONED':
      return { ...state, conversionPostponedTo: fact.until }
    case 'ENDED':
      return close(state, 'ENDED', fact.on, fact.reason)
    case 'RESUMED':
      return { ...state, phase: 'OPEN', endReason: null, closedOn: null, openStep: firstUndone(state) }
  }
}

/** Steps are done one after the other: what comes behind the last of them is open. */
const firstUndone = ({ done }: CaseState): StepKey | null => stepKeys.find(key => !done[key]) ?? null

/** The state after one more fact. @throws FactsDoNotFit */
export function follow(state: CaseState | null, fact: Fact): CaseState {
  if (state === null) return begin(fact)
  const goesOn = fact.type === 'RESUMED' ? state.phase === 'ENDED' : state.phase === 'OPEN'
  if (!goesOn) throw new FactsDoNotFit(`the case is ${state.phase}`)
  return { ...apply(state, fact), version: state.version + 1 }
}

/** The state that facts make, from the first to the last. @throws FactsDoNotFit */
export function fold(facts: readonly Fact[]): CaseState {
  const state = facts.reduce<CaseState | null>(follow, null)
  if (state === null) throw new FactsDoNotFit('a case without facts')
  return state
}

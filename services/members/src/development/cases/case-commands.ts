import {
  type ApprovalKind,
  addMonths,
  type DevelopmentRules,
  needOf,
  probationEnd,
  type Step,
  type StepKey,
  stepNumber,
  stepOf,
} from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import { toApiTemplate } from '../forms/api-names.ts'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import type { CaseState } from './case.ts'
import { progressOf } from './case-progress.ts'
import { fail } from './errors.ts'
import type { Evidence, Fact, ReviewKind } from './facts.ts'
import { earliestReopening, judgeStep } from './judge.ts'
import type { Finding } from './judgement.ts'

/**
 * What may be done with a case, as the facts that it becomes: pure, so that thousands of random sequences can be tried.
 * Each takes the case of today and gives the facts, or throws the refusal.
 */
export type CaseToday = {
  state: CaseState
  /** Of the open step. */
  rules: DevelopmentRules
  /** Today in Asia/Shanghai. */
  today: string
  /** The day on which the person completes 18 years. */
  birthday18: string
}

/** The error that a finding is, with the article it rests on. */
function refuse(
  { code, step, found, wanted, citation, templates }: Finding,
  today: string,
  others: readonly Finding[],
): never {
  const { article, source, certainty } = citation
  const isText = typeof found === 'string'
  const params = {
    step,
    field: 'on',
    found: isText ? found : found.en,
    ...(isText ? {} : { foundZh: found.zh }),
    today,
    wanted: wanted.en,
    wantedZh: wanted.zh,
    article,
    source,
    certainty,
    ...(templates.length === 0 ? {} : { templates: templates.map(toApiTemplate).join(', ') }),
  }
  if (others.length === 0) return fail(code, params)
  // All that is in the way at once: nobody mends one thing to hear of the next.
  try {
    return fail(code, { ...params, also: others.map(other => other.code).join(', ') })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { zh, en } = error.texts
    throw new DomainError(error.code, error.params, {
      zh: `${zh}；另外还应有：${others.map(other => other.wanted.zh).join('；')}`,
      en: `${en}; wanted as well: ${others.map(other => other.wanted.en).join('; ')}`,
    })
  }
}

export function openStepOf({ state, rules }: Pick<CaseToday, 'state' | 'rules'>): Step {
  if (state.openStep === null) return fail('CASE_CLOSED', { found: state.phase })
  return stepOf(rules, state.openStep)
}

export function requirePast(field: string, on: string, today: string): void {
  if (on > today) fail('DATE_IN_FUTURE', { field, found: on, today })
}

export function requireNotBefore(on: string, earliest: string): void {
  if (on < earliest)
    fail('DATES_OUT_OF_ORDER', { found: on, wanted: `not before ${earliest}`, wantedZh: `不早于 ${earliest}` })
}

export type Completion = { facts: Fact[]; warnings: Finding[] }

/**
 * The open step as done.
 * @param byDecision that it is the superior's approval which completes it
 * @throws DomainError the first finding that blocks
 */
export function completion(
  at: CaseToday,
  attempt: { step: StepKey; on: string; evidence: Evidence },
  meeting: MeetingRecord | null,
  byDecision = false,
): Completion {
  const { today, rules, birthday18, state } = at
  const warnings = judgeStep(state, attempt, { today, rules, birthday18, meeting, byDecision })
  const [block, ...others] = warnings.filter(({ level }) => level === 'BLOCK')
  if (block) refuse(block, today, others)
  const { step, on, evidence } = attempt
  const codes = warnings.map(({ code }) => code)
  return { facts: [{ type: 'STEP_DONE', on, step, version: rules.version, evidence, warnings: codes }], warnings }
}

/** @throws DomainError CASE_CLOSED, DATE_IN_FUTURE, DATES_OUT_OF_ORDER */
export function review(at: CaseToday, kind: ReviewKind, on: string): Fact {
  openStepOf(at)
  requirePast('on', on, at.today)
  const { state } = at
  const since = kind === 'PROBATION' ? (state.done.ADMISSION_APPROVAL ? state.admittedOn : null) : state.activistSince
  if (since === null)
    return fail('DATES_OUT_OF_ORDER', {
      found: on,
      wanted: 'after the person has become an activist, or a probationary member',
      wantedZh: '在确定为积极分子或接收为预备党员之后',
    })
  requireNotBefore(on, since)
  return { type: 'REVIEW_HELD', on, kind }
}

/**
 * Puts off the discussion of a conversion, of somebody who moved in on probation: where the new branch cannot judge yet,
 * by half a year at most. Standing counts from the end of probation all the same.
 * @throws DomainError CASE_CLOSED, POSTPONEMENT_NOT_ALLOWED
 */
export function postponement(at: CaseToday, until: string, reason: string): Fact {
  openStepOf(at)
  const { state, rules, today } = at
  const { atMostMonths, citation } = rules.postponement
  const admission = state.done.ADMISSION_APPROVAL
  const endsOn = probationEnd(progressOf(state), rules)
  // Of whom a roster brought in on probation the platform does not know where they were admitted.
  const movedIn = admission && (admission.version === null || (state.movedOn ?? '') >= admission.on)
  const last = endsOn && addMonths(endsOn, atMostMonths)
  const { article, source } = citation
  if (!movedIn || !endsOn || !last || state.done.CONVERSION_ASSEMBLY || until <= endsOn || until > last)
    return fail('POSTPONEMENT_NOT_ALLOWED', { found: until, from: endsOn ?? '-', until: last ?? '-', article, source })
  return { type: 'CONVERSION_POSTPONED', on: today, until, reason }
}

export const approvalOf = (step: Step): ApprovalKind | null => needOf(step, 'APPROVAL')?.approval ?? null

export type ApprovalAsked = { fact: Fact & { type: 'APPROVAL_REQUESTED' }; kind: ApprovalKind; step: Step }

/**
 * The open step handed in for the superior's decision, once everything else that it needs is there (S0-14). Handed in
 * again after a return it is the same request in its next round; after a refusal it is another.
 * @throws DomainError CASE_CLOSED, NO_APPROVAL_HERE, APPROVAL_OPEN_ALREADY, NO_DECIDER, or the first finding that blocks
 */
export function approvalRequest(
  at: CaseToday,
  on: string,
  newId: string,
  deciderFor: (kind: ApprovalKind) => string | null,
): ApprovalAsked {
  const step = openStepOf(at)
  const kind = approvalOf(step)
  if (kind === null) return fail('NO_APPROVAL_HERE', { step: step.key })
  const { approval } = at.state
  if (approval?.state === 'OPEN') fail('APPROVAL_OPEN_ALREADY')
  // A special reason for being late is the superior's to give, with the decision.
  completion(at, { step: step.key, on, evidence: { lateReason: 'the superior’s' } }, null, true)
  const deciderOrgId = deciderFor(kind)
  if (deciderOrgId === null) return fail('NO_DECIDER')
  const returned = approval?.state === 'RETURNED' ? approval : null
  return {
    kind,
    step,
    fact: {
      type: 'APPROVAL_REQUESTED',
      on,
      step: step.key,
      approvalId: returned?.id ?? newId,
      round: (returned?.round ?? 0) + 1,
      deciderOrgId,
    },
  }
}

export type Decision = {
  id: string
  round: number
  outcome: 'APPROVED' | 'REFUSED' | 'RETURNED'
  decidedOn: string
  reason: string | null
}

/** The decision as a fact; null where it comes too late: withdrawn, ended or decided meanwhile. */
export function approvalDecision(state: CaseState, decision: Decision): Fact | null {
  const { approval } = state
  if (approval?.id !== decision.id || approval.round !== decision.round || approval.state !== 'OPEN') return null
  const { id: approvalId, round, outcome, decidedOn: on } = decision
  return { type: 'APPROVAL_DECIDED', on, step: approval.step, approvalId, round, outcome }
}

/** What an approved step rests on. */
export function evidenceOfDecision(state: CaseState, decision: Decision): Evidence {
  const extendedTo = state.done.CONVERSION_ASSEMBLY?.evidence.extendedTo
  return {
    approvalId: decision.id,
    ...(decision.reason ? { lateReason: decision.reason } : {}),
    ...(extendedTo ? { extendedTo } : {}),
  }
}

/** Ways out that the branch records by itself; cancelling probation takes the assembly and the committee's approval. */
export const endings = ['REFUSED', 'WITHDRAWN', 'DIED', 'MOVED_AWAY'] as const
export type Ending = (typeof endings)[number]

/** @throws DomainError CASE_CLOSED, DATE_IN_FUTURE, END_REASON_NOT_FITTING */
export function ending(at: CaseToday, reason: Ending, on: string): Fact {
  const { stage } = openStepOf(at)
  requirePast('on', on, at.today)
  // A member is not refused: a probationary member is cancelled, by the assembly and the committee.
  if (reason === 'REFUSED' && at.state.done.ADMISSION_APPROVAL) fail('END_REASON_NOT_FITTING', { found: reason, stage })
  return { type: 'ENDED', on, reason }
}

/** @throws DomainError CASE_CLOSED, STEP_CANNOT_BE_REOPENED */
export function reopening(at: CaseToday, step: StepKey, reason: string): Fact {
  const open = openStepOf(at)
  const from = earliestReopening(at.state)
  const to = open.number - 1
  if (stepNumber(step) < from || stepNumber(step) > to)
    fail('STEP_CANNOT_BE_REOPENED', {
      step,
      wanted: `a step from ${from} to ${to} that has been done`,
      wantedZh: `第 ${from} 至 ${to} 步中已办的步骤`,
    })
  return { type: 'STEP_REOPENED', on: at.today, step, reason }
}

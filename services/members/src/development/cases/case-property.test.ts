import { describe, expect, test } from '@jest/globals'
import {
  addDays,
  addMonths,
  developmentRulesOn,
  developmentTemplates,
  lastWorkingDay,
  type StepKey,
  stepKeys,
  stepNumber,
  stepOf,
} from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import fc from 'fast-check'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import type { CaseState } from './case.ts'
import {
  approvalDecision,
  approvalRequest,
  type CaseToday,
  completion,
  ending,
  endings,
  evidenceOfDecision,
  reopening,
  review,
} from './case-commands.ts'
import { fold, follow } from './case-state.ts'
import type { Fact } from './facts.ts'
import { noticeClosing, noticeOpening, objectionDecision, openNoticeOf } from './notice-commands.ts'

/**
 * Somebody at a desk who tries things: mostly what the open step asks for, on a day near the right one, and now and then
 * something else. Days go forward or back; ballots may add up or not. Whatever is refused leaves the case as it was.
 */
type Try = {
  what:
    | 'STEP'
    | 'ANY_STEP'
    | 'APPROVAL'
    | 'DECISION'
    | 'NOTICE'
    | 'CLOSE_NOTICE'
    | 'OBJECT'
    | 'DECIDE'
    | 'REVIEW'
    | 'REOPEN'
    | 'END'
    | 'FILE'
    | 'PEOPLE'
  /** Days from the last day of the case; most tries wait about as long as they should. */
  days: number
  pick: number
  inFavour: number
  lucky: boolean
}

const anything: fc.Arbitrary<Try> = fc.record({
  what: fc.oneof(
    { weight: 20, arbitrary: fc.constant<Try['what']>('STEP') },
    {
      weight: 20,
      arbitrary: fc.constantFrom<Try['what']>(
        'FILE',
        'PEOPLE',
        'APPROVAL',
        'DECISION',
        'REVIEW',
        'NOTICE',
        'CLOSE_NOTICE',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom<Try['what']>('ANY_STEP', 'OBJECT', 'DECIDE', 'REOPEN', 'END') },
  ),
  days: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3, max: 400 }) },
  ),
  pick: fc.integer({ min: 0, max: 1_000 }),
  inFavour: fc.integer({ min: 8, max: 20 }),
  lucky: fc.integer({ min: 0, max: 5 }).map(n => n > 0),
})

const person = 'person'
const branch = 'branch'
const today = '2040-01-01'

const at = (state: CaseState): CaseToday => ({
  state,
  rules: developmentRulesOn(state.stepOpenedOn),
  today,
  birthday18: '2000-01-01',
})

function meetingFor(state: CaseState, step: StepKey, one: Try, on: string): MeetingRecord | null {
  const need = stepOf(developmentRulesOn(state.stepOpenedOn), step).needs.find(({ kind }) => kind === 'MEETING')
  if (need?.kind !== 'MEETING') return null
  // Every other one decides what the step is there for: the other outcomes end most cases before their archive.
  const matter = need.matters[one.pick % 2 === 0 ? 0 : one.pick % need.matters.length] as string
  const present = one.lucky ? 20 : 9 + (one.pick % 4)
  const ballots = {
    due: 20,
    present,
    inFavour: Math.min(one.inFavour, present),
    against: 0,
    abstained: 0,
    writtenInFavour: 0,
    writtenAgainst: 0,
  }
  return {
    id: `meeting-${one.pick}`,
    orgId: one.pick % 50 === 0 ? 'another' : branch,
    kind: need.of,
    heldOn: on,
    due: 5,
    present: one.lucky ? 5 : 2,
    version: 1,
    resolutions: [
      { id: 'r', matter, memberId: person, ballots: need.secretBallot ? ballots : null, carried: one.lucky },
    ],
  }
}

/** A day near the one on which the open step may be done; a few days early or late, and now and then far off. */
function dayFor(state: CaseState, one: Try): string {
  const step = state.openStep && stepOf(developmentRulesOn(state.stepOpenedOn), state.openStep)
  const wait = step?.waits.find(({ nature }) => nature === 'EARLIEST')
  const from = wait && (wait.from === 'ACTIVIST_DECISION' ? state.activistSince : state.admittedOn)
  const earliest = wait && from ? (state.probationExtendedTo ?? addMonths(from, wait.months)) : state.notBefore
  const near = one.lucky && earliest > state.notBefore ? earliest : state.notBefore
  return addDays(near, one.pick % 9 === 0 ? one.days - 5 : one.days)
}

/** The facts of a try; refused tries throw. */
function factsOf(state: CaseState, one: Try): Fact[] {
  const now = at(state)
  const on = dayFor(state, one)
  const anyStep = stepKeys[one.pick % stepKeys.length] as StepKey
  const step = one.what === 'ANY_STEP' ? anyStep : (state.openStep ?? anyStep)
  switch (one.what) {
    case 'STEP':
    case 'ANY_STEP': {
      const meeting = meetingFor(state, step, one, on)
      const extendedTo = addMonths(state.admittedOn ?? on, 12 + (one.pick % 16))
      const evidence = {
        ...(meeting
          ? { meetingId: meeting.id, heldOn: on, matter: meeting.resolutions[0]?.matter as 'ADMISSION' }
          : {}),
        training: { days: one.pick % 5, hours: 0 },
        ...(one.lucky ? { conclusion: 'PASSED' as const } : {}),
        ...(meeting?.resolutions[0]?.matter === 'EXTENSION' ? { extendedTo } : {}),
      }
      return completion(now, { step, on, evidence }, meeting).facts
    }
    case 'FILE':
      return developmentTemplates.map(template => ({
        type: 'MATERIAL_FILED',
        on,
        step,
        template,
        materialId: `${one.pick}`,
        sha256: '',
      }))
    case 'PEOPLE':
      return (['CONTACT', 'INTRODUCER'] as const).map(as => ({
        type: 'PEOPLE_ASSIGNED',
        on,
        as,
        memberIds: ['a', 'b'].slice(0, 1 + (one.pick % 2)),
      }))
    case 'APPROVAL':
      return [approvalRequest(now, on, `approval-${state.version}`, () => 'committee').fact]
    case 'DECISION': {
      const { approval } = state
      if (approval === null) return []
      const outcomes = ['APPROVED', 'RETURNED', 'APPROVED', 'APPROVED', 'REFUSED'] as const
      const decidedOn = addDays(approval.requestedOn, one.pick % 11 === 0 ? one.pick % 250 : Math.abs(one.days % 20))
      const decision = {
        id: approval.id,
        round: approval.round,
        outcome: outcomes[one.pick % 5] as 'APPROVED',
        decidedOn,
        reason: one.lucky ? '特殊情况' : null,
      }
      const fact = approvalDecision(state, decision)
      if (fact === null) return []
      const decided = follow(state, fact)
      if (decision.outcome !== 'APPROVED') return [fact]
      return [
        fact,
        ...completion(
          at(decided),
          { step: approval.step, on: decidedOn, evidence: evidenceOfDecision(decided, decision) },
          null,
          true,
        ).facts,
      ]
    }
    case 'NOTICE':
      return [noticeOpening(now, on)]
    case 'CLOSE_NOTICE':
      return [noticeClosing(now, addDays(state.notice?.from ?? on, one.days + (one.lucky ? 6 : 0)))]
    case 'OBJECT':
      openNoticeOf(state)
      return [{ type: 'OBJECTION_RAISED', on, objectionId: `o${state.version}` }]
    case 'DECIDE': {
      const [id = ''] = Object.keys(openNoticeOf(state).objections)
      return [objectionDecision(now, id, one.pick % 7 === 0)]
    }
    case 'REVIEW':
      return [
        review(
          now,
          one.lucky ? 'HALF_YEARLY' : 'THOUGHT_REPORT',
          addMonths(state.activistSince ?? on, 6 + (one.pick % 3) * 6),
        ),
      ]
    case 'REOPEN':
      return [{ ...reopening(now, anyStep, '重新办理'), on: state.notBefore } as Fact]
    case 'END':
      return [ending(now, endings[one.pick % endings.length] as 'DIED', on)]
  }
}

/** What no regulation allows, said again from the facts alone and without the code that is being tried. */
function forbidden(state: CaseState, facts: readonly Fact[]): string[] {
  const wrong: string[] = []
  const doneKeys = stepKeys.filter(key => state.done[key])
  const open = state.openStep === null ? doneKeys.length + 1 : stepNumber(state.openStep)
  if (state.phase !== 'ENDED' && doneKeys.some((key, index) => stepNumber(key) !== index + 1))
    wrong.push('a step was skipped')
  if (state.phase === 'OPEN' && open !== doneKeys.length + 1)
    wrong.push('the open step does not follow the last one done')
  const days = doneKeys.map(key => state.done[key]?.on as string)
  if (days.some((day, index) => index > 0 && day < (days[index - 1] as string))) wrong.push('days run backwards')
  const {
    CANDIDATE_DECISION: candidacy,
    ADMISSION_ASSEMBLY: admission,
    ADMISSION_APPROVAL: approval,
    CONVERSION_ASSEMBLY: conversion,
  } = state.done
  if (
    candidacy?.version &&
    state.activistSince &&
    (candidacy.evidence.heldOn ?? '') < addMonths(state.activistSince, 12)
  )
    wrong.push('a candidate within a year')
  if (approval && admission && approval.on > addMonths(admission.on, 6)) wrong.push('approved after six months')
  if (approval && admission && approval.on > addMonths(admission.on, 3) && !approval.evidence.lateReason)
    wrong.push('approved after three months without a reason')
  // Cancelled, or extended, probation may be at any time: only who becomes a full member has had a year of it.
  const converts = conversion?.evidence.matter === 'CONVERSION'
  if (converts && admission && conversion.on < addMonths(admission.on, 12)) wrong.push('probation under a year')
  if (state.extensions > 1)
    if (candidacy?.version === '2026') {
      const notices = facts.filter(({ type }) => type === 'NOTICE_OPENED' || type === 'NOTICE_CLOSED')
      const closed = notices.findLast(({ type }) => type === 'NOTICE_CLOSED')
      const opened = notices.findLast(({ type }) => type === 'NOTICE_OPENED')
      if (!closed || !opened || closed.on <= lastWorkingDay(opened.on, 5).on)
        wrong.push('a notice under five working days')
    }
  for (const key of [
    'ACTIVIST_FILING',
    'CANDIDATE_FILING',
    'PRE_REVIEW',
    'ADMISSION_APPROVAL',
    'ADMISSION_FILING',
    'CONVERSION_APPROVAL',
  ] as const) {
    const done = state.done[key]?.version ? state.done[key] : undefined
    const granted = facts.some(
      fact =>
        fact.type === 'APPROVAL_DECIDED' &&
        fact.outcome === 'APPROVED' &&
        fact.approvalId === done?.evidence.approvalId,
    )
    if (done && !granted) wrong.push(`${key} without the superior`)
  }
  return wrong
}

/** Lives a case by tries, from its opening or from where a roster says that it stands. */
function live(opening: Fact, tries: readonly Try[]): { facts: Fact[]; state: CaseState } {
  const facts: Fact[] = [opening]
  let state = fold(facts)
  for (const one of tries) {
    if (state.phase !== 'OPEN') break
    try {
      const added = factsOf(state, one)
      state = added.reduce<CaseState>((before, fact) => follow(before, fact), state)
      facts.push(...added)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
    }
    const wrong = forbidden(state, facts)
    if (wrong.length > 0) throw new Error(`${wrong.join(', ')}: ${JSON.stringify(facts)}`)
  }
  return { facts, state }
}

const opened = (on: string): Fact => ({ type: 'OPENED', on, memberId: person, orgId: branch, source: 'APPLICATION' })
const adopted = (doneThrough: StepKey, on: string): Fact => ({
  type: 'ADOPTED',
  on: addMonths(on, 40),
  memberId: person,
  orgId: branch,
  source: 'ROSTER',
  standing: {
    doneThrough,
    appliedOn: on,
    activistSince: addMonths(on, 6),
    candidateSince: stepNumber(doneThrough) > 7 ? addMonths(on, 20) : null,
    admittedOn: stepNumber(doneThrough) > 15 ? addMonths(on, 26) : null,
    talkHeldOn: null,
    lastReviewOn: null,
  },
})

const openings = fc.constantFrom(
  ...['2021-03-01', '2025-01-31', '2026-05-01', '2026-06-10'].map(opened),
  adopted('CANDIDATE_FILING', '2021-05-31'),
  adopted('CANDIDATE_FILING', '2024-06-30'),
  ...['2018-01-31', '2019-07-15', '2021-05-31', '2022-11-30', '2024-02-29', '2025-03-31'].map(on =>
    adopted('OATH', on),
  ),
)

describe('random sequences of commands against a case', () => {
  test('S0-15 never reach a state that the regulation forbids, never skip a step, and the facts told again give the state', () => {
    let tried = 0
    let done = 0
    let archived = 0
    let extended = 0
    fc.assert(
      fc.property(openings, fc.array(anything, { minLength: 80, maxLength: 200 }), (opening, tries) => {
        const { facts, state } = live(opening, tries)
        tried += tries.length
        done += facts.filter(({ type }) => type === 'STEP_DONE').length
        archived += state.phase === 'ARCHIVED' ? 1 : 0
        extended += state.extensions
        expect(fold(facts)).toEqual(state)
      }),
      { numRuns: 200 },
    )
    // Tries that never get anywhere would prove nothing.
    expect(tried).toBeGreaterThan(10_000)
    expect(done).toBeGreaterThan(500)
    expect(archived).toBeGreaterThan(0)
    expect(extended).toBeGreaterThan(0)
  })
})

import { recordAudit, recordHash } from '@linghang/access'
import { type NewEvent, publish } from '@linghang/events'
import {
  type ApprovalKind,
  approvalRules,
  type CaseDeadline,
  caseDeadlines,
  type DeadlineRule,
  type DevelopmentPolicy,
  type DevelopmentRules,
  developmentRulesOn,
  noPolicy,
  probationEnd,
  type Stage,
  stageOf,
  stepOf,
  withPolicy,
} from '@linghang/rulebook'
import { setDecidedByCase } from '../../register/people/known-people.ts'
import type { Work } from '../../work.ts'
import { type Policies, readPolicies } from '../policies/read-policies.ts'
import type { CaseState } from './case.ts'
import { approvalOf, type CaseToday } from './case-commands.ts'
import { progressOf } from './case-progress.ts'
import { fold, follow } from './case-state.ts'
import { deciderStore } from './decider-store.ts'
import type { Fact } from './facts.ts'
import { caseLocks } from './lock-store.ts'
import { noticeBoard } from './notice-board-store.ts'
import { type CaseRow, caseStore } from './store.ts'
import { watchedDates } from './watched-dates.ts'

/** A case that the transaction holds. */
export type HeldCase = { id: string; state: CaseState; rules: DevelopmentRules; policy: DevelopmentPolicy }

/** The rules of a case's open step: the version in force when it was opened, with what the county added by then. */
export const rulesOf = (state: CaseState, policies: Policies): DevelopmentRules => {
  const policy = policies(state.stepOpenedOn)
  const rules = developmentRulesOn(state.stepOpenedOn)
  return policy === noPolicy ? rules : withPolicy(rules, policy)
}

/** Locks a case and tells it from its facts. @returns null where there is none that the actor may change */
export async function holdCase({ tx, actor }: Work, id: string): Promise<HeldCase | null> {
  if (!(await caseLocks.lock(tx, actor.countyId, id))) return null
  const facts = (await caseStore.factsOf(tx, actor.countyId, [id])).get(id)
  if (!facts) return null
  const state = fold(facts.map(({ fact }) => fact))
  const policies = await readPolicies(tx, actor.countyId)
  return { id, state, rules: rulesOf(state, policies), policy: policies(state.stepOpenedOn) }
}

/** The case as its commands ask for it; a command that judges the application is told the day of majority too. */
export const caseToday = ({ today }: Pick<Work, 'today'>, { state, rules }: HeldCase, birthday18 = ''): CaseToday => ({
  state,
  rules,
  today,
  birthday18,
})

const hashOfState = (state: CaseState | null): Uint8Array | null => state && recordHash(state)

const approvalOfOpenStep = (rules: DevelopmentRules, { openStep }: CaseState): ApprovalKind | null =>
  openStep && approvalOf(stepOf(rules, openStep))

/** Who decides for a branch, by the kind of approval; null where nobody above it may. */
export const deciderFor = (kind: ApprovalKind | null, above: readonly string[]): string | null =>
  kind !== null && approvalRules[kind].decider === 'ABOVE_COMMITTEE'
    ? (above[1] ?? above[0] ?? null)
    : (above[0] ?? null)

function waitingOn(state: CaseState, rules: DevelopmentRules): CaseRow['waitingOn'] {
  if (state.openStep === null) return 'NOBODY'
  if (state.approval?.state === 'OPEN') return 'APPROVAL'
  return stepOf(rules, state.openStep).office
}

/**
 * Whose turn this change makes it; null where it stays with whom it was. A hand-in, and what comes back to be corrected,
 * are told of with the approval.
 */
function turnOf({ before, facts, state, rules, deciderOrgId }: Written): { role: string; orgId: string } | null {
  // Who takes a request back keeps the turn they had.
  if (before === null || facts.some(({ type }) => type === 'APPROVAL_WITHDRAWN')) return null
  const now = waitingOn(state, rules)
  if (now === 'NOBODY' || now === 'APPROVAL' || state.approval?.state === 'RETURNED') return null
  const moved = now === 'DECIDER' ? facts.some(({ type }) => type === 'SUPERIOR_CHANGED') : state.orgId !== before.orgId
  if (!moved && waitingOn(before, rules) === now) return null
  return { role: 'SECRETARY', orgId: (now === 'DECIDER' ? deciderOrgId : null) ?? state.orgId }
}

const stageLasts: Partial<Record<Stage, DeadlineRule>> = { ACTIVIST: 'ACTIVIST_ONE_YEAR', PROBATION: 'PROBATION_ENDS' }

/** Before when the next stage cannot come; null where no such term runs. */
function nextStageNotBefore(
  state: CaseState,
  rules: DevelopmentRules,
  deadlines: readonly CaseDeadline[],
): string | null {
  const lasts = state.openStep && stageLasts[stageOf(state.openStep)]
  const due = deadlines.find(({ rule }) => rule === lasts)?.dueOn ?? null
  // A discussion that was put off is due later; probation ends when it ends.
  return due !== null && lasts === 'PROBATION_ENDS' ? probationEnd(progressOf(state), rules) : due
}

/** What happens to one case in a transaction; `before` is null where it opens. */
export type Change = { id: string; before: CaseState | null; facts: readonly Fact[]; action: string }

/** A change with what it makes of its case. */
type Written = Change & {
  state: CaseState
  rules: DevelopmentRules
  deadlines: CaseDeadline[]
  deciderOrgId: string | null
  policy: DevelopmentPolicy
}

/**
 * Writes facts with what they make of their cases, audit rows and events: one thing, in the caller's transaction.
 * @returns the states after the facts
 * @throws FactsDoNotFit
 */
export async function writeCases(work: Work, changes: readonly Change[]): Promise<CaseState[]> {
  if (changes.length === 0) return []
  const policies = await readPolicies(work.tx, work.actor.countyId)
  const after = changes.map(({ before, facts }) => facts.reduce<CaseState | null>(follow, before) as CaseState)
  const above = await deciderStore.decidersOf(work.tx, [...new Set(after.map(state => state.orgId))])
  const written = changes.map((change, index): Written => {
    const state = after[index] as CaseState
    const rules = rulesOf(state, policies)
    const deadlines = caseDeadlines(progressOf(state), rules)
    const deciderOrgId = deciderFor(approvalOfOpenStep(rules, state), above.get(state.orgId) ?? [])
    return { ...change, state, rules, deadlines, deciderOrgId, policy: policies(state.stepOpenedOn) }
  })
  await caseStore.write(
    work.tx,
    written.map(({ id, before, facts, state, rules, deadlines, deciderOrgId }) => ({
      id,
      countyId: work.actor.countyId,
      state,
      facts,
      firstSeq: before?.version ?? 0,
      deciderOrgId,
      dueOn: deadlines.find(({ nature }) => nature === 'LATEST')?.dueOn ?? null,
      notBefore: nextStageNotBefore(state, rules, deadlines),
      waitingOn: waitingOn(state, rules),
    })),
    { at: work.now, by: work.actor.accountId },
  )
  await noticeBoard.follow(
    work.tx,
    work.actor.countyId,
    written.flatMap(({ id: caseId, state: { orgId, memberId }, facts }) =>
      facts.map(fact => ({ caseId, orgId, memberId, fact })),
    ),
    work.newId,
  )
  await keepDecisions(work, written)
  await recordAudit(
    work,
    written.map(({ id, before, state, action }) => ({
      orgId: state.orgId,
      action,
      subjectType: 'DevelopmentCase',
      subjectId: id,
      beforeHash: hashOfState(before),
      afterHash: hashOfState(state),
    })),
  )
  await publish(work, written.map(changedEvent))
  return after
}

/** Facts by which a case decides where the person stands, and the register follows. */
export const ownFacts: ReadonlySet<Fact['type']> = new Set(['OPENED', 'STEP_DONE', 'STEP_REOPENED'])

/**
 * Tells the register whose standing a case decides: one that is open, and was opened here or in which a step was done
 * here. While a case is on paper alone, the register is corrected and the case follows.
 */
async function keepDecisions({ tx, actor }: Work, written: readonly Written[]): Promise<void> {
  const people: { id: string; decided: boolean }[] = []
  for (const { facts, state } of written) {
    const resumed = facts.some(({ type }) => type === 'RESUMED')
    const decided = state.phase === 'OPEN' && (facts.some(({ type }) => ownFacts.has(type)) || resumed)
    if (state.phase === 'OPEN' && !decided) continue
    const own = decided && resumed ? await caseStore.hasOwnSteps(tx, actor.countyId, state.memberId) : decided
    people.push({ id: state.memberId, decided: own })
  }
  if (people.length > 0) await setDecidedByCase(tx, actor.countyId, people)
}

function changedEvent(written: Written): NewEvent {
  const { id, facts, state, deadlines, deciderOrgId, policy } = written
  const turn = turnOf(written)
  const step = state.openStep ?? 'ARCHIVING'
  return {
    type: 'members.case.changed.v1',
    orgId: state.orgId,
    subject: id,
    data: {
      id,
      memberId: state.memberId,
      orgId: state.orgId,
      state: state.phase,
      stage: stageOf(step),
      step,
      deadlines: watchedDates(state, deadlines).map(({ at, ...deadline }) => ({
        ...deadline,
        role: 'SECRETARY',
        orgId: (at === 'DECIDER' ? deciderOrgId : null) ?? state.orgId,
      })),
      ladders: Object.fromEntries(Object.entries(policy.ladders).map(([rule, rungs]) => [rule, [...(rungs ?? [])]])),
      turn: turn && { ...turn, since: facts.at(-1)?.on ?? state.stepOpenedOn },
      happenedOn: facts.at(-1)?.on ?? state.stepOpenedOn,
      version: state.version,
    },
  }
}

/** One case, as `writeCases`. */
export async function writeCase(
  work: Work,
  kase: { id: string; state: CaseState | null },
  action: string,
  ...facts: Fact[]
): Promise<CaseState> {
  const [state] = await writeCases(work, [{ id: kase.id, before: kase.state, facts, action }])
  return state as CaseState
}

import { type Actor, readGrants, seesWholeCounty, shanghaiDay, systemActor } from '@linghang/access'
import {
  birthdayAt,
  caseDeadlines,
  type DevelopmentRules,
  developmentRulesOf,
  type StepKey,
  stageOf,
  stepOf,
  withPolicy,
} from '@linghang/rulebook'
import type { Deps, Tx } from '../deps.ts'
import { knownPeople } from '../people/known-people.ts'
import { readPolicies } from '../policies/read-policies.ts'
import { type Standpoint, seesConfidential, standpoints } from './case-access.ts'
import { type CaseFilter, type CasePage, caseLists, type PlanRow } from './case-lists.ts'
import { type CaseState, fold, progressOf } from './case-state.ts'
import { isConfidential } from './facts.ts'
import { judgeStep } from './judge.ts'
import type { Finding } from './judgement.ts'
import { type CaseRow, caseStore, type RecordedFact } from './store.ts'
import { rulesOf } from './write-case.ts'

/**
 * Whether an open case decides where a person stands: one that was opened here, or in which a step was done here. While
 * a case is on paper alone, the register is corrected and the case follows.
 */
export const caseDecides = (tx: Tx, countyId: string, memberId: string): Promise<boolean> =>
  caseStore.hasOwnSteps(tx, countyId, memberId)

export type SeenCase = CaseRow & { as: Standpoint }

/** Cases as the actor stands to them; those that they must not know of are left out. */
async function seenCases(deps: Deps, tx: Tx, actor: Actor, rows: readonly CaseRow[]): Promise<SeenCase[]> {
  const as = await standpoints(deps, tx, actor, rows)
  return rows.flatMap(row => {
    const standpoint = as.get(row.id)
    return standpoint ? [{ ...row, as: standpoint }] : []
  })
}

/** Cases by id as the actor stands to them, in the caller's transaction. */
export const casesSeen = async (deps: Deps, tx: Tx, actor: Actor, ids: readonly string[]): Promise<SeenCase[]> =>
  seenCases(deps, tx, actor, await caseStore.byIds(tx, actor.countyId, ids))

/** Cases by id that the actor may know of; the others are left out. */
export function readCases(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, SeenCase>> =>
    deps.transact(actor, async tx => {
      const rows = await casesSeen(deps, tx, actor, ids)
      return new Map(rows.map(row => [row.id, row]))
    })
}

export function readCasesOfMembers(deps: Deps) {
  return (actor: Actor, memberIds: readonly string[]): Promise<Map<string, SeenCase[]>> =>
    deps.transact(actor, async tx => {
      const rows = await seenCases(deps, tx, actor, await caseStore.ofMembers(tx, actor.countyId, memberIds))
      return Map.groupBy(rows, row => row.memberId)
    })
}

/** Cases of organisations that the actor supervises; for others none. */
export function readCasesOf(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[], below: boolean, page: CasePage): Promise<Map<string, CaseRow[]>> =>
    deps.transact(actor, async tx =>
      caseLists.atOrganisations(tx, [...(await deps.supervision.seen(tx, actor, orgIds))], below, page),
    )
}

export function countCasesOf(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[], below: boolean, filter: CaseFilter): Promise<Map<string, number>> =>
    deps.transact(actor, async tx =>
      caseLists.countAtOrganisations(tx, [...(await deps.supervision.seen(tx, actor, orgIds))], below, filter),
    )
}

/** The organisations whose cases `developmentCases` is about where none is named: those at which the actor holds an office. */
export function ownOrganisations(deps: Deps) {
  return (actor: Actor): Promise<string[]> =>
    deps.transact(actor, async tx => {
      if (!seesWholeCounty(actor)) return readGrants(actor)
      const roots = await tx.$queryRawUnsafe<{ id: string }[]>(
        'select id from org_node where county_id = $1::uuid and superior_id is null',
        actor.countyId,
      )
      return roots.map(({ id }) => id)
    })
}

/** A case told in full: its facts as the actor may see them, its state, its rules, and what is in the way of the next step. */
export type ToldCase = {
  id: string
  state: CaseState
  rules: DevelopmentRules
  /** The rules as they stand with the county's additions, for each step: its own version where it is done. */
  rulesOfStep: (step: StepKey) => DevelopmentRules
  facts: RecordedFact[]
  missing: Finding[]
  deadlines: ReturnType<typeof caseDeadlines>
  /** Whether who asks sees the confidential parts too. */
  whole: boolean
}

/**
 * Tells cases in full. Who asks sees the state that all facts make, and of the facts those that are theirs to see: an
 * applicant's view is folded by the service itself, since a case cannot be told from a part of its facts.
 */
export function tellCases(deps: Deps) {
  return async (actor: Actor, ids: readonly string[]): Promise<Map<string, ToldCase>> => {
    const views = await readCases(deps)(actor, ids)
    return deps.transact(systemActor(actor.countyId), async tx => {
      const facts = await caseStore.factsOf(tx, actor.countyId, [...views.keys()])
      const policies = await readPolicies(tx, actor.countyId)
      const today = shanghaiDay(deps.now())
      const members = new Map(
        (
          await knownPeople(
            tx,
            actor.countyId,
            [...views.values()].map(({ memberId }) => memberId),
          )
        ).map(member => [member.id, member]),
      )
      return new Map(
        [...views.values()].map(view => {
          const all = facts.get(view.id) ?? []
          const state = fold(all.map(({ fact }) => fact))
          const rules = rulesOf(state, policies)
          const rulesOfStep = (step: StepKey) => {
            const done = state.done[step]
            if (!done?.version) return rules
            return withPolicy(developmentRulesOf(done.version), policies(done.on))
          }
          const birthDate = members.get(state.memberId)?.birthDate
          const missing =
            state.openStep === null
              ? []
              : judgeStep(
                  state,
                  { step: state.openStep, on: today, evidence: {} },
                  { today, rules, meeting: null, birthday18: birthDate ? birthdayAt(birthDate, 18) : today },
                )
          const whole = seesConfidential(view.as)
          const deadlines = caseDeadlines(progressOf(state), rules)
          return [
            view.id,
            {
              id: view.id,
              state,
              rules,
              rulesOfStep,
              facts: whole ? all : all.filter(({ fact }) => !isConfidential(fact)),
              missing,
              whole,
              // How long the political review holds is not for the person whom it is about.
              deadlines: whole ? deadlines : deadlines.filter(({ rule }) => rule !== 'POLITICAL_REVIEW_EXPIRES'),
            },
          ]
        }),
      )
    })
  }
}

export type Statistics = {
  open: { stage: string; count: number; overdue: number }[]
  done: { stage: string; month: string; count: number }[]
}

/** Open cases by stage, and steps done by stage and month of the last twelve, of each organisation and all below. */
export function readStatistics(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[]): Promise<Map<string, Statistics>> =>
    deps.transact(actor, async tx => {
      const places = [...(await deps.supervision.seen(tx, actor, orgIds))]
      const found = await caseLists.statistics(tx, places, shanghaiDay(deps.now()))
      return new Map(
        places.map(place => {
          const done = new Map<string, Statistics['done'][number]>()
          for (const { step, month, n } of found.done.filter(row => row.place === place)) {
            const stage = stageOf(step as StepKey)
            const key = `${month}/${stage}`
            done.set(key, { stage, month, count: (done.get(key)?.count ?? 0) + n })
          }
          const open = found.open
            .filter(row => row.place === place)
            .map(({ stage, n, overdue }) => ({ stage, count: n, overdue }))
          return [place, { open, done: [...done.values()] }]
        }),
      )
    })
}

/** The development plan of branches: open to those above and to the branch's own people. */
export function readPlan(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[]): Promise<Map<string, PlanRow[]>> =>
    deps.transact(actor, async tx => {
      const places = await deps.supervision.seen(tx, actor, orgIds)
      const open = orgIds.filter(id => places.has(id) || id === actor.memberOrgId)
      return Map.groupBy(await caseLists.plan(tx, open), row => row.orgId)
    })
}

/** The title of a step and who does it, for whoever asks. */
export const stepIn = (told: ToldCase, step: StepKey) => stepOf(told.rulesOfStep(step), step)

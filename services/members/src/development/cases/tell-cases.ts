import {
  birthdayAt,
  caseDeadlines,
  type DevelopmentPolicy,
  type DevelopmentRules,
  developmentRulesOf,
  type StepKey,
  stepOf,
  withPolicy,
} from '@linghang/rulebook'
import { one } from '@linghang/subgraph'
import { knownPeople } from '../../register/people/known-people.ts'
import type { Context, Work } from '../../work.ts'
import { readPolicies } from '../policies/read-policies.ts'
import type { CaseState } from './case.ts'
import { type Standpoint, seesConfidential } from './case-access.ts'
import { progressOf } from './case-progress.ts'
import { fold } from './case-state.ts'
import { isConfidential } from './facts.ts'
import { judgeStep } from './judge.ts'
import type { Finding } from './judgement.ts'
import type { SeenCase } from './read-cases.ts'
import { caseStore, type RecordedFact } from './store.ts'
import { rulesOf } from './write-case.ts'

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

type Told = { all: RecordedFact[]; state: CaseState; birthDate: string | undefined }

function tellTo(
  as: Standpoint,
  id: string,
  { all, state, birthDate }: Told,
  policies: (on: string) => DevelopmentPolicy,
  today: string,
): ToldCase {
  const rules = rulesOf(state, policies)
  const rulesOfStep = (step: StepKey) => {
    const done = state.done[step]
    if (!done?.version) return rules
    return withPolicy(developmentRulesOf(done.version), policies(done.on))
  }
  const missing =
    state.openStep === null
      ? []
      : judgeStep(
          state,
          { step: state.openStep, on: today, evidence: {} },
          { today, rules, meeting: null, birthday18: birthDate ? birthdayAt(birthDate, 18) : today },
        )
  const whole = seesConfidential(as)
  const deadlines = caseDeadlines(progressOf(state), rules)
  return {
    ...{ id, state, rules, rulesOfStep, missing, whole },
    facts: whole ? all : all.filter(({ fact }) => !isConfidential(fact)),
    // How long the political review holds is not for the person whom it is about.
    deadlines: whole ? deadlines : deadlines.filter(({ rule }) => rule !== 'POLITICAL_REVIEW_EXPIRES'),
  }
}

type Key = { as: Standpoint; id: string }
const keyOf = ({ as, id }: Key): string => `${as}/${id}`
function fromKey(key: string): Key {
  const [as, id] = key.split('/') as [Standpoint, string]
  return { as, id }
}

/**
 * By how somebody stands to a case that they were shown, and its id. They see the state that all facts make, and of the
 * facts those that are theirs to see: a case cannot be told from a part of its facts, so the service itself reads them.
 */
const toldCases = one(
  async ({ tx, actor, today }: Work, keys) => {
    const wanted = keys.map(fromKey)
    const ids = [...new Set(wanted.map(({ id }) => id))]
    const facts = await caseStore.factsOf(tx, actor.countyId, ids)
    const states = new Map(ids.map(id => [id, fold((facts.get(id) ?? []).map(({ fact }) => fact))]))
    const policies = await readPolicies(tx, actor.countyId)
    const memberIds = [...states.values()].map(({ memberId }) => memberId)
    const people = new Map((await knownPeople(tx, actor.countyId, memberIds)).map(one => [one.id, one]))
    return new Map(
      wanted.map(({ as, id }): [string, ToldCase] => {
        const state = states.get(id) as CaseState
        const told = { all: facts.get(id) ?? [], state, birthDate: people.get(state.memberId)?.birthDate }
        return [keyOf({ as, id }), tellTo(as, id, told, policies, today)]
      }),
    )
  },
  { rights: 'COUNTY' },
)

/** A case that the caller was shown, told in full. */
export const tellCase = (context: Context, kase: SeenCase): Promise<ToldCase | null> =>
  context.load(toldCases, keyOf(kase))

/** The title of a step and who does it, for whoever asks. */
export const stepIn = (told: ToldCase, step: StepKey) => stepOf(told.rulesOfStep(step), step)

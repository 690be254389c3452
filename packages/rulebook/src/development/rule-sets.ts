import { at, practice, rulesOf, type Version } from './rules-of-steps.ts'
import { type DevelopmentRules, type Need, type Step, type StepKey, stageOf, stepKeys } from './step.ts'
import { textsOf } from './step-texts.ts'

function createRules(version: Version, effectiveFrom: string): DevelopmentRules {
  const rules = rulesOf(version)
  return {
    version,
    effectiveFrom,
    steps: stepKeys.map((key, index): Step => {
      const { article, certainty, office = 'BRANCH', needs = [], waits = [] } = rules[key]
      return {
        number: index + 1,
        key,
        stage: stageOf(key),
        ...textsOf(version, key),
        office,
        citation: at(version, article, certainty),
        needs,
        waits,
      }
    }),
    activistReview: { months: 6, citation: at(version, 11) },
    thoughtReport: { months: 3, citation: practice },
    probation: { months: 12, citation: at(version, 31) },
    probationReview: { months: 3, citation: practice },
    extension: { atLeastMonths: 6, atMostMonths: 12, times: 1, citation: at(version, 31) },
    postponement: { atMostMonths: 6, citation: at(version, 35) },
  }
}

/** The versions in force, oldest first. The 2026 text is taken to be in effect from the day of its publication. */
export const developmentRules: readonly DevelopmentRules[] = [
  createRules('2014', '2014-05-28'),
  createRules('2026', '2026-05-18'),
]

/**
 * The version under which a step that was opened on `date` is done. A version that takes effect in mid-course applies
 * from the next step on: a step that was open already is finished under the old one.
 */
export const developmentRulesOn = (date: string): DevelopmentRules =>
  developmentRules.findLast(({ effectiveFrom }) => effectiveFrom <= date) ?? (developmentRules[0] as DevelopmentRules)

/** The rules of a version by its name. */
export const developmentRulesOf = (version: Version): DevelopmentRules =>
  developmentRules.find(rules => rules.version === version) as DevelopmentRules

/** A step of a set of rules. */
export const stepOf = (rules: DevelopmentRules, key: StepKey): Step =>
  rules.steps.find(step => step.key === key) as Step

/** What a step needs of one kind; null where it needs nothing of it. */
export const needOf = <K extends Need['kind']>(step: Pick<Step, 'needs'>, kind: K): Extract<Need, { kind: K }> | null =>
  step.needs.find((need): need is Extract<Need, { kind: K }> => need.kind === kind) ?? null

import type { Citation, DeadlineRule } from '../deadline.ts'
import type { Rung } from '../ladder.ts'
import { developmentRules, needOf } from './rule-sets.ts'
import type { DevelopmentRules, Need, Step, StepKey, Wait } from './step.ts'
import { stepKeys } from './step.ts'
import type { DevelopmentTemplate } from './templates.ts'

/**
 * What a county asks beyond the national rules. It may add materials, lengthen what must be waited for and tighten what
 * must be done in time; it can never shorten a national wait. Where no national rule speaks, it says how it does.
 */
export type DevelopmentPolicy = {
  /** Steps that are opened from this day on follow it. */
  effectiveFrom: string
  /** Where the county has decided it. */
  citation: Citation
  materials: readonly { step: StepKey; template: DevelopmentTemplate }[]
  /** Months to wait at least, for steps that have to wait. */
  earliest: readonly { step: StepKey; months: number }[]
  /** Months within which a step must be done, for steps that have such a term. */
  latest: readonly { step: StepKey; months: number }[]
  /** Working days of public notice before a step is done. */
  notices: readonly { step: StepKey; workingDays: number }[]
  training: { days: number; hours: number } | null
  /** Which rungs the reminders of a rule climb; rules that are left out keep the default. */
  ladders: Partial<Record<DeadlineRule, readonly Rung[]>>
  practice: CountyPractice
}

/** What no national rule says and places do each in their way: a county says how it does; null or false, as most do. */
export type CountyPractice = {
  /** Working days of a notice are counted from the day after it is hung out (《民法典》第二百零一条). */
  noticeFromNextDay: boolean
  /** A probationary member is reviewed every so many months: 1 to 12, every quarter where it is left out. */
  probationReviewMonths: number | null
  /** Declared relatives are neither contact nor introducer (贵州省发展党员工作规程). */
  relativesKeptOut: boolean
  /** One member is contact or introducer of so many open cases at most: 1 to 20. */
  casesPerCompanion: number | null
  /** The committee meets for the pre-review too (贵州：原则上要召开党委会). */
  preReviewInMeeting: boolean
}

export const commonPractice: CountyPractice = {
  noticeFromNextDay: false,
  probationReviewMonths: null,
  relativesKeptOut: false,
  casesPerCompanion: null,
  preReviewInMeeting: false,
}

export const noPolicy: DevelopmentPolicy = {
  effectiveFrom: '2014-05-28',
  citation: { article: '', source: '', certainty: 'VERIFIED' },
  materials: [],
  earliest: [],
  latest: [],
  notices: [],
  training: null,
  ladders: {},
  practice: commonPractice,
}

export const longestReviewMonths = 12
export const mostCasesEach = 20

export type PolicyFault = {
  code: 'NATIONAL_TERM_SHORTENED' | 'NO_SUCH_TERM' | 'TERM_OUT_OF_RANGE'
  step: StepKey
  found: number
  /** The national number; null where the regulation has no such term at this step. */
  wanted: number | null
  citation: Citation | null
}

const longestMonths = 60
const longestNoticeDays = 60
const inRange = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

function faultsAgainst(policy: DevelopmentPolicy, rules: DevelopmentRules): PolicyFault[] {
  const faults: PolicyFault[] = []
  const stepOf = (key: StepKey) => rules.steps[stepKeys.indexOf(key)] as Step
  const terms = (
    wanted: readonly { step: StepKey; months: number }[],
    nature: Wait['nature'],
    weakens: (found: number, national: number) => boolean,
  ) => {
    for (const { step, months } of wanted) {
      const national = stepOf(step).waits.find(wait => wait.nature === nature)
      if (!inRange(months, longestMonths))
        faults.push({ code: 'TERM_OUT_OF_RANGE', step, found: months, wanted: longestMonths, citation: null })
      else if (national && weakens(months, national.months))
        faults.push({
          code: 'NATIONAL_TERM_SHORTENED',
          step,
          found: months,
          wanted: national.months,
          citation: national.citation,
        })
    }
  }
  terms(policy.earliest, 'EARLIEST', (found, national) => found < national)
  terms(policy.latest, 'LATEST', (found, national) => found > national)
  for (const { step, workingDays } of policy.notices) {
    const national = needOf(stepOf(step), 'NOTICE')
    if (!inRange(workingDays, longestNoticeDays))
      faults.push({ code: 'TERM_OUT_OF_RANGE', step, found: workingDays, wanted: longestNoticeDays, citation: null })
    else if (national && workingDays < national.workingDays)
      faults.push({
        code: 'NATIONAL_TERM_SHORTENED',
        step,
        found: workingDays,
        wanted: national.workingDays,
        citation: national.citation,
      })
  }
  const training = needOf(stepOf('TRAINING'), 'TRAINING')
  if (policy.training && training) {
    const { days, hours } = policy.training
    if (days < training.days || hours < training.hours)
      faults.push({
        code: 'NATIONAL_TERM_SHORTENED',
        step: 'TRAINING',
        found: days < training.days ? days : hours,
        wanted: days < training.days ? training.days : training.hours,
        citation: training.citation,
      })
  }
  return faults
}

/** Terms that no version knows at that step: nothing would ever ask for them. */
const unknownTerms = (policy: DevelopmentPolicy): PolicyFault[] =>
  (['EARLIEST', 'LATEST'] as const).flatMap(nature =>
    (nature === 'EARLIEST' ? policy.earliest : policy.latest)
      .filter(
        ({ step }) =>
          !developmentRules.some(rules =>
            rules.steps[stepKeys.indexOf(step)]?.waits.some(wait => wait.nature === nature),
          ),
      )
      .map(({ step, months }) => ({
        code: 'NO_SUCH_TERM' as const,
        step,
        found: months,
        wanted: null,
        citation: null,
      })),
  )

/** What in a county's policy is against the national rules, in any version that is in force; empty when it may stand. */
export function policyFaults(policy: DevelopmentPolicy): PolicyFault[] {
  const faults = [...unknownTerms(policy), ...developmentRules.flatMap(rules => faultsAgainst(policy, rules))]
  return faults.filter(
    (fault, index) => faults.findIndex(other => other.step === fault.step && other.code === fault.code) === index,
  )
}

/** The national rules with what a county adds to them. */
export function withPolicy(rules: DevelopmentRules, policy: DevelopmentPolicy): DevelopmentRules {
  const { citation } = policy
  const months = (list: DevelopmentPolicy['earliest'], step: StepKey) => list.find(one => one.step === step)?.months
  const steps = rules.steps.map((step): Step => {
    const noticeDays = policy.notices.find(one => one.step === step.key)?.workingDays
    const waits = step.waits.map(wait => {
      const own = months(wait.nature === 'EARLIEST' ? policy.earliest : policy.latest, step.key)
      return own === undefined || own === wait.months ? wait : { ...wait, months: own, citation }
    })
    const { practice } = policy
    const countsFirstDay = !practice.noticeFromNextDay
    const needs = step.needs
      .map((need): Need => {
        if (need.kind === 'NOTICE') {
          const own = noticeDays !== undefined && noticeDays !== need.workingDays
          return { ...need, countsFirstDay, ...(own ? { workingDays: noticeDays, citation } : {}) }
        }
        if (need.kind === 'PEOPLE' && (practice.relativesKeptOut || practice.casesPerCompanion !== null))
          return {
            ...need,
            limits: { relatives: !practice.relativesKeptOut, casesEach: practice.casesPerCompanion, citation },
          }
        if (need.kind === 'APPROVAL' && need.approval === 'PRE_REVIEW' && practice.preReviewInMeeting)
          return { ...need, inMeeting: true, citation }
        if (need.kind === 'TRAINING' && policy.training) return { ...need, ...policy.training, citation }
        return need
      })
      .concat(
        policy.materials
          .filter(one => one.step === step.key)
          .map(({ template }): Need => ({ kind: 'MATERIAL', level: 'BLOCK', citation, anyOf: [template] })),
        noticeDays !== undefined && !step.needs.some(need => need.kind === 'NOTICE')
          ? [{ kind: 'NOTICE', level: 'BLOCK', citation, workingDays: noticeDays, countsFirstDay }]
          : [],
      )
    return { ...step, waits, needs }
  })
  const every = policy.practice.probationReviewMonths
  return { ...rules, steps, ...(every === null ? {} : { probationReview: { months: every, citation } }) }
}

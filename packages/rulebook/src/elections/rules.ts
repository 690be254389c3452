import { type CountRules, type Share, usualCountRules } from './counting.ts'
import { type ElectionStep, stepRules } from './timeline.ts'

/** Days from the assembly by step, where a county has others than practice has. */
export type StepDays = Readonly<Partial<Record<ElectionStep, number>>>

/**
 * What a county may have otherwise where handbooks differ; that of the day on which an election was opened holds until
 * it is over, so that nobody is elected by rules that came afterwards.
 */
export type ElectionRules = CountRules & {
  /** So many days before the term ends an election is still held in its time. */
  inTimeDays: number
  days: StepDays
}
export const usualElectionRules: ElectionRules = { ...usualCountRules, inTimeDays: 60, days: {} }

/** How many of a new committee have to be there: a handbook has four fifths, another two thirds (law B1: open). */
export const plenaryQuorums = {
  FOUR_FIFTHS: usualCountRules.plenaryQuorum,
  TWO_THIRDS: { numerator: 2, denominator: 3, operator: 'AT_LEAST' },
} as const satisfies Readonly<Record<string, Share>>
export type PlenaryQuorum = keyof typeof plenaryQuorums

/** Longer ahead nobody prepares an election, and a result waits no longer. */
export const stepDayBounds = { from: -365, until: 90 } as const
export const inTimeBounds = { from: 0, until: 180 } as const

/** The working days of a notice fit between it and the assembly. */
const announcedByLatest = -7

export type StepDayFault = { step: ElectionStep; found: number; from: number; until: number }

/**
 * What is wrong with the days of a county; null where each step can be done after the one before it, candidates are
 * announced long enough, and the assembly is the day from which the others count.
 */
export function stepDayFault(days: StepDays): StepDayFault | null {
  let from: number = stepDayBounds.from
  const assembly = stepRules.findIndex(({ step }) => step === 'ASSEMBLY')
  for (const [i, { step, day }] of stepRules.entries()) {
    const found = days[step] ?? day
    const latest = step === 'ANNOUNCEMENT' ? announcedByLatest : i <= assembly ? 0 : stepDayBounds.until
    const [least, until] = step === 'ASSEMBLY' ? [0, 0] : [from, latest]
    if (!Number.isInteger(found) || found < least || found > until) return { step, found, from: least, until }
    from = found
  }
  return null
}

export type IndicatorKey =
  | 'APPLICANTS'
  | 'ACTIVISTS'
  | 'CANDIDATES'
  | 'PROBATIONARY_MEMBERS'
  | 'FULL_MEMBERS'
  | 'DUES_DATA_COMPLETE'

export type Indicator = { key: IndicatorKey; value: number | null; counted: number; outOf: number | null }

/** Numbers of people, as they add up from organisation to organisation. */
export type Tally = {
  applicants: number
  activists: number
  candidates: number
  probationary: number
  fullMembers: number
  owingDues: number
  duesComplete: number
}

const count = (key: IndicatorKey, counted: number): Indicator => ({ key, value: counted, counted, outOf: null })

/** A share of nothing is not known, rather than nothing or all. */
const share = (key: IndicatorKey, counted: number, outOf: number): Indicator => ({
  key,
  value: outOf === 0 ? null : counted / outOf,
  counted,
  outOf,
})

/** The first indicators: people by kind, and how much of the dues data is there. */
export const indicatorsOf = (tally: Tally): Indicator[] => [
  count('APPLICANTS', tally.applicants),
  count('ACTIVISTS', tally.activists),
  count('CANDIDATES', tally.candidates),
  count('PROBATIONARY_MEMBERS', tally.probationary),
  count('FULL_MEMBERS', tally.fullMembers),
  share('DUES_DATA_COMPLETE', tally.duesComplete, tally.owingDues),
]

/** One person's part in them. */
export const indicatorsOfPerson = (person: { owesDues: boolean; duesComplete: boolean }): Indicator[] => [
  share('DUES_DATA_COMPLETE', person.owesDues && person.duesComplete ? 1 : 0, person.owesDues ? 1 : 0),
]

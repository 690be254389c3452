/** What a county has decided, and from when; `effectiveFrom` and `basis` null where it has decided nothing. */
export type LifeSettings = {
  effectiveFrom: string | null
  themeDay: number | null
  themeDayBy: number | null
  plansFiled: boolean
  /** Only where they are filed. */
  plansApproved: boolean
  basis: string | null
}

/** Where a county has decided nothing branches have a day of their own, nobody is warned and nothing is handed in. */
export const undecided: LifeSettings = {
  ...{ effectiveFrom: null, themeDay: null, themeDayBy: null, plansFiled: false, plansApproved: false, basis: null },
}

/** Every month has these days. */
export const lastDay = 28

/** What holds on a day: the newest that has begun by then. @param decided oldest first */
export const heldOn = (decided: readonly LifeSettings[], day: string): LifeSettings =>
  decided.findLast(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom <= day) ?? undecided

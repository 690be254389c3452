import {
  type ArrearsLadder,
  type DuesDeadlines,
  type DuesSettings,
  type MemberReminders,
  usualArrearsLadder,
  usualDuesDeadlines,
  usualDuesSettings,
  usualMemberReminders,
} from '@linghang/rulebook'

/** What a county decides. */
export type DecidedSettings = DuesSettings & ArrearsLadder & MemberReminders & DuesDeadlines

/** What a county has decided, and from when; `effectiveFrom` and `basis` null where it has decided nothing. */
export type CountyDuesSettings = DecidedSettings & { effectiveFrom: string | null; basis: string | null }

/** What is commonly done. */
export const undecided: CountyDuesSettings = {
  ...usualDuesSettings,
  ...usualArrearsLadder,
  ...usualMemberReminders,
  ...usualDuesDeadlines,
  effectiveFrom: null,
  basis: null,
}

/** What holds on a day: the newest that has begun by then, or what is commonly done. */
export const settingsOn = (decided: readonly CountyDuesSettings[], on: string): CountyDuesSettings =>
  decided
    .filter(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom <= on)
    .toSorted((one, other) => ((one.effectiveFrom ?? '') < (other.effectiveFrom ?? '') ? -1 : 1))
    .at(-1) ?? undecided

/**
 * Personal codes (S1-5) are an offer beside the branch's list, which is its equal. How long a code is shown, how far the
 * clocks of two phones may differ, and around a meeting's beginning when codes are taken: no text has these, the offices'
 * practice sets them.
 */
export const signInRule = {
  stepSeconds: 30,
  toleranceSteps: 1,
  opensBeforeHours: 2,
  closesAfterHours: 24,
  entries: 500,
} as const

/** Which of its turns a code is in at an instant. */
export const stepAt = (instant: Date): number => Math.floor(instant.getTime() / 1000 / signInRule.stepSeconds)

/** Whether a code was read while it was shown, give or take what two clocks differ. */
export const isCurrent = (step: number, readAt: Date): boolean =>
  Math.abs(stepAt(readAt) - step) <= signInRule.toleranceSteps

const hour = 3_600_000

/** Whether codes are taken for a meeting at an instant. */
export const takesCodes = (startsAt: Date, readAt: Date): boolean =>
  readAt.getTime() >= startsAt.getTime() - signInRule.opensBeforeHours * hour &&
  readAt.getTime() <= startsAt.getTime() + signInRule.closesAfterHours * hour

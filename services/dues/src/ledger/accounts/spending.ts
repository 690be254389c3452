/** For which of the reasons of journals money is spent: what counts against limits. */
export const spendingReasons = ['SPENT'] as const

import { defineErrors } from '@linghang/subgraph/errors'

/** Summaries refuse what every room does. */
export const { fail } = defineErrors({})

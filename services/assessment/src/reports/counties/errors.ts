import { defineErrors } from '@linghang/subgraph/errors'

/** Counties side by side refuse what every room does. */
export const { fail } = defineErrors({})

import { defineErrors } from '@linghang/subgraph/errors'

/** What looking for meetings is refused for. */
export const { fail, table } = defineErrors({})

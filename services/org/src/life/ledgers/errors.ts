import { defineErrors } from '@linghang/subgraph/errors'

/** What asking for a ledger is refused for. */
export const { fail, table } = defineErrors({})

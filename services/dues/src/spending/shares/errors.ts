import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofJournals } from '../../ledger/journals/errors.ts'

/** Passing dues up is refused for what posting is. */
export const { fail } = defineErrors({}, {}, ofJournals)

import type { RequestContext } from '@linghang/subgraph'
import type { ImportWork } from './imports/roster-import.ts'

/** What resolvers of imports are given, in whatever service. */
export type Context = RequestContext<ImportWork>

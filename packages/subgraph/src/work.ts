import type { Work } from '@linghang/access'
import type { RequestContext } from './request-context.ts'

/** What resolvers of the rooms that this package brings are given, in whatever service. */
export type Context = RequestContext<Work>

import { room } from '../../work.ts'
import { table } from './errors.ts'
import { noticeResolvers } from './resolvers.ts'

/** Meetings before they are held: planned, announced to those whose they are, and what those answer. */
export const notices = room({ errors: table, resolvers: noticeResolvers })

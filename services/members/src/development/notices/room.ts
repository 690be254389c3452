import { room } from '../../work.ts'
import { noticeResolvers } from './resolvers.ts'

/** What hangs for the unit's people to read, and what they have against it. */
export const notices = room({ resolvers: noticeResolvers })

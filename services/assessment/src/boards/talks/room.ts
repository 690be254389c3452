import { room } from '../../work.ts'
import { table } from './errors.ts'
import { talkById } from './read-talks.ts'
import { talkResolvers } from './resolvers.ts'

/** Whose heads are called in after three months on the black list, and what came of it. */
export const talks = room({ errors: table, nodes: { BoardTalk: talkById }, resolvers: talkResolvers })

import { room } from '../../work.ts'
import { table } from './errors.ts'
import { followEndings } from './follow-endings.ts'
import { followSplits } from './follow-splits.ts'
import { memberById } from './read-members.ts'
import { peopleResolvers } from './resolvers.ts'

/** Who is in the register, what it says of them, and what is recorded of them apart from a development case. */
export const people = room({
  errors: table,
  nodes: { Member: memberById },
  resolvers: peopleResolvers,
  reactions: { 'ended-organisations': [followEndings, followSplits] },
})

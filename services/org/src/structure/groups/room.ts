import { room } from '../../work.ts'
import { table } from './errors.ts'
import { leaveGroups } from './leave-groups.ts'
import { groupById } from './read-groups.ts'
import { groupResolvers } from './resolvers.ts'

/** Party groups (党小组) of branches: who leads them and who belongs to which. */
export const groups = room({
  errors: table,
  nodes: { PartyGroup: groupById },
  resolvers: groupResolvers,
  reactions: { 'party-groups': [leaveGroups] },
})

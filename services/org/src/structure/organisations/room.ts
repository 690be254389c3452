import { room } from '../../work.ts'
import { table } from './errors.ts'
import { organisationById } from './read-organisations.ts'
import { organisationResolvers } from './resolvers.ts'

/** Organisations (党组织) and the tree in which they stand. */
export const organisations = room({
  errors: table,
  nodes: { Organisation: organisationById },
  resolvers: organisationResolvers,
})

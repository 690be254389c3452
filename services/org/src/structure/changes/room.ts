import { room } from '../../work.ts'
import { table } from './errors.ts'
import { changeById } from './read-changes.ts'
import { changeResolvers } from './resolvers.ts'

/** Changes to organisations as processes (设立、更名、升格、隶属变更): asked for, decided, carried out. */
export const changes = room({ errors: table, nodes: { OrganisationChange: changeById }, resolvers: changeResolvers })

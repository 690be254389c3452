import { room } from '../../work.ts'
import { table } from './errors.ts'
import { officeById } from './read-offices.ts'
import { officeResolvers } from './resolvers.ts'

/** Who holds which office (职务) where, from when to when; a login that is let go loses its own. */
export const offices = room({ errors: table, nodes: { Office: officeById }, resolvers: officeResolvers })

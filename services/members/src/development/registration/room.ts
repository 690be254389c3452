import { room } from '../../work.ts'
import { table } from './errors.ts'
import { registrationResolvers } from './resolvers.ts'

/** What offices write into the register that a development case goes with: it opens, decides, or goes on. */
export const registration = room({ errors: table, resolvers: registrationResolvers })

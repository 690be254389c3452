import { room } from '../../work.ts'
import { holderResolvers } from './resolvers.ts'

/** Whose dues something is, for whoever keeps the books and not the register. */
export const holders = room({ resolvers: holderResolvers })

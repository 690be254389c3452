import { room } from '../../work.ts'
import { boardResolvers } from './resolvers.ts'

/** Boards of members and branches, as the county has decided them: computed from published sheets when they are read. */
export const boards = room({ resolvers: boardResolvers })

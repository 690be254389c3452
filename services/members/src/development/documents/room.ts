import { room } from '../../work.ts'
import { documentResolvers } from './resolvers.ts'
import { documentRoutes } from './routes.ts'

/** Documents made from a case, and its dossier as one archive. */
export const documents = room({ resolvers: documentResolvers, routes: documentRoutes })

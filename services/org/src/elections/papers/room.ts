import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { paperResolvers } from './resolvers.ts'
import { paperRoutes } from './routes.ts'

/** The 37 papers of an election (选举材料): each filled from its facts, one by one or all at once. */
export const electionPapersRoom = (links: Links) =>
  room({ errors: table, resolvers: paperResolvers(links), routes: paperRoutes(links) })

import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { minutesResolvers } from './resolvers.ts'
import { minutesRoutes } from './routes.ts'

/** Minutes of meetings as documents, from what is written down of them. */
export const minutes = (links: Links) => room({ resolvers: minutesResolvers(links), routes: minutesRoutes(links) })

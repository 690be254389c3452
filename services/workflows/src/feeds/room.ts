import type { AsService, Perform } from '@linghang/access'
import { type Own, room, type Tx, type Work } from '../work.ts'
import { table } from './errors.ts'
import type { Titles } from './feed.ts'
import { feedResolvers } from './resolvers.ts'
import { feedRoutes } from './routes.ts'

/**
 * What falls due as a calendar, behind a secret address. Whoever knows it is answered without being anybody's request:
 * it is looked up by the service itself, and shown as its maker may see it.
 */
export const feeds = (
  ground: Own & { asService: AsService<Tx>; perform: Perform<Work>; now: () => Date; titles: Titles },
) =>
  room({
    errors: table,
    resolvers: feedResolvers(ground.secretOf),
    routes: app => feedRoutes(app, ground),
  })

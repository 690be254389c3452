import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { sheetResolvers } from './resolvers.ts'
import { sheetRoutes } from './routes.ts'

/** The sheets that members sign where the yearly fixing is confirmed on paper. */
export const sheets = (links: Links) =>
  room({ errors: table, resolvers: sheetResolvers(links), routes: sheetRoutes(links) })

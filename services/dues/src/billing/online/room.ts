import { room } from '../../work.ts'
import { table } from './errors.ts'
import type { Ear } from './hear-provider.ts'
import { orderById } from './read-orders.ts'
import { orderResolvers } from './resolvers.ts'
import { paymentRoutes } from './routes.ts'

/**
 * Dues that members pay online, through a provider of payments.
 * @param ear null where none is configured: everything here then says so
 */
export const online = (ear: Ear | null, log: { warn(fields: object, message: string): void }) =>
  room({
    errors: table,
    nodes: { DuesOrder: orderById },
    resolvers: orderResolvers(ear?.payments ?? null),
    routes: app => paymentRoutes(app, ear, log),
  })

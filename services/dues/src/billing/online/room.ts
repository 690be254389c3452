import { room } from '../../work.ts'
import { table } from './errors.ts'
import type { Ear } from './hear-provider.ts'
import { orderById } from './read-orders.ts'
import { orderResolvers } from './resolvers.ts'
import { paymentRoutes, type Told } from './routes.ts'

/**
 * Dues that members pay online, through a provider of payments.
 * @param ear null where none is configured: everything here then says so
 * @param told who is told what became of a callback
 */
export const online = (ear: Ear | null, told: Told) =>
  room({
    errors: table,
    nodes: { DuesOrder: orderById },
    resolvers: orderResolvers(ear?.payments ?? null),
    routes: app => paymentRoutes(app, ear, told),
  })

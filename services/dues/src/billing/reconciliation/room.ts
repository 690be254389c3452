import { room } from '../../work.ts'
import type { Payments } from '../online/payments.ts'
import { table } from './errors.ts'
import { mismatchById, settlementById } from './read-reconciliation.ts'
import { reconciliationResolvers } from './resolvers.ts'

/**
 * What the provider of payments says of a day, held against our orders, and the bank's word that it has the money.
 * @param payments null where dues are not taken online
 */
export const reconciliation = (payments: Payments | null) =>
  room({
    errors: table,
    nodes: { DuesSettlement: settlementById, DuesMismatch: mismatchById },
    resolvers: reconciliationResolvers(payments),
  })

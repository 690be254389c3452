import { room } from '../../work.ts'
import { table } from './errors.ts'
import { paymentById } from './read-payments.ts'
import { paymentResolvers } from './resolvers.ts'

/** What was received of members' dues, and what it paid. */
export const memberPayments = room({ errors: table, nodes: { DuesPayment: paymentById }, resolvers: paymentResolvers })

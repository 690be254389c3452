import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { holderOf } from '../records/holder.ts'
import { isOpen } from './order.ts'
import { cancelOrder, checkOrder, payOnline } from './pay-online.ts'
import type { Payments } from './payments.ts'
import { orderById, orderCountOf, ordersOfMember, refundOfOrder } from './read-orders.ts'
import { refundOrder } from './refund-order.ts'

const payload = async (context: Context, id: string) => ({ order: await context.load(orderById, id) })
const idOf = (orderId: string) => fromId('DuesOrder', orderId, 'orderId')

export const orderResolvers = (payments: Payments | null): Resolvers => ({
  Member: {
    duesOrders: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Member.duesOrders', uuid],
        read: stretch => context.load(ordersOfMember, uuid, stretch),
        count: () => context.load(orderCountOf, uuid),
        place: ({ id }) => [id],
      }),
  },
  DuesOrder: {
    holder: holderOf,
    id: ({ id }) => toId('DuesOrder', id),
    ref: ({ id }) => toId('DuesOrder', id),
    member: ({ memberId }) => ref('Member', memberId),
    refund: ({ id }, _, context) => context.load(refundOfOrder, id),
    state: order => (order.state === 'OPENING' ? 'PENDING' : order.state),
    // Whoever pays for somebody else by a code that they looked up would be a payer whom nobody has asked.
    codeUrl: (order, _, { actor }) => (isOpen(order) && order.memberId === actor.memberId ? order.codeUrl : null),
  },
  DuesRefund: { state: ({ state }) => (state === 'OPENED' ? 'PROCESSING' : state) },
  Mutation: {
    payDuesOnline: async (_, { input }, context) => {
      const { amountFen, kind, openId, idempotencyKey } = input
      const wanted = {
        amountFen: amountFen == null ? null : BigInt(amountFen),
        openId: openId ?? null,
        kind: kind ?? ('DUES' as const),
      }
      const { id, page } = await payOnline(context, payments, wanted, idempotencyKey)
      return { ...(await payload(context, id)), page }
    },
    checkDuesOrder: async (_, { input }, context) => {
      const id = idOf(input.orderId)
      await checkOrder(context, payments, id)
      return payload(context, id)
    },
    refundDuesOrder: async (_, { input }, context) => {
      const orderId = idOf(input.orderId)
      await refundOrder(context, payments, { orderId, reason: input.reason }, input.idempotencyKey)
      return payload(context, orderId)
    },
    cancelDuesOrder: async (_, { input }, context) => {
      const id = idOf(input.orderId)
      await cancelOrder(context, payments, id)
      return payload(context, id)
    },
  },
})

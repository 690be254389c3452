import { monthOf } from '@linghang/rulebook'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { holderOf } from '../records/holder.ts'
import { decideDuesWaiver, endDuesWaiver } from './decide-waiver.ts'
import { groundOf, waiverById, waiverCountAt, waiverInForce, waiversAt, waiversOfMember } from './read-waivers.ts'
import { requestDuesWaiver } from './request-waiver.ts'

const waiverOf = async (context: Context, id: string) => ({ waiver: await context.load(waiverById, id) })
const idOfWaiver = (id: string) => fromId('DuesWaiver', id, 'waiverId')

export const waiverResolvers: Resolvers = {
  DuesRecord: {
    waivers: ({ memberId }, _, context) => context.load(waiversOfMember, memberId),
    waivedFor: ({ memberId }, { month }, context) =>
      context.load(waiverInForce, memberId, monthOf(month ?? context.today)),
  },
  Organisation: {
    duesWaivers: ({ uuid }, { states: asked, ...args }, context) => {
      const states = asked ?? null
      return connection(context, args, {
        of: ['Organisation.duesWaivers', uuid, states],
        read: stretch => context.load(waiversAt, uuid, states, stretch),
        count: () => context.load(waiverCountAt, uuid, states),
        place: ({ id }) => [id],
      })
    },
  },
  DuesWaiver: {
    holder: holderOf,
    id: ({ id }) => toId('DuesWaiver', id),
    ref: ({ id }) => toId('DuesWaiver', id),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    committee: ({ committeeId }) => ref('Organisation', committeeId),
    hardship: async ({ id }, _, context) => (await context.load(groundOf, id))?.hardship ?? null,
    reason: async ({ id }, _, context) => (await context.load(groundOf, id))?.reason ?? null,
  },
  Mutation: {
    requestDuesWaiver: async (_, { input }, context) => {
      const { memberId, partFen, idempotencyKey, ...rest } = input
      const wanted = {
        ...{ ...rest, memberId: fromId('Member', memberId, 'memberId') },
        partFen: partFen == null ? null : BigInt(partFen),
      }
      return waiverOf(context, await context.run(requestDuesWaiver, wanted, idempotencyKey))
    },
    decideDuesWaiver: async (_, { input }, context) => {
      const { waiverId, version, approved, idempotencyKey } = input
      const wanted = { waiverId: idOfWaiver(waiverId), version, approved }
      return waiverOf(context, await context.run(decideDuesWaiver, wanted, idempotencyKey))
    },
    endDuesWaiver: async (_, { input }, context) => {
      const { waiverId, version, lastMonth, idempotencyKey } = input
      const wanted = { waiverId: idOfWaiver(waiverId), version, lastMonth }
      return waiverOf(context, await context.run(endDuesWaiver, wanted, idempotencyKey))
    },
  },
}

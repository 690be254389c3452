import { fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { decideExemption } from './decide-exemption.ts'
import { endExemption } from './end-exemption.ts'
import { exemptionById, exemptionsOf } from './read-exemptions.ts'

const payload = async (context: Context, id: string) => ({ exemption: await context.load(exemptionById, id) })

export const exemptionResolvers: Resolvers = {
  Member: {
    exemptions: ({ uuid }, _, context) => context.load(exemptionsOf, uuid),
  },
  Exemption: {
    id: ({ id }) => toId('Exemption', id),
    ref: ({ id }) => toId('Exemption', id),
    member: ({ memberId }) => ref('Member', memberId),
    from: ({ fromDay }) => fromDay,
    until: ({ untilDay }) => untilDay,
  },
  Mutation: {
    decideExemption: async (_, { input }, context) => {
      const wanted = {
        memberId: fromId('Member', input.memberId, 'memberId'),
        ...{ reason: input.reason, fromDay: input.from, untilDay: input.until ?? null },
        ...{ decidedOn: input.decidedOn, basis: input.basis },
      }
      return payload(context, await context.run(decideExemption, wanted, input.idempotencyKey))
    },
    endExemption: async (_, { input }, context) => {
      const wanted = { id: fromId('Exemption', input.id), untilDay: input.until, reason: input.reason }
      return payload(context, await context.run(endExemption, wanted, input.idempotencyKey))
    },
  },
}

import { fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import { placeInTemporaryBranch } from './place-people.ts'
import { placementsOf } from './read-placements.ts'

export const placementResolvers: Resolvers = {
  Organisation: {
    takingPart: async ({ id }, _, context) =>
      (await context.load(placementsOf, id)).map(({ memberId, fromOn }) => ({
        ...{ memberId: toId('Member', memberId), member: ref('Member', memberId), from: fromOn },
      })),
  },
  Mutation: {
    placeInTemporaryBranch: async (_, { input }, context) => {
      const wanted = {
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        memberIds: input.memberIds.map(id => fromId('Member', id, 'memberIds')),
      }
      const id = await context.run(placeInTemporaryBranch, wanted, input.idempotencyKey)
      return { organisation: await context.load(organisationById, id) }
    },
  },
}

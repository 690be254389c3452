import { fromId, optionalId, ref, requireGiven, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import { changePartyGroup, endPartyGroup, formPartyGroup } from './form-group.ts'
import { groupById, groupMembersOn, groupsOf } from './read-groups.ts'

const payload = async (context: Context, id: string) => ({ group: await context.load(groupById, id) })
const peopleOf = (ids: readonly string[]) => ids.map(id => fromId('Member', id, 'memberIds'))

export const groupResolvers: Resolvers = {
  Organisation: {
    groups: ({ id }, _, context) => context.load(groupsOf, id),
  },
  PartyGroup: {
    id: group => toId('PartyGroup', group.id),
    organisation: ({ orgId }, _, context) => context.load(organisationById, orgId),
    leader: ({ leaderId }) => ref('Member', leaderId),
    leaderId: ({ leaderId }) => leaderId && toId('Member', leaderId),
    members: async ({ id }, { on }, context) =>
      (await context.load(groupMembersOn, id, on ?? null)).map(memberId => ({
        memberId: toId('Member', memberId),
        member: ref('Member', memberId),
      })),
  },
  Mutation: {
    formPartyGroup: async (_, { input }, context) => {
      const wanted = {
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        name: input.name,
        memberIds: peopleOf(input.memberIds),
        leaderId: optionalId('Member', input.leaderId, 'leaderId'),
      }
      return payload(context, await context.run(formPartyGroup, wanted, input.idempotencyKey))
    },
    changePartyGroup: async (_, { input }, context) => {
      const { id, idempotencyKey, name, memberIds, leaderId } = input
      requireGiven(input, ['name', 'memberIds'])
      const wanted = {
        id: fromId('PartyGroup', id),
        ...(name == null ? {} : { name }),
        ...(memberIds == null ? {} : { memberIds: peopleOf(memberIds) }),
        ...(leaderId === undefined ? {} : { leaderId: optionalId('Member', leaderId, 'leaderId') }),
      }
      return payload(context, await context.run(changePartyGroup, wanted, idempotencyKey))
    },
    endPartyGroup: async (_, { input }, context) => {
      const wanted = { id: fromId('PartyGroup', input.id), reason: input.reason }
      return payload(context, await context.run(endPartyGroup, wanted, input.idempotencyKey))
    },
  },
}

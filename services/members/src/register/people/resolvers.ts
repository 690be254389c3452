import { connection, fromId, mayEnter, ref, refOf, toId } from '@linghang/subgraph'
import type { MemberFilter as PeopleFilter, Resolvers } from '../../generated/schema-types.ts'
import { absencesOf, recordLeaving } from './leave-register.ts'
import { nameBeginning } from './member.ts'
import type { MemberFilter } from './member-list-store.ts'
import { memberPayload } from './member-payload.ts'
import { findMemberByIdNumber, revealIdentity } from './number-looks.ts'
import { endPenalty, penaltiesOf, recordPenalty } from './penalties.ts'
import { countOrganisations, memberById, memberCountOf, membersOf } from './read-members.ts'
import { transferMember } from './transfer-member.ts'

const toFilter = (input: PeopleFilter | null | undefined): MemberFilter => ({
  kinds: input?.kinds ?? null,
  nameStartsWith: input?.nameStartsWith == null ? null : nameBeginning(input.nameStartsWith),
  floating: input?.floating ?? null,
  lostContact: input?.lostContact ?? null,
})

export const peopleResolvers: Resolvers = {
  Node: { __resolveType: () => 'Member' },
  Query: {
    member: (_, args, context) => context.load(memberById, fromId('Member', args.id)),
    organisationsInRegister: (_, __, context) => context.perform(countOrganisations),
    memberByIdNumber: (_, args, context) => context.perform(work => findMemberByIdNumber(work, args)),
  },
  Organisation: {
    __resolveReference: refOf('Organisation'),
    members: ({ uuid }, { below, ...args }, context) => {
      const filter = toFilter(args.filter)
      return connection(context, args, {
        of: ['Organisation.members', uuid, below, filter],
        read: stretch => context.load(membersOf, uuid, { below, filter, stretch }),
        count: () => context.load(memberCountOf, uuid, below, filter),
        place: row => [row.nameKey, row.id],
      })
    },
  },
  Member: {
    id: member => toId('Member', member.id),
    ref: member => toId('Member', member.id),
    penalties: (member, _, context) => context.load(penaltiesOf, member.id),
    absences: (member, _, context) => context.load(absencesOf, member.id),
    organisation: async ({ orgId }, _, context) =>
      (await context.load(mayEnter, orgId)) ? ref('Organisation', orgId) : null,
  },
  Mutation: {
    transferMember: async (_, { input }, context) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const wanted = { id: fromId('Member', input.id), orgId }
      return memberPayload(context, await context.run(transferMember, wanted, input.idempotencyKey))
    },
    recordLeaving: async (_, { input }, context) => {
      const { idempotencyKey, ...rest } = input
      const leaving = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(recordLeaving, leaving, idempotencyKey))
    },
    recordPenalty: async (_, { input }, context) => {
      const { idempotencyKey, ...rest } = input
      const penalty = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(recordPenalty, penalty, idempotencyKey))
    },
    endPenalty: async (_, { input }, context) => {
      const { idempotencyKey, ...rest } = input
      const ended = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(endPenalty, ended, idempotencyKey))
    },
    revealIdentity: (_, { input }, context) => {
      const wanted = { memberId: fromId('Member', input.memberId, 'memberId'), reason: input.reason }
      return context.perform(work => revealIdentity(work, wanted, input.idempotencyKey ?? null))
    },
  },
}

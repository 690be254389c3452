import { fromId, openPage, type PageArgs, type ResolverMap, toId } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import { absencesOf, recordLeaving } from './leave-register.ts'
import { type Member, nameBeginning, type PersonKind } from './member.ts'
import type { MemberFilter } from './member-list-store.ts'
import { type Input, memberPayload } from './member-payload.ts'
import { findMemberByIdNumber, revealIdentity } from './number-looks.ts'
import { endPenalty, penaltiesOf, recordPenalty } from './penalties.ts'
import { countOrganisations, mayEnter, memberById, memberCountOf, membersOf } from './read-members.ts'
import { transferMember } from './transfer-member.ts'

type FilterInput = {
  kinds?: PersonKind[] | null
  nameStartsWith?: string | null
  floating?: boolean | null
  lostContact?: boolean | null
}
type MembersArgs = PageArgs & { filter?: FilterInput | null; below: boolean }

const toFilter = (input: FilterInput | null | undefined): MemberFilter => ({
  kinds: input?.kinds ?? null,
  nameStartsWith: input?.nameStartsWith == null ? null : nameBeginning(input.nameStartsWith),
  floating: input?.floating ?? null,
  lostContact: input?.lostContact ?? null,
})

const idOf = (member: Member | { id: string; uuid: string }) =>
  'uuid' in member ? member.id : toId('Member', member.id)

export const peopleResolvers: ResolverMap = {
  Node: { __resolveType: () => 'Member' },
  Query: {
    member: (_: unknown, args: { id: string }, context: Context) => context.load(memberById, fromId('Member', args.id)),
    organisationsInRegister: (_: unknown, __: unknown, context: Context) => context.perform(countOrganisations),
    memberByIdNumber: (_: unknown, args: { idNumber: string; reason: string }, context: Context) =>
      context.perform(work => findMemberByIdNumber(work, args)),
  },
  Organisation: {
    __resolveReference: (reference: { id: string }) => ({
      id: reference.id,
      uuid: fromId('Organisation', reference.id),
    }),
    members: async (organisation: { id: string; uuid?: string }, args: MembersArgs, context: Context) => {
      const orgId = organisation.uuid ?? fromId('Organisation', organisation.id)
      const { below } = args
      const filter = toFilter(args.filter)
      const { stretch, page } = openPage(context.cursors, ['Organisation.members', orgId, below, filter], args)
      return page(
        await context.load(membersOf, orgId, { below, filter, stretch }),
        row => [row.nameKey, row.id],
        () => context.load(memberCountOf, orgId, below, filter),
      )
    },
  },
  Member: {
    id: idOf,
    ref: idOf,
    penalties: (member: Member, _: unknown, context: Context) => context.load(penaltiesOf, member.id),
    absences: (member: Member, _: unknown, context: Context) => context.load(absencesOf, member.id),
    organisation: async (member: Member, _: unknown, context: Context) =>
      (await context.load(mayEnter, member.orgId)) && {
        id: toId('Organisation', member.orgId),
        uuid: member.orgId,
      },
  },
  Mutation: {
    transferMember: async (_: unknown, { input }: Input<{ id: string; organisationId: string }>, context: Context) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const wanted = { id: fromId('Member', input.id), orgId }
      return memberPayload(context, await context.run(transferMember, wanted, input.idempotencyKey))
    },
    recordLeaving: async (
      _: unknown,
      { input }: Input<{ memberId: string; leftOn: string; reason: string }>,
      context: Context,
    ) => {
      const { idempotencyKey, ...rest } = input
      const leaving = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(recordLeaving, leaving, idempotencyKey))
    },
    recordPenalty: async (
      _: unknown,
      { input }: Input<{ memberId: string; fromOn: string; untilOn: string; basis: string }>,
      context: Context,
    ) => {
      const { idempotencyKey, ...rest } = input
      const penalty = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(recordPenalty, penalty, idempotencyKey))
    },
    endPenalty: async (
      _: unknown,
      { input }: Input<{ memberId: string; penaltyId: string; untilOn: string; reason: string }>,
      context: Context,
    ) => {
      const { idempotencyKey, ...rest } = input
      const ended = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(endPenalty, ended, idempotencyKey))
    },
    revealIdentity: (_: unknown, { input }: Input<{ memberId: string; reason: string }>, context: Context) => {
      const wanted = { memberId: fromId('Member', input.memberId, 'memberId'), reason: input.reason }
      return context.perform(work => revealIdentity(work, wanted, input.idempotencyKey ?? null))
    },
  },
}

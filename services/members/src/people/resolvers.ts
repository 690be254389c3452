import { fromId, fromReference, openPage, type PageArgs, type Reference, requireGiven, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import { type Member, nameBeginning, type PersonKind } from './member.ts'
import type { MemberFilter } from './store.ts'
import type { ChangeMember, RegisterMember } from './write-member.ts'

type FilterInput = {
  kinds?: PersonKind[] | null
  nameStartsWith?: string | null
  floating?: boolean | null
  lostContact?: boolean | null
}
type MembersArgs = PageArgs & { filter?: FilterInput | null; below: boolean }
type Input<T> = { input: T & { idempotencyKey?: string | null } }

const toFilter = (input: FilterInput | null | undefined): MemberFilter => ({
  kinds: input?.kinds ?? null,
  nameStartsWith: input?.nameStartsWith == null ? null : nameBeginning(input.nameStartsWith),
  floating: input?.floating ?? null,
  lostContact: input?.lostContact ?? null,
})

const payload = async (context: Context, id: string) => ({ member: await context.load.member(id) })

const idOf = (member: Member | { id: string; uuid: string }) =>
  'uuid' in member ? member.id : toId('Member', member.id)

export const peopleResolvers = {
  Node: { __resolveType: () => 'Member' },
  Query: {
    member: (_: unknown, args: { id: string }, context: Context) => context.load.member(fromId('Member', args.id)),
    organisationsInRegister: (_: unknown, __: unknown, context: Context) =>
      context.rooms.countOrganisations(context.actor),
    memberByIdNumber: (_: unknown, args: { idNumber: string; reason: string }, context: Context) =>
      context.rooms.findMemberByIdNumber(context.actor, args.idNumber, args.reason),
  },
  Organisation: {
    __resolveReference: (reference: { id: string }) => ({
      id: reference.id,
      uuid: fromId('Organisation', reference.id),
    }),
    members: async (organisation: { id: string; uuid?: string }, args: MembersArgs, context: Context) => {
      const orgId = organisation.uuid ?? fromId('Organisation', organisation.id)
      const filter = toFilter(args.filter)
      const list = ['Organisation.members', orgId, args.below, filter]
      const { stretch, page } = openPage(context.cursors, list, args)
      return page(
        await context.load.membersOf(orgId, { below: args.below, filter, stretch }),
        row => [row.nameKey, row.id],
        () => context.load.memberCount(orgId, args.below, filter),
      )
    },
  },
  Member: {
    __resolveReference: (reference: Reference, context: Context) =>
      context.load.member(fromReference('Member', reference)),
    id: idOf,
    ref: idOf,
    penalties: (member: Member, _: unknown, context: Context) => context.load.penalties(member.id),
    absences: (member: Member, _: unknown, context: Context) => context.load.absences(member.id),
    organisation: async (member: Member, _: unknown, context: Context) =>
      (await context.load.mayEnter(member.orgId))
        ? { id: toId('Organisation', member.orgId), uuid: member.orgId }
        : null,
  },
  Mutation: {
    registerMember: async (
      _: unknown,
      { input }: Input<Omit<RegisterMember, 'orgId'> & { organisationId: string }>,
      context: Context,
    ) => {
      const { organisationId, idempotencyKey, ...rest } = input
      const record = {
        ...rest,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        phone: rest.phone ?? null,
        appliedOn: rest.appliedOn ?? null,
        activistSince: rest.activistSince ?? null,
        candidateSince: rest.candidateSince ?? null,
        joinedOn: rest.joinedOn ?? null,
        fullMemberSince: rest.fullMemberSince ?? null,
      }
      return payload(context, await context.rooms.registerMember(context.actor, record, idempotencyKey ?? null))
    },
    changeMember: async (
      _: unknown,
      { input }: Input<ChangeMember & { id: string; expectedVersion?: number | null }>,
      context: Context,
    ) => {
      const { id, expectedVersion, idempotencyKey, ...change } = input
      requireGiven(change, ['name', 'kind', 'floating', 'lostContact'])
      const uuid = fromId('Member', id)
      return payload(
        context,
        await context.rooms.changeMember(context.actor, uuid, change, expectedVersion ?? null, idempotencyKey ?? null),
      )
    },
    transferMember: async (_: unknown, { input }: Input<{ id: string; organisationId: string }>, context: Context) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      return payload(
        context,
        await context.rooms.transferMember(
          context.actor,
          fromId('Member', input.id),
          orgId,
          input.idempotencyKey ?? null,
        ),
      )
    },
    recordLeaving: async (
      _: unknown,
      { input }: Input<{ memberId: string; leftOn: string; reason: string }>,
      context: Context,
    ) => {
      const { idempotencyKey, ...rest } = input
      const leaving = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return payload(context, await context.rooms.recordLeaving(context.actor, leaving, idempotencyKey ?? null))
    },
    undoLeaving: async (_: unknown, { input }: Input<{ memberId: string; reason: string }>, context: Context) => {
      const { idempotencyKey, ...rest } = input
      const wanted = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return payload(context, await context.rooms.undoLeaving(context.actor, wanted, idempotencyKey ?? null))
    },
    recordPenalty: async (
      _: unknown,
      { input }: Input<{ memberId: string; fromOn: string; untilOn: string; basis: string }>,
      context: Context,
    ) => {
      const { idempotencyKey, ...rest } = input
      const penalty = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return payload(context, await context.rooms.recordPenalty(context.actor, penalty, idempotencyKey ?? null))
    },
    endPenalty: async (
      _: unknown,
      { input }: Input<{ memberId: string; penaltyId: string; untilOn: string; reason: string }>,
      context: Context,
    ) => {
      const { idempotencyKey, ...rest } = input
      const ended = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return payload(context, await context.rooms.endPenalty(context.actor, ended, idempotencyKey ?? null))
    },
    revealIdentity: (
      _: unknown,
      { input }: { input: { memberId: string; reason: string; idempotencyKey?: string | null } },
      context: Context,
    ) =>
      context.rooms.revealIdentity(
        context.actor,
        fromId('Member', input.memberId, 'memberId'),
        input.reason,
        input.idempotencyKey ?? null,
      ),
  },
}

import { fromId, type ResolverMap, requireGiven } from '@linghang/subgraph'
import { type Input, memberPayload } from '../../register/people/member-payload.ts'
import type { Context } from '../../work.ts'
import { type Change, changeMember } from './change-member.ts'
import { type RegisterMember, registerMember } from './register-member.ts'
import { undoLeaving } from './undo-leaving.ts'

export const registrationResolvers: ResolverMap = {
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
      return memberPayload(context, await registerMember(context, record, idempotencyKey ?? null))
    },
    changeMember: async (
      _: unknown,
      { input }: Input<Change & { id: string; expectedVersion?: number | null }>,
      context: Context,
    ) => {
      const { id, expectedVersion, idempotencyKey, ...change } = input
      requireGiven(change, ['name', 'kind', 'floating', 'lostContact'])
      const wanted = { id: fromId('Member', id), change, expectedVersion: expectedVersion ?? null }
      return memberPayload(context, await context.run(changeMember, wanted, idempotencyKey))
    },
    undoLeaving: async (_: unknown, { input }: Input<{ memberId: string; reason: string }>, context: Context) => {
      const { idempotencyKey, ...rest } = input
      const wanted = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(undoLeaving, wanted, idempotencyKey))
    },
  },
}

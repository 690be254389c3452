import { fromId, requireGiven } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { memberPayload } from '../../register/people/member-payload.ts'
import { changeMember } from './change-member.ts'
import { correctNumbers } from './correct-numbers.ts'
import { registerMember } from './register-member.ts'
import { undoLeaving } from './undo-leaving.ts'

export const registrationResolvers: Resolvers = {
  Mutation: {
    registerMember: async (_, { input }, context) => {
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
    changeMember: async (_, { input }, context) => {
      const { id, expectedVersion, idempotencyKey, ...change } = input
      requireGiven(change, ['name', 'kind', 'floating', 'lostContact'])
      const wanted = { id: fromId('Member', id), change, expectedVersion: expectedVersion ?? null }
      return memberPayload(context, await context.run(changeMember, wanted, idempotencyKey))
    },
    correctNumbers: async (_, { input }, context) => {
      const { memberId, idempotencyKey, expectedVersion, ...said } = input
      requireGiven(said, ['idNumber'])
      const wanted = {
        ...said,
        memberId: fromId('Member', memberId, 'memberId'),
        expectedVersion: expectedVersion ?? null,
      }
      return memberPayload(context, await correctNumbers(context, wanted, idempotencyKey ?? null))
    },
    undoLeaving: async (_, { input }, context) => {
      const { idempotencyKey, ...rest } = input
      const wanted = { ...rest, memberId: fromId('Member', input.memberId, 'memberId') }
      return memberPayload(context, await context.run(undoLeaving, wanted, idempotencyKey))
    },
  },
}

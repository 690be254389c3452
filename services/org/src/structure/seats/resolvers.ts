import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { accountById } from '../accounts/read-accounts.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import { endSeat } from './end-seat.ts'
import { committeeHistory, committeeHistoryCount, committeesOn, offeredOfficeOf, seatById } from './read-seats.ts'
import { recordSeat } from './record-seat.ts'

const payload = async (context: Context, id: string) => ({ seat: await context.load(seatById, id) })

export const seatResolvers: Resolvers = {
  Organisation: {
    committee: ({ id }, { on }, context) => context.load(committeesOn, id, on ?? null),
    committeeHistory: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Organisation.committeeHistory', id],
        read: stretch => context.load(committeeHistory, id, stretch),
        count: () => context.load(committeeHistoryCount, id),
        place: row => [row.fromOn, row.id],
      }),
  },
  CommitteeSeat: {
    id: seat => toId('CommitteeSeat', seat.id),
    organisation: ({ orgId }, _, context) => context.load(organisationById, orgId),
    memberId: ({ memberId }) => toId('Member', memberId),
    member: ({ memberId }) => ref('Member', memberId),
    from: ({ fromOn }) => fromOn,
    until: ({ untilOn }) => untilOn,
    offeredOffice: ({ id }, _, context) => context.load(offeredOfficeOf, id),
  },
  OfferedOffice: {
    account: ({ accountId }, _, context) => context.load(accountById, accountId),
  },
  Mutation: {
    recordSeat: async (_, { input }, context) => {
      const wanted = {
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        memberId: fromId('Member', input.memberId, 'memberId'),
        post: input.post,
        entry: input.entry,
        fromOn: input.from,
        untilOn: input.until ?? null,
        evidence: input.evidence,
      }
      return payload(context, await context.run(recordSeat, wanted, input.idempotencyKey))
    },
    endSeat: async (_, { input }, context) => {
      const wanted = {
        seatId: fromId('CommitteeSeat', input.seatId, 'seatId'),
        untilOn: input.until ?? null,
        reason: input.reason,
      }
      return payload(context, await context.run(endSeat, wanted, input.idempotencyKey))
    },
  },
}

import { connection, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { duesAccountById } from '../accounts/read-accounts.ts'
import { journalById } from '../journals/read-journals.ts'
import { holdCountOf, holdsOfAccount } from './read-holds.ts'

export const holdResolvers: Resolvers = {
  DuesHold: {
    id: ({ id }) => toId('DuesHold', id),
    ref: ({ id }) => toId('DuesHold', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    account: ({ accountId }, _, context) => context.load(duesAccountById, accountId),
    settledFen: ({ end }) => end?.settledFen ?? null,
    endedAt: ({ end }) => end?.endedAt ?? null,
    journal: ({ end }, _, context) => (end?.journalId ? context.load(journalById, end.journalId) : null),
  },
  DuesAccount: {
    holds: ({ id }, args, context) =>
      connection(context, args, {
        of: ['DuesAccount.holds', id],
        read: stretch => context.load(holdsOfAccount, id, stretch),
        count: () => context.load(holdCountOf, id),
        place: hold => [`${hold.open}`, hold.id],
      }),
  },
}

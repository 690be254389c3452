import { connection, fromId, optionalId, type PageArgs, toId } from '@linghang/subgraph'
import type { DuesEntryFilter, Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { realAccountById } from '../accounts/read-accounts.ts'
import { closeMonth } from './close-month.ts'
import { fail } from './errors.ts'
import type { EntryFilter } from './journal.ts'
import {
  closedThrough,
  entriesOfAccount,
  entryCountOf,
  journalById,
  reversalOf,
  yearTotalsOf,
} from './read-journals.ts'
import { recordIncome } from './record-income.ts'
import { reverseJournal } from './reverse-journal.ts'

type ListArgs = PageArgs & { filter?: DuesEntryFilter | null | undefined }

/** @throws DomainError BAD_INPUT for days that end before they begin */
function filterOf(given: ListArgs['filter']): EntryFilter {
  const { reasons = null, flow = null, from = null, until = null } = given ?? {}
  if (from !== null && until !== null && until < from)
    fail('BAD_INPUT', {
      ...{ field: 'filter.until', found: until },
      ...{ wanted: `${from} or later`, wantedZh: `不早于 ${from}` },
    })
  return { reasons, flow, from, until }
}

/** A list of the entries of an account, of whatever kind it is. */
export function entriesOf(
  type: 'RealDuesAccount' | 'DuesAccount' | 'DuesFund',
  id: string,
  { filter: given, ...args }: ListArgs,
  context: Context,
) {
  const filter = filterOf(given)
  return connection(context, args, {
    of: [`${type}.entries`, id, filter],
    read: stretch => context.load(entriesOfAccount, id, { filter, stretch }),
    count: () => context.load(entryCountOf, id, filter),
    place: ({ n }) => [`${n}`],
  })
}
const payload = async (context: Context, id: string) => ({ journal: await context.load(journalById, id) })

export const journalResolvers: Resolvers = {
  DuesJournal: {
    id: ({ id }) => toId('DuesJournal', id),
    ref: ({ id }) => toId('DuesJournal', id),
    reverses: ({ reverses }, _, context) => (reverses === null ? null : context.load(journalById, reverses)),
    corrects: ({ corrects }, _, context) => (corrects === null ? null : context.load(journalById, corrects)),
    reversedBy: async ({ id }, _, context) => {
      const reversal = await context.load(reversalOf, id)
      return reversal === null ? null : context.load(journalById, reversal)
    },
  },
  DuesEntry: {
    journal: ({ journalId }, _, context) => context.load(journalById, journalId),
    number: ({ n }) => Number(n),
  },
  RealDuesAccount: {
    entries: ({ id }, args, context) => entriesOf('RealDuesAccount', id, args, context),
    closedThrough: ({ id }, _, context) => context.load(closedThrough, id),
    closedYear: ({ id }, { year }, context) => context.load(yearTotalsOf, id, year),
  },
  DuesAccount: {
    entries: ({ id }, args, context) => entriesOf('DuesAccount', id, args, context),
    closedYear: ({ id }, { year }, context) => context.load(yearTotalsOf, id, year),
  },
  DuesYearTotal: { entries: ({ entries }) => Number(entries) },
  Mutation: {
    recordDuesIncome: async (_, { input }, context) => {
      const { organisationId, amountFen, countsOn, correctsJournalId, idempotencyKey, ...rest } = input
      const wanted = {
        ...{ ...rest, orgId: fromId('Organisation', organisationId, 'organisationId') },
        ...{ amountFen: BigInt(amountFen), countsOn: countsOn ?? null },
        corrects: optionalId('DuesJournal', correctsJournalId, 'correctsJournalId'),
      }
      return payload(context, await context.run(recordIncome, wanted, idempotencyKey))
    },
    reverseDuesJournal: async (_, { input }, context) => {
      const { reason, idempotencyKey } = input
      const wanted = { journalId: fromId('DuesJournal', input.journalId, 'journalId'), reason }
      return payload(context, await context.run(reverseJournal, wanted, idempotencyKey))
    },
    closeDuesMonth: async (_, { input }, context) => {
      const keeperId = fromId('RealDuesAccount', input.accountId, 'accountId')
      await context.run(closeMonth, { keeperId, month: input.month }, input.idempotencyKey)
      return { account: await context.load(realAccountById, keeperId) }
    },
  },
}

import { addMonths, monthOf } from '@linghang/rulebook'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { holderOf } from '../records/holder.ts'
import { recordOfMember } from '../records/read-records.ts'
import { openFen, stateOf } from './bill.ts'
import { fail } from './errors.ts'
import { makeBills } from './make-bills.ts'
import { pauseDues, recordPaidThrough, resumeDues } from './pause-dues.ts'
import { billCountOf, billsOfMonth, billsOfYear, collectionOf, pausesOf } from './read-bills.ts'

const mostMonths = 36

/** @throws DomainError BAD_INPUT */
function januaryOf(year: number): string {
  if (year >= 2008 && year <= 2100) return `${year}-01-01`
  return fail('BAD_INPUT', { field: 'year', found: year, wanted: '2008 to 2100', wantedZh: '2008 至 2100' })
}

/** @throws DomainError BAD_INPUT for a period that ends before it begins, or of too many months */
function periodOf({ from, until }: { from: string; until: string }): { from: string; until: string } {
  const [first, last] = [monthOf(from), monthOf(until)]
  if (first <= last && last < addMonths(first, mostMonths)) return { from: first, until: last }
  return fail('BAD_INPUT', {
    ...{ field: 'until', found: until },
    ...{ wanted: `1 to ${mostMonths} months from ${first}`, wantedZh: `自 ${first} 起 1 至 ${mostMonths} 个月` },
  })
}
const payload = async (context: Context, memberId: string) => ({ record: await context.load(recordOfMember, memberId) })
const memberOf = (id: string) => fromId('Member', id, 'memberId')

export const billResolvers: Resolvers = {
  DuesBill: {
    holder: holderOf,
    id: ({ id }) => toId('DuesBill', id),
    ref: ({ id }) => toId('DuesBill', id),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    openFen,
    state: stateOf,
  },
  DuesCollection: {
    openFen,
    settledInTimePerMille: ({ bills, settledInTime }) =>
      bills === 0 ? null : Math.floor((settledInTime * 1000) / bills),
  },
  DuesPause: { from: ({ fromOn }) => fromOn, until: ({ untilOn }) => untilOn },
  DuesRecord: {
    bills: ({ memberId }, { year }, context) =>
      context.load(billsOfYear, memberId, januaryOf(year ?? Number(context.today.slice(0, 4)))),
    pauses: ({ memberId }, _, context) => context.load(pausesOf, memberId),
  },
  Organisation: {
    duesBills: ({ uuid }, { month, open, ...args }, context) => {
      const wanted = { month: monthOf(month ?? context.today), open: open ?? null }
      return connection(context, args, {
        of: ['Organisation.duesBills', uuid, wanted.month, wanted.open],
        read: stretch => context.load(billsOfMonth, uuid, wanted, stretch),
        count: () => context.load(billCountOf, uuid, wanted),
        place: ({ memberId }) => [memberId],
      })
    },
    duesCollection: ({ uuid }, args, context) => context.load(collectionOf, uuid, periodOf(args)),
  },
  Mutation: {
    makeDuesBills: (_, { input: { organisationId, idempotencyKey } }, context) =>
      context.run(makeBills, { orgId: fromId('Organisation', organisationId, 'organisationId') }, idempotencyKey),
    pauseDues: async (_, { input: { memberId, idempotencyKey, ...rest } }, context) =>
      payload(context, await context.run(pauseDues, { ...rest, memberId: memberOf(memberId) }, idempotencyKey)),
    resumeDues: async (_, { input: { memberId, until, idempotencyKey } }, context) =>
      payload(context, await context.run(resumeDues, { until, memberId: memberOf(memberId) }, idempotencyKey)),
    recordDuesPaidThrough: async (_, { input: { memberId, through, idempotencyKey } }, context) =>
      payload(context, await context.run(recordPaidThrough, { through, memberId: memberOf(memberId) }, idempotencyKey)),
  },
}

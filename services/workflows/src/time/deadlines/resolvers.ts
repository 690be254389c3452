import { addDays, addMonths, currentRung, type DeadlineRule, defaultLadders } from '@linghang/rulebook'
import {
  fromId,
  openPage,
  optionalId,
  type PageArgs,
  type ResolverMap,
  requireDays,
  requireFirst,
  toId,
} from '@linghang/subgraph'
import { addressOf } from '../../offices/office-address.ts'
import type { Context } from '../../work.ts'
import type { DeadlineState } from './deadline-list-store.ts'
import { deadlinesOfPerson } from './read-deadlines.ts'
import {
  type DeadlinePlace,
  deadlineCount,
  deadlinesByOrganisation,
  deadlinesByRule,
  deadlinesOf,
  everyPlaceOf,
  requirePlace,
} from './read-lists.ts'
import type { DeadlineRow } from './store.ts'

const daysAtMost = 3_660
const horizons = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 }
type Horizon = keyof typeof horizons

/** The last day that is asked for; null for all. */
function dueByOf(args: { within?: Horizon | null; withinDays?: number | null }, today: string): string | null {
  if (args.within) return addMonths(today, horizons[args.within])
  if (args.withinDays == null) return null
  return addDays(today, requireDays('withinDays', args.withinDays, daysAtMost))
}

type DeadlinesArgs = PageArgs & {
  within?: Horizon | null
  withinDays?: number | null
  filter?: { rules?: DeadlineRule[] | null; states?: DeadlineState[] | null } | null
  below: boolean
}

async function listOf(name: string, { place, scope }: DeadlinePlace, args: DeadlinesArgs, context: Context) {
  const { today } = context
  const { rules = null, states = null } = args.filter ?? {}
  const filter = { scope, rules, states, dueBy: dueByOf(args, today), today }
  const list = [name, place, scope, rules, states, args.within ?? null, args.withinDays ?? null]
  const { stretch, page } = openPage(context.cursors, list, args)
  return {
    ...page(
      await context.load(deadlinesOf, place, filter, stretch),
      row => [row.dueOn, row.id],
      () => context.load(deadlineCount, place, filter),
    ),
    byRule: () => context.load(deadlinesByRule, place, filter),
    byOrganisation: ({ first }: { first: number }) =>
      context.load(deadlinesByOrganisation, place, filter, requireFirst(first)),
  }
}

export const deadlineResolvers: ResolverMap = {
  Query: {
    deadlines: async (
      _: unknown,
      { organisationId, ...args }: DeadlinesArgs & { organisationId?: string | null },
      context: Context,
    ) => {
      const orgId = optionalId('Organisation', organisationId, 'organisationId')
      const place =
        orgId === null
          ? everyPlaceOf(context.actor)
          : await context.perform(work => requirePlace(work, orgId, args.below))
      return listOf('Query.deadlines', place, args, context)
    },
  },
  OrganisationDeadlineCount: {
    organisation: ({ orgId }: { orgId: string }) => ({ id: toId('Organisation', orgId) }),
  },
  Deadline: {
    id: (deadline: DeadlineRow) => toId('Deadline', deadline.id),
    ref: (deadline: DeadlineRow) => toId('Deadline', deadline.id),
    state: (deadline: DeadlineRow, _: unknown, context: Context) =>
      currentRung(deadline.dueOn, context.today, deadline.ladder ?? defaultLadders[deadline.rule]) ?? 'UPCOMING',
    office: (deadline: DeadlineRow, _: unknown, context: Context) =>
      addressOf(context, deadline.officeRole, deadline.officeOrgId),
  },
  Organisation: {
    __resolveReference: (reference: { id: string }) => ({
      id: reference.id,
      uuid: fromId('Organisation', reference.id),
    }),
    deadlines: (organisation: { id: string; uuid?: string }, args: DeadlinesArgs, context: Context) => {
      const place = organisation.uuid ?? fromId('Organisation', organisation.id)
      const scope = { kind: 'ORGANISATION' as const, below: args.below }
      return listOf('Organisation.deadlines', { place, scope }, args, context)
    },
  },
  Member: {
    __resolveReference: (reference: { id: string }) => ({ id: reference.id, uuid: fromId('Member', reference.id) }),
    deadlines: (member: { id: string; uuid?: string }, _: unknown, context: Context) =>
      context.load(deadlinesOfPerson, member.uuid ?? fromId('Member', member.id)),
  },
}

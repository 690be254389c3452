import { shanghaiDay } from '@linghang/access'
import { addDays, addMonths, currentRung, type DeadlineRule, defaultLadders } from '@linghang/rulebook'
import {
  fromId,
  fromReference,
  openPage,
  optionalId,
  type PageArgs,
  type Reference,
  requireDays,
  requireFirst,
  toId,
} from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { DeadlineState } from './deadline-lists.ts'
import type { DeadlinePlace } from './read-lists.ts'
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
  const today = shanghaiDay(context.now())
  const { rules = null, states = null } = args.filter ?? {}
  const filter = { scope, rules, states, dueBy: dueByOf(args, today), today }
  const list = [name, place, scope, rules, states, args.within ?? null, args.withinDays ?? null]
  const { stretch, page } = openPage(context.cursors, list, args)
  return {
    ...page(
      await context.load.deadlinesOf(place, filter, stretch),
      row => [row.dueOn, row.id],
      () => context.load.deadlineCount(place, filter),
    ),
    byRule: () => context.load.deadlinesByRule(place, filter),
    byOrganisation: ({ first }: { first: number }) =>
      context.load.deadlinesByOrganisation(place, filter, requireFirst(first)),
  }
}

/** Whom or what a date or a reminder is about. An approval is ours: it is given whole. */
export const subjectOf = async (
  { subjectType, subjectId }: { subjectType: string; subjectId: string },
  _: unknown,
  context: Context,
) => {
  if (subjectType === 'APPROVAL') {
    const approval = await context.load.approval(subjectId)
    return approval && { __typename: 'Approval', ...approval }
  }
  return subjectType === 'MEMBER'
    ? { __typename: 'Member', id: toId('Member', subjectId) }
    : { __typename: 'Organisation', id: toId('Organisation', subjectId) }
}

/** An office, its organisation where the actor may enter it, and in any case what that one is called. */
export const addressOf = async (context: Context, role: string, orgId: string) => ({
  role,
  organisation: (await context.load.mayEnter(orgId)) ? { id: toId('Organisation', orgId) } : null,
  organisationName: () => context.load.officeName(orgId),
})

export const deadlineResolvers = {
  Query: {
    deadlines: async (
      _: unknown,
      { organisationId, ...args }: DeadlinesArgs & { organisationId?: string | null },
      context: Context,
    ) => {
      const orgId = optionalId('Organisation', organisationId, 'organisationId')
      const place = await context.rooms.placeOfDeadlines(context.actor, orgId, args.below)
      return listOf('Query.deadlines', place, args, context)
    },
  },
  OrganisationDeadlineCount: {
    organisation: ({ orgId }: { orgId: string }) => ({ id: toId('Organisation', orgId) }),
  },
  Deadline: {
    __resolveReference: (reference: Reference, context: Context) =>
      context.load.deadline(fromReference('Deadline', reference)),
    id: (deadline: DeadlineRow) => toId('Deadline', deadline.id),
    ref: (deadline: DeadlineRow) => toId('Deadline', deadline.id),
    state: (deadline: DeadlineRow, _: unknown, context: Context) =>
      currentRung(deadline.dueOn, shanghaiDay(context.now()), deadline.ladder ?? defaultLadders[deadline.rule]) ??
      'UPCOMING',
    office: (deadline: DeadlineRow, _: unknown, context: Context) =>
      addressOf(context, deadline.officeRole, deadline.officeOrgId),
    subject: subjectOf,
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
      context.load.deadlinesOfPerson(member.uuid ?? fromId('Member', member.id)),
  },
}

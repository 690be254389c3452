import { addDays, addMonths, currentRung, defaultLadders } from '@linghang/rulebook'
import { connection, mayEnter, optionalId, ref, refOf, requireDays, requireFirst, toId } from '@linghang/subgraph'
import type { Horizon, OrganisationDeadlinesArgs, Resolvers } from '../../generated/schema-types.ts'
import { nameOfOffice } from '../../offices/read-offices.ts'
import type { Context } from '../../work.ts'
import { deadlinesOfPerson } from './read-deadlines.ts'
import {
  type DeadlinePlace,
  deadlineCount,
  deadlinesByOrganisation,
  deadlinesByRule,
  deadlinesOf,
  deadlinesOfCounties,
  everyPlaceOf,
  requirePlace,
} from './read-lists.ts'

const daysAtMost = 3_660
const horizons: Record<Horizon, number> = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 }

/** The last day that is asked for; null for all. */
function dueByOf(args: { within?: Horizon | null; withinDays?: number | null }, today: string): string | null {
  if (args.within) return addMonths(today, horizons[args.within])
  if (args.withinDays == null) return null
  return addDays(today, requireDays('withinDays', args.withinDays, daysAtMost))
}

async function listOf(
  name: string,
  { place, scope }: DeadlinePlace,
  args: Omit<OrganisationDeadlinesArgs, 'below'>,
  context: Context,
) {
  const { today } = context
  const { rules = null, states = null } = args.filter ?? {}
  const filter = { scope, rules, states, dueBy: dueByOf(args, today), today }
  const page = await connection(context, args, {
    of: [name, place, scope, rules, states, args.within ?? null, args.withinDays ?? null],
    read: stretch => context.load(deadlinesOf, place, filter, stretch),
    count: () => context.load(deadlineCount, place, filter),
    place: row => [row.dueOn, row.id],
  })
  return { ...page, place, filter }
}

export const deadlineResolvers: Resolvers = {
  Query: {
    deadlines: async (_, { organisationId, ...args }, context) => {
      const orgId = optionalId('Organisation', organisationId, 'organisationId')
      const place =
        orgId === null
          ? everyPlaceOf(context.actor)
          : await context.perform(work => requirePlace(work, orgId, args.below))
      return listOf('Query.deadlines', place, args, context)
    },
  },
  DeadlineConnection: {
    byRule: ({ place, filter }, _, context) => context.load(deadlinesByRule, place, filter),
    byOrganisation: ({ place, filter }, { first }, context) =>
      context.load(deadlinesByOrganisation, place, filter, requireFirst(first)),
  },
  OrganisationDeadlineCount: { organisation: ({ orgId }) => ref('Organisation', orgId) },
  Deadline: {
    id: deadline => toId('Deadline', deadline.id),
    ref: deadline => toId('Deadline', deadline.id),
    state: (deadline, _, context) =>
      currentRung(deadline.dueOn, context.today, deadline.ladder ?? defaultLadders[deadline.rule]) ?? 'UPCOMING',
    office: ({ officeRole, officeOrgId }) => ({ role: officeRole, orgId: officeOrgId }),
  },
  OfficeAddress: {
    organisation: async ({ orgId }, _, context) =>
      (await context.load(mayEnter, orgId)) ? ref('Organisation', orgId) : null,
    organisationName: ({ orgId }, _, context) => context.load(nameOfOffice, orgId),
  },
  County: {
    __resolveReference: refOf('County'),
    deadlinesByRule: ({ uuid }, _, context) => context.load(deadlinesOfCounties, uuid, context.today),
  },
  Organisation: {
    __resolveReference: refOf('Organisation'),
    deadlines: ({ uuid }, args, context) => {
      const scope = { kind: 'ORGANISATION' as const, below: args.below }
      return listOf('Organisation.deadlines', { place: uuid, scope }, args, context)
    },
  },
  Member: {
    __resolveReference: refOf('Member'),
    deadlines: ({ uuid }, _, context) => context.load(deadlinesOfPerson, uuid),
  },
}

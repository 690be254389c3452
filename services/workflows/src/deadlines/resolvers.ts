import { addDays, addMonths, currentRung, defaultLadders } from '@linghang/rulebook'
import { fromId, type PageArgs, pageSize, shanghaiDay, toId, toPage } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import type { DeadlineRow } from './store.ts'

const daysAtMost = 3_660
const horizons = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 }
type Horizon = keyof typeof horizons

/** The last day that is asked for; null for all. */
function dueByOf(args: { within?: Horizon | null; withinDays?: number | null }, today: string): string | null {
  if (args.within) return addMonths(today, horizons[args.within])
  if (args.withinDays == null) return null
  if (args.withinDays < 0 || args.withinDays > daysAtMost)
    fail('BAD_INPUT', {
      field: 'withinDays',
      found: args.withinDays,
      wanted: `0 to ${daysAtMost}`,
      wantedZh: `0 到 ${daysAtMost}`,
    })
  return addDays(today, args.withinDays)
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

/** An office, and its organisation where the actor may enter it. */
export const addressOf = async (context: Context, role: string, orgId: string) => ({
  role,
  organisation: (await context.load.mayEnter(orgId)) ? { id: toId('Organisation', orgId) } : null,
})

export const deadlineResolvers = {
  Deadline: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      context.load.deadline(fromId('Deadline', reference.id)),
    id: (deadline: DeadlineRow) => toId('Deadline', deadline.id),
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
    deadlines: async (
      organisation: { id: string; uuid?: string },
      args: PageArgs & { within?: Horizon | null; withinDays?: number | null; below: boolean },
      context: Context,
    ) => {
      const orgId = organisation.uuid ?? fromId('Organisation', organisation.id)
      const size = pageSize(args)
      const today = shanghaiDay(context.now())
      const dueBy = dueByOf(args, today)
      const [dueOn, id] = args.after ? context.cursors.decode(args.after) : []
      const after = dueOn !== undefined && id !== undefined ? { dueOn, id } : null
      const rows = await context.load.deadlinesOf(orgId, { below: args.below, dueBy, size, after })
      const page = toPage(
        rows,
        size,
        context.cursors,
        row => [row.dueOn, row.id],
        () => context.load.deadlineCount(orgId, args.below, dueBy),
      )
      return { ...page, byRule: () => context.load.deadlinesByRule(orgId, args.below, dueBy, today) }
    },
  },
  Member: {
    __resolveReference: (reference: { id: string }) => ({ id: reference.id, uuid: fromId('Member', reference.id) }),
    deadlines: (member: { id: string; uuid?: string }, _: unknown, context: Context) =>
      context.load.deadlinesOfPerson(member.uuid ?? fromId('Member', member.id)),
  },
}

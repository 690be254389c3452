import { currentRung, defaultLadders } from '@linghang/rulebook'
import { fromId, type PageArgs, pageSize, shanghaiDay, toId, toPage } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { DeadlineRow } from './store.ts'

const dayMs = 86_400_000

export const subjectOf = ({ subjectType, subjectId }: { subjectType: string; subjectId: string }) =>
  subjectType === 'MEMBER'
    ? { __typename: 'Member', id: toId('Member', subjectId) }
    : { __typename: 'Organisation', id: toId('Organisation', subjectId) }

/** An office, and its organisation where the actor may enter it. */
export const addressOf = async (context: Context, role: string, orgId: string) => ({
  role,
  organisation: (await context.load.mayEnter(orgId)) ? { id: toId('Organisation', orgId) } : null,
})

export const deadlineResolvers = {
  Node: { __resolveType: () => 'Deadline' },
  Deadline: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      context.load.deadline(fromId('Deadline', reference.id)),
    id: (deadline: DeadlineRow) => toId('Deadline', deadline.id),
    state: (deadline: DeadlineRow, _: unknown, context: Context) =>
      currentRung(deadline.dueOn, shanghaiDay(context.now()), defaultLadders[deadline.rule]) ?? 'UPCOMING',
    office: (deadline: DeadlineRow, _: unknown, context: Context) =>
      addressOf(context, deadline.officeRole, deadline.orgId),
    subject: subjectOf,
  },
  Organisation: {
    __resolveReference: (reference: { id: string }) => ({
      id: reference.id,
      uuid: fromId('Organisation', reference.id),
    }),
    deadlines: async (
      organisation: { id: string; uuid?: string },
      args: PageArgs & { withinDays?: number | null; below: boolean },
      context: Context,
    ) => {
      const orgId = organisation.uuid ?? fromId('Organisation', organisation.id)
      const size = pageSize(args)
      const dueBy =
        args.withinDays == null ? null : shanghaiDay(new Date(context.now().getTime() + args.withinDays * dayMs))
      const [dueOn, id] = args.after ? context.cursors.decode(args.after) : []
      const after = dueOn !== undefined && id !== undefined ? { dueOn, id } : null
      const rows = await context.load.deadlinesOf(orgId, { below: args.below, dueBy, size, after })
      return toPage(
        rows,
        size,
        context.cursors,
        row => [row.dueOn, row.id],
        () => context.load.deadlineCount(orgId, args.below, dueBy),
      )
    },
  },
  Member: {
    __resolveReference: (reference: { id: string }) => ({ id: reference.id, uuid: fromId('Member', reference.id) }),
    deadlines: (member: { id: string; uuid?: string }, _: unknown, context: Context) =>
      context.load.deadlinesOfPerson(member.uuid ?? fromId('Member', member.id)),
  },
}

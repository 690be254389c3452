import { fromId, openPage, type PageArgs, pageMaximum, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import { addressOf, subjectOf } from '../deadlines/resolvers.ts'
import { fail } from '../errors.ts'
import type { Reminder } from './store.ts'

export const inboxResolvers = {
  Me: {
    // An inbox is the caller's own: a reference to anybody else's leads nowhere.
    __resolveReference: (reference: { id: string }, context: Context) =>
      reference.id === toId('Account', context.actor.accountId ?? '') ? reference : null,
    inbox: async (_: unknown, args: PageArgs & { unreadOnly: boolean }, context: Context) => {
      const { stretch, page } = openPage(context.cursors, ['Me.inbox', args.unreadOnly], args)
      return page(
        await context.rooms.readInbox(context.actor, args.unreadOnly, stretch),
        row => [row.id],
        () => context.rooms.countInbox(context.actor, args.unreadOnly),
      )
    },
  },
  Reminder: {
    id: (reminder: Reminder) => toId('Reminder', reminder.id),
    weeksOverdue: (reminder: Reminder) => reminder.week,
    office: (reminder: Reminder, _: unknown, context: Context) => addressOf(context, reminder.role, reminder.orgId),
    subject: subjectOf,
  },
  Mutation: {
    markRemindersRead: async (
      _: unknown,
      { input }: { input: { ids: string[]; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      if (input.ids.length > pageMaximum)
        fail('BAD_INPUT', {
          field: 'ids',
          found: input.ids.length,
          wanted: `at most ${pageMaximum}`,
          wantedZh: `最多 ${pageMaximum} 个`,
        })
      return {
        marked: await context.rooms.markRemindersRead(
          context.actor,
          input.ids.map(id => fromId('Reminder', id, 'ids')),
          input.idempotencyKey ?? null,
        ),
      }
    },
  },
}

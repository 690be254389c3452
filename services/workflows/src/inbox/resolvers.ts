import { defineErrors, fromId, openPage, type PageArgs, pageMaximum, type ResolverMap, toId } from '@linghang/subgraph'
import { addressOf } from '../offices/office-address.ts'
import type { Context } from '../work.ts'
import { markRemindersRead } from './mark-reminders-read.ts'
import { countInbox, readInbox } from './read-inbox.ts'
import type { Reminder } from './store.ts'

const { fail } = defineErrors({})

export const inboxResolvers: ResolverMap = {
  Me: {
    // An inbox is the caller's own: a reference to anybody else's leads nowhere.
    __resolveReference: (reference: { id: string }, context: Context) =>
      reference.id === toId('Account', context.actor.accountId ?? '') ? reference : null,
    inbox: async (_: unknown, args: PageArgs & { unreadOnly: boolean }, context: Context) => {
      const { stretch, page } = openPage(context.cursors, ['Me.inbox', args.unreadOnly], args)
      return page(
        await context.perform(work => readInbox(work, args.unreadOnly, stretch)),
        row => [row.id],
        () => context.perform(work => countInbox(work, args.unreadOnly)),
      )
    },
  },
  Reminder: {
    id: (reminder: Reminder) => toId('Reminder', reminder.id),
    weeksOverdue: (reminder: Reminder) => reminder.week,
    office: (reminder: Reminder, _: unknown, context: Context) => addressOf(context, reminder.role, reminder.orgId),
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
      const ids = input.ids.map(id => fromId('Reminder', id, 'ids'))
      return { marked: await context.run(markRemindersRead, { ids }, input.idempotencyKey) }
    },
  },
}

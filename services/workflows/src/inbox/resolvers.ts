import { connection, defineErrors, fromId, pageMaximum, toId } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import { markRemindersRead } from './mark-reminders-read.ts'
import { countInbox, readInbox } from './read-inbox.ts'

const { fail } = defineErrors({})

export const inboxResolvers: Resolvers = {
  Me: {
    // An inbox is the caller's own: a reference to anybody else's leads nowhere.
    __resolveReference: (reference, context) =>
      reference.id === toId('Account', context.actor.accountId ?? '') ? reference : null,
    inbox: (_, { unreadOnly, ...args }, context) =>
      connection(context, args, {
        of: ['Me.inbox', unreadOnly],
        read: stretch => context.perform(work => readInbox(work, unreadOnly, stretch)),
        count: () => context.perform(work => countInbox(work, unreadOnly)),
        place: row => [row.id],
      }),
  },
  Reminder: {
    id: reminder => toId('Reminder', reminder.id),
    weeksOverdue: reminder => reminder.week,
    office: ({ role, orgId }) => ({ role, orgId }),
  },
  Mutation: {
    markRemindersRead: async (_, { input }, context) => {
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

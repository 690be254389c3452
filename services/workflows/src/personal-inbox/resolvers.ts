import { connection, defineErrors, fromId, pageMaximum, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import { dismissPersonalReminders, markPersonalRemindersRead } from './mark-personal-reminders.ts'
import { countPersonalInbox, readPersonalInbox } from './read-personal-inbox.ts'

const { fail } = defineErrors({})

/** @throws DomainError BAD_INPUT for more than a page of them */
function idsOf(ids: readonly string[]): string[] {
  if (ids.length > pageMaximum)
    fail('BAD_INPUT', {
      ...{ field: 'ids', found: ids.length },
      ...{ wanted: `at most ${pageMaximum}`, wantedZh: `最多 ${pageMaximum} 个` },
    })
  return ids.map(id => fromId('PersonalReminder', id, 'ids'))
}

export const personalInboxResolvers: Resolvers = {
  Me: {
    personalInbox: (_, { unreadOnly, ...args }, context) =>
      connection(context, args, {
        of: ['Me.personalInbox', unreadOnly],
        read: stretch => context.perform(work => readPersonalInbox(work, unreadOnly, stretch)),
        count: () => context.perform(work => countPersonalInbox(work, unreadOnly)),
        place: row => [row.id],
      }),
  },
  PersonalReminder: {
    id: ({ id }) => toId('PersonalReminder', id),
    monthsOpen: ({ months }) => months,
    appeal: ({ appealId }) => ref('Appeal', appealId),
    sheet: ({ sheetId }) => ref('ScoreSheet', sheetId),
    report: ({ id, kind }) => (kind === 'MONTHLY_REPORT' ? ref('MonthlyReport', id) : null),
    fixingLine: ({ lineId }) => ref('DuesFixingLine', lineId),
    sentAt: ({ shownFrom }) => shownFrom,
  },
  Mutation: {
    markPersonalRemindersRead: async (_, { input }, context) => ({
      marked: await context.run(markPersonalRemindersRead, { ids: idsOf(input.ids) }, input.idempotencyKey),
    }),
    dismissPersonalReminders: async (_, { input }, context) => ({
      dismissed: await context.run(dismissPersonalReminders, { ids: idsOf(input.ids) }, input.idempotencyKey),
    }),
  },
}

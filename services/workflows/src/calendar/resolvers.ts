import { fromId, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import { type Feed, pathOf } from './feed.ts'

export const calendarResolvers = {
  CalendarFeed: {
    id: (feed: Feed) => toId('CalendarFeed', feed.id),
    organisation: (feed: Feed) => ({ id: toId('Organisation', feed.orgId) }),
  },
  Me: {
    calendarFeeds: (_: unknown, __: unknown, context: Context) => context.rooms.readCalendarFeeds(context.actor),
  },
  Mutation: {
    createCalendarFeed: async (
      _: unknown,
      { input }: { input: { organisationId: string; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const key = input.idempotencyKey ?? null
      const { feed, secret } = await context.rooms.createCalendarFeed(context.actor, orgId, key)
      return { feed, path: pathOf(secret) }
    },
    revokeCalendarFeed: async (
      _: unknown,
      { input }: { input: { id: string; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      const id = fromId('CalendarFeed', input.id)
      await context.rooms.revokeCalendarFeed(context.actor, id, input.idempotencyKey ?? null)
      return { id: input.id }
    },
  },
}

import { fromId, type ResolverMap, toId } from '@linghang/subgraph'
import type { Context, Own } from '../work.ts'
import { createCalendarFeed } from './create-calendar-feed.ts'
import type { Feed } from './feed.ts'
import { readCalendarFeeds } from './read-feeds.ts'
import { revokeCalendarFeed } from './revoke-calendar-feed.ts'
import { pathOf } from './secret.ts'

/** @param secretOf the secret is given out with the address that is made, and never again */
export const feedResolvers = (secretOf: Own['secretOf']): ResolverMap => ({
  CalendarFeed: {
    id: (feed: Feed) => toId('CalendarFeed', feed.id),
    organisation: (feed: Feed) => ({ id: toId('Organisation', feed.orgId) }),
  },
  Me: {
    calendarFeeds: (_: unknown, __: unknown, context: Context) => context.perform(readCalendarFeeds),
  },
  Mutation: {
    createCalendarFeed: async (
      _: unknown,
      { input }: { input: { organisationId: string; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const made = await context.run(createCalendarFeed, { orgId }, input.idempotencyKey)
      const feed: Feed = { ...made, createdAt: new Date(made.createdAt), revokedAt: null }
      return { feed, path: pathOf(secretOf(feed.id)) }
    },
    revokeCalendarFeed: async (
      _: unknown,
      { input }: { input: { id: string; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      const id = fromId('CalendarFeed', input.id)
      await context.run(revokeCalendarFeed, { id }, input.idempotencyKey)
      return { id: input.id }
    },
  },
})

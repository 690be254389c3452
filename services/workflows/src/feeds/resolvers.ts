import { fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import type { Own } from '../work.ts'
import { createCalendarFeed } from './create-calendar-feed.ts'
import type { Feed } from './feed.ts'
import { readCalendarFeeds } from './read-feeds.ts'
import { revokeCalendarFeed } from './revoke-calendar-feed.ts'
import { pathOf } from './secret.ts'

/** @param secretOf the secret is given out with the address that is made, and never again */
export const feedResolvers = (secretOf: Own['secretOf']): Resolvers => ({
  CalendarFeed: {
    id: feed => toId('CalendarFeed', feed.id),
    organisation: feed => ref('Organisation', feed.orgId),
  },
  Me: {
    calendarFeeds: (_, __, context) => context.perform(readCalendarFeeds),
  },
  Mutation: {
    createCalendarFeed: async (_, { input }, context) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const made = await context.run(createCalendarFeed, { orgId }, input.idempotencyKey)
      const feed: Feed = { ...made, createdAt: new Date(made.createdAt), revokedAt: null }
      return { feed, path: pathOf(secretOf(feed.id)) }
    },
    revokeCalendarFeed: async (_, { input }, context) => {
      const id = fromId('CalendarFeed', input.id)
      await context.run(revokeCalendarFeed, { id }, input.idempotencyKey)
      return { id: input.id }
    },
  },
})

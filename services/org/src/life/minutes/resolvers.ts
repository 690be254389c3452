import type { Links } from '@linghang/papers/links'
import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { linkMinutes } from './open-minutes.ts'

export const minutesResolvers = (links: Links): Resolvers => ({
  Query: {
    meetingMinutesLink: (_, { meetingId }, context) =>
      linkMinutes(context, links, fromId('Meeting', meetingId, 'meetingId')),
  },
})

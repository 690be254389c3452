import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { yearOf } from '../settings/year.ts'
import { giveThemeDayReason } from './give-reason.ts'
import { themeDaysOf } from './read-theme-days.ts'
import { isMissed } from './theme-day.ts'

export const themeDayResolvers: Resolvers = {
  Organisation: {
    themeDays: ({ id }, { year }, context) => context.load(themeDaysOf, id, yearOf(year, context.today)),
  },
  ThemeDay: {
    meeting: ({ meetingId }, _, context) => (meetingId === null ? null : context.load(meetingById, meetingId)),
    missed: (day, _, { today }) => isMissed(day, today),
  },
  Mutation: {
    giveThemeDayReason: async (_, { input }, context) => {
      const { month, reason } = input
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      await context.run(giveThemeDayReason, { orgId, month, reason }, input.idempotencyKey)
      return { organisation: await context.load(organisationById, orgId) }
    },
  },
}

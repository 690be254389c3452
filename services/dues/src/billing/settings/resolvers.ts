import { usualArrearsLadder, usualDuesDeadlines, usualMemberReminders } from '@linghang/rulebook'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { settingsOfDay } from './read-settings.ts'
import { setDuesSettings } from './set-settings.ts'
import { undecided } from './settings.ts'

const settingsFor = async (context: Context, day: string) => (await context.load(settingsOfDay, day)) ?? undecided

export const settingsResolvers: Resolvers = {
  DuesSettings: {
    arrearsLadder: settings => settings,
    memberReminders: settings => settings,
    deadlines: settings => settings,
  },
  Query: { duesSettings: (_, { on }, context) => settingsFor(context, on ?? context.today) },
  Mutation: {
    setDuesSettings: async (_, { input }, context) => {
      const { idempotencyKey, farmerFen, arrearsLadder, memberReminders, deadlines, ...rest } = input
      const wanted = {
        ...{ ...rest, farmerFen: BigInt(farmerFen) },
        ...{ ...(arrearsLadder ?? usualArrearsLadder), ...(memberReminders ?? usualMemberReminders) },
        ...(deadlines ?? usualDuesDeadlines),
      }
      const day = await context.run(setDuesSettings, wanted, idempotencyKey)
      return { settings: await settingsFor(context, day) }
    },
  },
}

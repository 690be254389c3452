import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { settingsOfDay } from './read-settings.ts'
import { setLifeSettings } from './set-settings.ts'
import { undecided } from './settings.ts'

const settingsFor = async (context: Context, day: string) => (await context.load(settingsOfDay, day)) ?? undecided

export const settingsResolvers: Resolvers = {
  Query: { lifeSettings: (_, { on }, context) => settingsFor(context, on ?? context.today) },
  Mutation: {
    setLifeSettings: async (_, { input }, context) => {
      const { idempotencyKey, themeDay, themeDayBy, ...rest } = input
      const wanted = { ...rest, themeDay: themeDay ?? null, themeDayBy: themeDayBy ?? null }
      return { settings: await settingsFor(context, await context.run(setLifeSettings, wanted, idempotencyKey)) }
    },
  },
}

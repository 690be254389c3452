import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { settingsOfDay } from './read-settings.ts'
import { setAppealSettings } from './set-settings.ts'
import { undecided } from './settings.ts'

const settingsFor = async (context: Context, day: string) => (await context.load(settingsOfDay, day)) ?? undecided

export const settingsResolvers: Resolvers = {
  Query: { appealSettings: (_, { on }, context) => settingsFor(context, on ?? context.today) },
  Mutation: {
    setAppealSettings: async (_, { input: { idempotencyKey, ...wanted } }, context) => ({
      settings: await settingsFor(context, await context.run(setAppealSettings, wanted, idempotencyKey)),
    }),
  },
}

import { type ElectionStep, timelineTo } from '@linghang/rulebook'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { electionSettingsOfDay } from './read-settings.ts'
import { setElectionSettings } from './set-settings.ts'
import { undecided } from './settings.ts'

const settingsFor = async (context: Context, day: string) =>
  (await context.load(electionSettingsOfDay, day)) ?? undecided

export const electionSettingsResolvers: Resolvers = {
  Query: { electionSettings: (_, { on }, context) => settingsFor(context, on ?? context.today) },
  ElectionSettings: {
    days: ({ days }) =>
      timelineTo('2000-01-01', days).map(({ step, day }: { step: ElectionStep; day: number }) => ({ step, day })),
  },
  Mutation: {
    setElectionSettings: async (_, { input }, context) => {
      const { idempotencyKey, ...wanted } = input
      return { settings: await settingsFor(context, await context.run(setElectionSettings, wanted, idempotencyKey)) }
    },
  },
}

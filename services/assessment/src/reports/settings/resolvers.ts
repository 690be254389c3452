import type { Resolvers } from '../../generated/schema-types.ts'
import { decideReports } from './decide-reports.ts'
import { declineReports } from './decline-reports.ts'
import { readSettings } from './read-settings.ts'

export const reportSettingsResolvers: Resolvers = {
  Query: {
    monthlyReportSettings: (_, { on }, context) => context.perform(work => readSettings(work, on)),
  },
  Mutation: {
    decideMonthlyReports: async (_, { input: { idempotencyKey, ...decision } }, context) => {
      const effectiveFrom = await context.run(decideReports, decision, idempotencyKey)
      return { settings: await context.perform(work => readSettings(work, effectiveFrom)) }
    },
    declineMonthlyReports: async (_, { input: { declined, idempotencyKey } }, context) => {
      await context.run(declineReports, { declined }, idempotencyKey)
      return { settings: await context.perform(work => readSettings(work, null)) }
    },
  },
}

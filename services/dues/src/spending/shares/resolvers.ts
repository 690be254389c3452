import { centreShare } from '@linghang/rulebook'
import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { passDuesUp } from './pass-up.ts'
import { shareUpOfOrganisation } from './read-shares.ts'

export const shareResolvers: Resolvers = {
  Organisation: { duesToPassUp: ({ uuid }, { year }, context) => context.load(shareUpOfOrganisation, uuid, year) },
  DuesShareUp: { citation: () => centreShare.citation },
  Mutation: {
    passDuesUp: async (_, { input }, context) => {
      const { organisationId, amountFen, countsOn, idempotencyKey, ...rest } = input
      const orgId = fromId('Organisation', organisationId, 'organisationId')
      const wanted = { ...rest, orgId, amountFen: BigInt(amountFen), countsOn: countsOn ?? null }
      await context.run(passDuesUp, wanted, idempotencyKey)
      return { share: await context.load(shareUpOfOrganisation, orgId, input.year) }
    },
  },
}

import { centreShare } from '@linghang/rulebook'
import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { passDuesUp } from './pass-up.ts'
import { sharePolicyOf, shareUpOfOrganisation } from './read-shares.ts'
import { setShares } from './set-shares.ts'
import { undecided } from './share-policy.ts'

const policyFor = async (context: Context, year: number) => (await context.load(sharePolicyOf, `${year}`)) ?? undecided

export const shareResolvers: Resolvers = {
  Organisation: { duesToPassUp: ({ uuid }, { year }, context) => context.load(shareUpOfOrganisation, uuid, year) },
  DuesShareUp: { citation: () => centreShare.citation },
  Query: {
    duesSharePolicy: (_, { year }, context) => policyFor(context, year ?? Number(context.today.slice(0, 4))),
  },
  Mutation: {
    setDuesShares: async (_, { input: { idempotencyKey, ...shares } }, context) => ({
      policy: await policyFor(context, await context.run(setShares, shares, idempotencyKey)),
    }),
    passDuesUp: async (_, { input }, context) => {
      const { organisationId, amountFen, countsOn, idempotencyKey, ...rest } = input
      const orgId = fromId('Organisation', organisationId, 'organisationId')
      const wanted = { ...rest, orgId, amountFen: BigInt(amountFen), countsOn: countsOn ?? null }
      await context.run(passDuesUp, wanted, idempotencyKey)
      return { share: await context.load(shareUpOfOrganisation, orgId, input.year) }
    },
  },
}

import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { undecided } from './policy.ts'
import { policyOfDay } from './read-policies.ts'
import { setSpendingPolicy } from './set-policy.ts'

const policyFor = async (context: Context, day: string) => (await context.load(policyOfDay, day)) ?? undecided

export const policyResolvers: Resolvers = {
  Query: { duesSpendingPolicy: (_, { on }, context) => policyFor(context, on ?? context.today) },
  Mutation: {
    setSpendingPolicy: async (_, { input }, context) => {
      const { idempotencyKey, ownUpToFen, superiorUpToFen, paperFromFen: paper, ...rest } = input
      const paperFromFen = paper == null ? null : BigInt(paper)
      const wanted = { ...rest, paperFromFen, ownUpToFen: BigInt(ownUpToFen), superiorUpToFen: BigInt(superiorUpToFen) }
      const day = await context.run(setSpendingPolicy, wanted, idempotencyKey)
      return { policy: await policyFor(context, day) }
    },
  },
}

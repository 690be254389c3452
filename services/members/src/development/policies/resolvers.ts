import { commonPractice } from '@linghang/rulebook'
import type { CountyPracticeInput, Resolvers } from '../../generated/schema-types.ts'
import { readPolicy } from './read-policies.ts'
import { setDevelopmentPolicy } from './set-policy.ts'

/** What was left out, or said to be nothing, is as it is commonly done. */
const withoutNulls = (given: CountyPracticeInput | null | undefined) =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== null && value !== undefined))

export const policyResolvers: Resolvers = {
  Query: {
    developmentPolicy: async (_, args, context) => {
      const policy = await context.perform(work => readPolicy(work, args.on ?? work.today))
      if (policy.citation.source === '') return null
      const ladders = Object.entries(policy.ladders).map(([rule, rungs]) => ({ rule, rungs }))
      return { ...policy, ...policy.citation, ladders }
    },
  },
  Mutation: {
    setDevelopmentPolicy: async (_, { input }, context) => {
      const { idempotencyKey, ...policy } = input
      const wanted = {
        ...policy,
        training: policy.training ?? null,
        practice: { ...commonPractice, ...withoutNulls(policy.practice) },
      }
      return { effectiveFrom: await context.run(setDevelopmentPolicy, wanted, idempotencyKey) }
    },
  },
}

import { commonPractice } from '@linghang/rulebook'
import type { ResolverMap } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import { readPolicy } from './read-policies.ts'
import { setDevelopmentPolicy } from './set-policy.ts'

type PolicyInput = Record<string, unknown> & { idempotencyKey?: string | null }

/** What was left out, or said to be nothing, is as it is commonly done. */
const withoutNulls = (given: Record<string, unknown> | null | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== null && value !== undefined))

export const policyResolvers: ResolverMap = {
  Query: {
    developmentPolicy: async (_: unknown, args: { on?: string | null }, context: Context) => {
      const policy = await context.perform(work => readPolicy(work, args.on ?? work.today))
      if (policy.citation.source === '') return null
      const ladders = Object.entries(policy.ladders).map(([rule, rungs]) => ({ rule, rungs }))
      return { ...policy, ...policy.citation, ladders }
    },
  },
  Mutation: {
    setDevelopmentPolicy: async (_: unknown, { input }: { input: PolicyInput }, context: Context) => {
      const { idempotencyKey, ...policy } = input
      const wanted = {
        ...policy,
        training: policy.training ?? null,
        practice: { ...commonPractice, ...withoutNulls(policy.practice as Record<string, unknown> | null | undefined) },
      }
      return { effectiveFrom: await context.run(setDevelopmentPolicy, wanted, idempotencyKey) }
    },
  },
}

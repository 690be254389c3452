import { shanghaiDay } from '@linghang/access'
import { commonPractice } from '@linghang/rulebook'
import type { Context } from '../context.ts'
import type { Input } from '../development/case-arguments.ts'

/** What was left out, or said to be nothing, is as it is commonly done. */
const withoutNulls = (given: Record<string, unknown> | null | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== null && value !== undefined))

export const policyResolvers = {
  Query: {
    developmentPolicy: async (_: unknown, args: { on?: string | null }, context: Context) => {
      const policy = await context.rooms.readPolicy(context.actor, args.on ?? shanghaiDay(context.now()))
      if (policy.citation.source === '') return null
      const ladders = Object.entries(policy.ladders).map(([rule, rungs]) => ({ rule, rungs }))
      return { ...policy, ...policy.citation, ladders }
    },
  },
  Mutation: {
    setDevelopmentPolicy: async (_: unknown, { input }: Input<Record<string, unknown>>, context: Context) => {
      const { idempotencyKey, ...policy } = input
      const effectiveFrom = await context.rooms.setPolicy(
        context.actor,
        {
          ...policy,
          training: policy.training ?? null,
          practice: {
            ...commonPractice,
            ...withoutNulls(policy.practice as Record<string, unknown> | null | undefined),
          },
        },
        idempotencyKey ?? null,
      )
      return { effectiveFrom }
    },
  },
}

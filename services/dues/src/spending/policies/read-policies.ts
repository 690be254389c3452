import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type SpendingPolicy, undecided } from './policy.ts'
import { policyStore } from './store.ts'

/** What holds for a county on a day. */
export const policyOn = async ({ tx, actor }: Pick<Work, 'tx' | 'actor'>, day: string): Promise<SpendingPolicy> =>
  (await policyStore.on(tx, actor.countyId, day)) ?? undecided

export const policyOfDay = one(
  async (work: Work, days) =>
    new Map(await Promise.all(days.map(async day => [day, await policyOn(work, day)] as const))),
)

import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type MemberStatistics, statisticsOf } from './statistics.ts'
import { statisticsStore } from './store.ts'

/** Who the people of organisations that the actor sees are, each with all below it: one statement, whatever their number. */
export const memberStatisticsOf = one(async ({ tx, actor, supervision, today }: Work, orgIds) => {
  const seen = [...(await supervision.seen(orgIds))]
  const counted = await statisticsStore.counted(tx, actor.countyId, seen, today)
  return new Map(seen.map((id): [string, MemberStatistics] => [id, statisticsOf(counted.get(id) ?? [])]))
})

import { electsWithoutCommittee, isBranch, type LifeBody, seatRuleOf } from '@linghang/rulebook'
import { groupCounts } from '../../structure/groups/read-groups.ts'
import { seatsOfAll } from '../../structure/seats/read-seats.ts'
import type { Work } from '../../work.ts'
import { bodyStore } from './store.ts'

/**
 * What makes committee and group meetings due at organisations as they are made up today. Whether they are the actor's to see
 * has been asked before.
 */
export async function lifeBodiesOf(
  work: Work,
  organisations: readonly { id: string; kind: string }[],
): Promise<Map<string, LifeBody>> {
  const { tx, today } = work
  const branches = organisations.filter(({ kind }) => isBranch(kind)).map(({ id }) => id)
  const seats = await seatsOfAll(tx, branches, today)
  const groups = await groupCounts(work, branches)
  const members = await bodyStore.fullMembers(tx, branches)
  return new Map(
    organisations.map(({ id, kind }) => {
      const sits = (seats.get(id)?.length ?? 0) >= (seatRuleOf(kind)?.from ?? 1)
      const hasCommittee = sits || !electsWithoutCommittee(kind, members.get(id) ?? 0)
      return [id, { hasCommittee, groups: groups.get(id) ?? 0 }]
    }),
  )
}

import { isBranch, type LifeBody } from '@linghang/rulebook'
import { seatsOn } from '../../structure/seats/read-seats.ts'
import type { Work } from '../../work.ts'
import { planStore } from './store.ts'

/** Branches of seven full members or more have a committee (支部工作条例, art. 20), of three at the least. */
const [committeeFrom, smallestCommittee] = [7, 3]

/** What makes committee and group meetings due at an organisation as it is made up today. */
export async function lifeBodyOf(work: Work, orgId: string, kind: string): Promise<LifeBody> {
  if (!isBranch(kind)) return { hasCommittee: true, groups: 0 }
  const sits = (await seatsOn(work, orgId, work.today)).length >= smallestCommittee
  return { hasCommittee: sits || (await planStore.fullMembers(work.tx, orgId)) >= committeeFrom, groups: 0 }
}

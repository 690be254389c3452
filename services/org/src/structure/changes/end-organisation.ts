import { awaitEnd } from '@linghang/access'
import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { endGroupsAt } from '../groups/end-groups.ts'
import { endOfficesAt } from '../offices/end-offices.ts'
import { writeEnd } from '../organisations/write-end.ts'
import { endPlacementsAt } from '../placements/place-people.ts'
import { endCommittee } from '../seats/end-committee.ts'
import { requireEnding } from './judge-ending.ts'

export type EndOrganisation = {
  id: string
  intoOrgId: string | null
  reason: string
  /** The request that asks for it. */
  approvalId: string | null
}

/**
 * Ends an organisation in one transaction: its committee, the offices at it, its groups. It stays to be read. Others follow
 * by what is told: its people come to the other one, and so does what it has.
 * @throws DomainError NOT_FOUND, and as `requireEnding`
 */
export async function endOrganisation(
  work: Work,
  { id, intoOrgId, reason, approvalId }: EndOrganisation,
): Promise<void> {
  // Before any row is taken: what is being done there waits for rows that this would hold.
  await awaitEnd(work.tx, id)
  const ended = await writeEnd(work, id, intoOrgId, before => requireEnding(work, before, intoOrgId, approvalId))
  await endCommittee(work, id, reason)
  await endOfficesAt(work, id, reason)
  await endGroupsAt(work, id, reason)
  await endPlacementsAt(work, id)
  const data = { id, endedOn: work.today, successorId: intoOrgId, version: ended.version }
  await publish(work, [{ type: 'org.organisation.ended.v1', orgId: id, subject: id, data }])
}

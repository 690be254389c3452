import { isBranch } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { lineStore } from './line-store.ts'

/** Who checks and approves is a committee (基层党委): neither a branch nor a general branch (党总支), which is one of branches. */
const isCommittee = (kind: string): boolean => !isBranch(kind) && kind !== 'GENERAL_BRANCH'

/**
 * The committee that answers for an organisation: itself, or the nearest above it; its keeper.
 * @throws DomainError NOT_FOUND for an organisation that the actor does not see; FORBIDDEN for whoever keeps it, or looks
 *   on, and does not keep the committee
 */
export async function requireCommittee({ tx, actor, supervision }: Work, orgId: string): Promise<string> {
  const above = await lineStore.committees(tx, actor.countyId, orgId)
  const committee = above.find(({ kind }) => isCommittee(kind))
  if (committee && (await supervision.kept([committee.id])).has(committee.id)) return committee.id
  if (!(await supervision.seen([orgId])).has(orgId)) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  return fail('FORBIDDEN', {
    wanted: 'the secretary or an administrator of the committee above',
    wantedZh: '上级基层党委的书记、管理员',
  })
}

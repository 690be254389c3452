import { publish } from '@linghang/events'
import { branchMembers, electsOwnCommittee, isBranch } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { holdKept } from '../organisations/hold-organisation.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { registerOrganisation } from '../organisations/register-organisation.ts'
import { fail } from './errors.ts'
import { changeStore } from './store.ts'

const { fewest, citation } = branchMembers
const cited = { article: citation.article, source: citation.source }

/** More people have no two branches together. */
const peopleAtMost = 500

/**
 * Whether these may leave a branch for one of their own: members of it, and three full members at least in each of the two
 * (支部工作条例, art. 4).
 * @throws DomainError SPLIT_REFUSED, SPLIT_MEMBER_NOT_OF_BRANCH, SPLIT_TOO_FEW, BAD_INPUT
 */
export async function requireSplit(
  work: Work,
  organisation: Organisation,
  memberIds: readonly string[],
): Promise<void> {
  const { id, kind, superiorId } = organisation
  // A temporary branch has nobody registered with it (art. 8).
  if (!isBranch(kind) || !electsOwnCommittee(kind) || superiorId === null)
    fail('SPLIT_REFUSED', { found: kind, ...cited })
  if (memberIds.length > peopleAtMost || new Set(memberIds).size < memberIds.length)
    fail('BAD_INPUT', {
      ...{ field: 'memberIds', found: memberIds.length },
      wanted: `at most ${peopleAtMost} people, each once`,
      wantedZh: `最多 ${peopleAtMost} 人，每人一次`,
    })
  const belonging = await changeStore.belongingTo(work.tx, id, work.today)
  const stranger = memberIds.find(member => !belonging.has(member))
  if (stranger !== undefined) fail('SPLIT_MEMBER_NOT_OF_BRANCH', { memberId: toId('Member', stranger), ...cited })
  const full = [...belonging].flatMap(([member, standing]) => (standing === 'FULL' ? [member] : []))
  const leaving = full.filter(member => memberIds.includes(member)).length
  const staying = full.length - leaving
  if (leaving < fewest || staying < fewest) fail('SPLIT_TOO_FEW', { leaving, staying, wanted: fewest, ...cited })
}

export type SplitBranch = {
  id: string
  code: string
  name: string
  memberIds: readonly string[]
  establishedOn: string
}

/**
 * Sets a new branch up beside an old one and tells who comes to it; they follow in the register. The old one stays with the
 * rest.
 * @returns the new branch's id
 * @throws DomainError NOT_FOUND, ORGANISATION_CODE_TAKEN and as `requireSplit`
 */
export async function splitBranch(
  work: Work,
  { id, code, name, memberIds, establishedOn }: SplitBranch,
): Promise<string> {
  const organisation = await holdKept(work, id)
  await requireSplit(work, organisation, memberIds)
  const { kind, superiorId } = organisation
  const record = { code, name, kind, superiorId: superiorId as string, establishedOn, term: null }
  const newId = await registerOrganisation.run(work, record)
  const data = { id: newId, fromId: id, memberIds: [...memberIds], version: 1 }
  await publish(work, [{ type: 'org.organisation.split.v1', orgId: id, subject: newId, data }])
  return newId
}

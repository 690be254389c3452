import { recordAudit } from '@linghang/access'
import { temporaryCitation } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { holdKept } from '../organisations/hold-organisation.ts'
import { fail } from './errors.ts'
import { placedAtMost, placementStore } from './store.ts'

const { article, source } = temporaryCitation
const cited = { article, source }
const inParty: ReadonlySet<string | null> = new Set(['FULL', 'PROBATIONARY'])

/** Members whose organisations the actor sees: nobody is placed by whoever does not know them. @throws DomainError NOT_FOUND, PLACED_IS_NO_MEMBER */
async function requireMembers({ tx, supervision }: Work, people: readonly string[]): Promise<void> {
  const registered = new Map((await placementStore.registered(tx, people)).map(one => [one.id, one]))
  const seen = await supervision.seen([...new Set([...registered.values()].map(({ orgId }) => orgId))])
  for (const id of people) {
    const found = registered.get(id)
    if (!found || !seen.has(found.orgId)) return fail('NOT_FOUND', { what: toId('Member', id) })
    if (!inParty.has(found.kind))
      fail('PLACED_IS_NO_MEMBER', { memberId: toId('Member', id), found: found.kind, ...cited })
  }
}

export type PlacePeople = { orgId: string; memberIds: readonly string[] }

/**
 * Says who takes part in a temporary branch from today on; their membership stays where it is (支部工作条例, art. 8). Whoever is
 * left out no longer does.
 * @throws DomainError NOT_FOUND, BAD_INPUT, NOT_A_TEMPORARY_BRANCH, PLACED_IS_NO_MEMBER
 */
export const placeInTemporaryBranch = useCase('placeInTemporaryBranch', async (work, input: PlacePeople) => {
  const { tx, actor, today } = work
  const { orgId, memberIds } = input
  const { kind } = await holdKept(work, orgId)
  if (kind !== 'TEMPORARY_BRANCH') fail('NOT_A_TEMPORARY_BRANCH', { found: kind, ...cited })
  const wanted = new Set(memberIds)
  if (memberIds.length > placedAtMost || wanted.size < memberIds.length)
    fail('BAD_INPUT', {
      ...{ field: 'memberIds', found: memberIds.length },
      wanted: `at most ${placedAtMost} people, each once`,
      wantedZh: `最多 ${placedAtMost} 人，每人一次`,
    })
  const before = new Set(((await placementStore.of(tx, [orgId])).get(orgId) ?? []).map(({ memberId }) => memberId))
  const coming = memberIds.filter(id => !before.has(id))
  await requireMembers(work, coming)
  await placementStore.leave(
    tx,
    orgId,
    [...before].filter(id => !wanted.has(id)),
    today,
  )
  const placements = coming.map(memberId => ({ id: work.newId(), orgId, memberId, fromOn: today }))
  await placementStore.place(tx, actor.countyId, placements)
  await recordAudit(work, [{ orgId, action: 'temporary-branch.placed', subjectType: 'Organisation', subjectId: orgId }])
  return orgId
})

/** Nobody takes part in what has ended. */
export const endPlacementsAt = ({ tx, today }: Work, orgId: string): Promise<void> =>
  placementStore.leave(tx, orgId, null, today)

import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { ElectionState } from './election.ts'
import { fold } from './election-state.ts'
import { electionStore } from './store.ts'

/** An election as it is told: its id, and what its facts make. */
export type ToldElection = ElectionState & { id: string }

/** Elections of organisations at or above which the actor holds an office. */
export async function electionsSeen(
  { tx, actor, supervision }: Work,
  ids: readonly string[],
): Promise<Map<string, ToldElection>> {
  const rows = await electionStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(rows.map(({ orgId }) => orgId))])
  const visible = rows.filter(({ orgId }) => seen.has(orgId)).map(({ id }) => id)
  const facts = await electionStore.factsOf(tx, actor.countyId, visible)
  return new Map([...facts].map(([id, told]): [string, ToldElection] => [id, { id, ...fold(told) }]))
}

/** Elections by id: those that the actor sees. */
export const electionById = one(electionsSeen)

export const electionsAt = many(async ({ tx, actor, supervision }: Work, orgIds, stretch: Stretch) =>
  electionStore.atOrganisations(tx, actor.countyId, [...(await supervision.seen(orgIds))], stretch),
)

export const electionCountAt = count(async ({ tx, supervision }: Work, orgIds) =>
  electionStore.countAtOrganisations(tx, [...(await supervision.seen(orgIds))]),
)

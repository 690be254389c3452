import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { BoardDecision, BoardKind } from './decision.ts'
import { boardDecisionStore } from './store.ts'

/** Whoever belongs to the county reads what it has decided on boards. */
export const boardDecisionById = one(async ({ tx, actor }: Work, ids) => {
  const found = await boardDecisionStore.byIds(tx, actor.countyId, ids)
  return new Map(found.map(decision => [decision.id, decision]))
})

export const readBoardDecisions = (
  { tx, actor }: Work,
  kind: BoardKind | null,
  most: number,
): Promise<BoardDecision[]> => boardDecisionStore.newest(tx, actor.countyId, kind, most)

import type { RawTx } from '@linghang/access'
import { anyOf, sqlStateOf } from '@linghang/database'
import { sqlOf } from '../../work.ts'
import type { BoardDecision, BoardKind } from './decision.ts'

const columns = [
  ...(['id', 'kind', 'organ', 'title', 'number', 'decidedOn', 'basis', 'audience', 'fromDay', 'untilDay'] as const),
  ...(['redSize', 'blackSize', 'endedOn', 'endReason'] as const),
]
/** What an exclusion constraint refuses. */
const excludedState = '23P01'

const of = (tx: RawTx, countyId: string) =>
  sqlOf(tx).selectFrom('boardDecision').select(columns).where('countyId', '=', countyId)

export const boardDecisionStore = {
  /** @returns false where another of its kind holds on one of its days */
  async insert(
    tx: RawTx,
    decision: BoardDecision & { countyId: string; setBy: string | null; setAt: Date },
  ): Promise<boolean> {
    try {
      await sqlOf(tx).insertInto('boardDecision').values(decision).execute()
      return true
    } catch (error) {
      if (sqlStateOf(error) === excludedState) return false
      throw error
    }
  },

  /** What holds of each kind on a day. */
  async on(tx: RawTx, countyId: string, day: string): Promise<Map<BoardKind, BoardDecision>> {
    const rows = await of(tx, countyId)
      .where('fromDay', '<=', day)
      .where('untilDay', '>=', day)
      .where(({ or, eb }) => or([eb('endedOn', 'is', null), eb('endedOn', '>', day)]))
      .execute()
    return new Map(rows.map(row => [row.kind, row]))
  },

  /** Decisions of a kind are held as they are until the transaction ends. */
  async holdOf(tx: RawTx, countyId: string, kind: BoardKind): Promise<void> {
    await sqlOf(tx)
      .selectFrom('boardDecision')
      .select('id')
      .where('countyId', '=', countyId)
      .where('kind', '=', kind)
      .where('endedOn', 'is', null)
      .orderBy('id')
      .forShare()
      .execute()
  },

  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<BoardDecision[]> =>
    of(tx, countyId).where('id', '=', anyOf(ids)).execute(),

  /** Of a kind or of all, the newest day first. */
  newest(tx: RawTx, countyId: string, kind: BoardKind | null, most: number): Promise<BoardDecision[]> {
    const all = of(tx, countyId)
    return (kind ? all.where('kind', '=', kind) : all)
      .orderBy('fromDay', 'desc')
      .orderBy('id', 'desc')
      .limit(most)
      .execute()
  },

  /** Ends one that still holds or is to come. @returns whether it did */
  async end(
    tx: RawTx,
    countyId: string,
    id: string,
    { endedOn, ...ended }: { endedOn: string; endReason: string; endedBy: string | null; endedAt: Date },
  ): Promise<boolean> {
    const { numUpdatedRows } = await sqlOf(tx)
      .updateTable('boardDecision')
      .set({ endedOn, ...ended })
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .where('endedOn', 'is', null)
      .where('untilDay', '>=', endedOn)
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n
  },
}

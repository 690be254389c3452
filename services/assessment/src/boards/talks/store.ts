import type { RawTx } from '@linghang/access'
import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import type { RawBuilder } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { Talk } from './talk.ts'

const columns = [
  ...(['id', 'orgId', 'decisionId', 'month', 'calledBy', 'openedOn', 'dueOn', 'state', 'workSeen', 'heldOn'] as const),
  ...(['heldBy', 'note', 'closedOn'] as const),
]
const of = (tx: RawTx, countyId: string) =>
  sqlOf(tx).selectFrom('boardTalk').select(columns).where('countyId', '=', countyId)
const at = (tx: RawTx, countyId: string, orgId: RawBuilder<string>) => of(tx, countyId).where('orgId', '=', orgId)

export const talkStore = {
  async insert(tx: RawTx, talk: Talk & { countyId: string; openedAt: Date; openedBy: string | null }): Promise<void> {
    await sqlOf(tx).insertInto('boardTalk').values(talk).execute()
  },

  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<Talk[]> =>
    of(tx, countyId).where('id', '=', anyOf(ids)).execute(),

  /** Held until the transaction ends. */
  async lock(tx: RawTx, countyId: string, id: string): Promise<Talk | null> {
    return (await of(tx, countyId).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
  },

  async close(
    tx: RawTx,
    id: string,
    closed: Pick<Talk, 'state' | 'workSeen' | 'heldOn' | 'heldBy' | 'note' | 'closedOn'> & {
      closedAt: Date
      closedBy: string | null
    },
  ): Promise<void> {
    await sqlOf(tx).updateTable('boardTalk').set(closed).where('id', '=', id).returning('id').executeTakeFirstOrThrow()
  },

  /** The last month for which each branch was called in. */
  async lastMonths(tx: RawTx, countyId: string): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('boardTalk')
      .select(['orgId', ({ fn }) => fn.max('month').as('month')])
      .where('countyId', '=', countyId)
      .groupBy('orgId')
      .execute()
    return new Map(rows.map(({ orgId, month }) => [orgId, month]))
  },

  /** Of each branch, the newest first. */
  ofBranches: (
    tx: RawTx,
    countyId: string,
    orgIds: readonly string[],
    stretch: Stretch,
  ): Promise<Map<string, Talk[]>> =>
    stretchUnder(sqlOf(tx), orgIds, id => at(tx, countyId, id), stretch, { by: ['id'], descending: true }),

  countOf: (tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, id => at(tx, countyId, id)),
}

import type { RawTx } from '@linghang/access'
import { anyOf, type Stretch, stretchOf } from '@linghang/database'
import { sqlOf } from '../work.ts'
import type { Delegation } from './delegation.ts'

const columns = [
  ...(['id', 'orgId', 'roles', 'byAccountId', 'toAccountId'] as const),
  ...(['fromOn as from', 'untilOn as until', 'reason', 'endedAt'] as const),
]

export const delegationStore = {
  async insert(tx: RawTx, countyId: string, delegation: Omit<Delegation, 'endedAt'>, now: Date): Promise<void> {
    const { id, orgId, roles, byAccountId, toAccountId, from, until, reason } = delegation
    const left = { id, countyId, orgId, roles, byAccountId, toAccountId, fromOn: from, untilOn: until, reason }
    await sqlOf(tx)
      .insertInto('delegation')
      .values({ ...left, createdAt: now })
      .execute()
  },

  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<Delegation[]> =>
    sqlOf(tx)
      .selectFrom('delegation')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** The `size` + 1 of a stretch of those at an organisation, the newest first. */
  async at(tx: RawTx, orgId: string, stretch: Stretch): Promise<Delegation[]> {
    const list = sqlOf(tx).selectFrom('delegation').select(columns).where('orgId', '=', orgId)
    return (await stretchOf(list, stretch, { by: ['id'], descending: true }).execute(sqlOf(tx))).rows
  },

  async countAt(tx: RawTx, orgId: string): Promise<number> {
    const { count } = await sqlOf(tx)
      .selectFrom('delegation')
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('count'))
      .where('orgId', '=', orgId)
      .executeTakeFirstOrThrow()
    return count
  },

  /** @returns false when it had ended already */
  async end(tx: RawTx, id: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await sqlOf(tx)
      .updateTable('delegation')
      .set({ endedAt: now })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  },
}

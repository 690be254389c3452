import { anyOf, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

export type Placement = { orgId: string; memberId: string; fromOn: string }

/** More does not work on one task together. */
export const placedAtMost = 300

export const placementStore = {
  /** Who takes part in each of these temporary branches today, in the order of their ids. */
  async of(tx: Tx, orgIds: readonly string[]): Promise<Map<string, Placement[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('temporaryPlace')
      .select(['orgId', 'memberId', 'fromOn'])
      .where('orgId', '=', anyOf(orgIds))
      .where('untilOn', 'is', null)
      .orderBy('orgId')
      .orderBy('memberId')
      .execute()
    return Map.groupBy(rows, ({ orgId }) => orgId)
  },

  /** Of these people, where each is registered and what they are. */
  async registered(tx: Tx, people: readonly string[]): Promise<{ id: string; orgId: string; kind: string | null }[]> {
    return sqlOf(tx)
      .selectFrom('memberRef')
      .select(['id', 'orgId', 'kind'])
      .where('id', '=', anyOf(people))
      .where('leftOn', 'is', null)
      .execute()
  },

  async place(tx: Tx, countyId: string, placements: readonly (Placement & { id: string })[]): Promise<void> {
    if (placements.length === 0) return
    const rows = placements.map(one => ({ ...one, countyId }))
    await insertBatch(sqlOf(tx), 'temporaryPlace', ['id', 'countyId', 'orgId', 'memberId', 'fromOn'], rows).execute()
  },

  /** Those who take part and no longer do from a day on; everybody where nobody is named. */
  async leave(tx: Tx, orgId: string, people: readonly string[] | null, day: string): Promise<void> {
    await sqlOf(tx)
      .updateTable('temporaryPlace')
      .set({ untilOn: sql<string>`greatest(from_on, ${day}::date)` })
      .where('orgId', '=', orgId)
      .where('untilOn', 'is', null)
      .$if(people !== null, query => query.where('memberId', '=', anyOf(people ?? [])))
      .execute()
  },
}

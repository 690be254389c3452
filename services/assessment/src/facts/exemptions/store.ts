import type { RawTx } from '@linghang/access'
import { anyOf } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Exempt, Exemption } from './exemption.ts'

const columns = [
  ...(['id', 'orgId', 'memberId', 'reason', 'fromDay', 'untilDay', 'decidedOn', 'basis', 'endReason'] as const),
]

export const exemptionStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Exemption[]> =>
    sqlOf(tx)
      .selectFrom('exemption')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** Those of people, the newest first. */
  ofMembers: (tx: Tx, countyId: string, memberIds: readonly string[]): Promise<Exemption[]> =>
    sqlOf(tx)
      .selectFrom('exemption')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .orderBy('fromDay', 'desc')
      .orderBy('id')
      .execute(),

  /** Until the transaction ends nobody else decides about the person. */
  async hold(tx: Tx, memberId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`exemptions/${memberId}`}, 0))::text`.execute(sqlOf(tx))
  },

  async insert(
    tx: Tx,
    exemption: Exemption & { countyId: string; decidedBy: string | null; decidedAt: Date },
  ): Promise<void> {
    await sqlOf(tx).insertInto('exemption').values(exemption).execute()
  },

  async end(tx: Tx, id: string, ended: Pick<Exemption, 'untilDay' | 'endReason'>): Promise<void> {
    await sqlOf(tx).updateTable('exemption').set(ended).where('id', '=', id).returning('id').executeTakeFirstOrThrow()
  },

  /** Whether and why people are exempt on any day of a time; whoever is not is left out. One statement for all. */
  async exemptionsAt(
    tx: RawTx,
    countyId: string,
    memberIds: readonly string[],
    from: string,
    to: string,
  ): Promise<Map<string, Exempt[]>> {
    const { rows } = await sql<Exempt & { memberId: string }>`
      select member_id, reason, from_day as "from", until_day as until from exemption
      where county_id = ${countyId}::uuid and member_id = ${anyOf(memberIds)}
        and from_day <= ${to}::date and (until_day is null or until_day >= ${from}::date)
      order by member_id, from_day, reason`.execute(sqlOf(tx))
    const byMember = Map.groupBy(rows, ({ memberId }) => memberId)
    return new Map([...byMember].map(([id, found]) => [id, found.map(({ memberId, ...exempt }) => exempt)]))
  },
}

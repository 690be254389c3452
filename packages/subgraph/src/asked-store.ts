import type { RawTx } from '@linghang/access'
import { anyOf, excluded, insertBatch, sqlOf } from '@linghang/database'
import { sql } from 'kysely'

/** How often people did what the audit names, by the organisation whose office they did it in. */
export type Times = { orgId: string; action: string; times: number }
/** From an instant to another. */
export type Span = { from: Date; until: Date }
/** How many forms, and how many fields they had: filled in, of those only picked, and filled in by the program. */
export type AskedSum = { times: number; fields: number; picked: number; known: number }
/** What an organisation had to fill in in a month, as one service counts it. */
export type AskedMonth = AskedSum & { orgId: string; month: string; service: string }

const sums = ['times', 'fields', 'picked', 'known'] as const
const columns = ['orgId', 'month', 'service', 'countyId', ...sums, 'version'] as const

export const askedStore = {
  /** Of organisations that the actor sees: one statement for all; counts alone, since the audit itself is for few. */
  async times(tx: RawTx, orgIds: readonly string[], { from, until }: Span): Promise<Times[]> {
    const { rows } = await sql<Times>`
      select org_id, action, times from app.asked_by(${orgIds}::uuid[], ${from}::timestamptz, ${until}::timestamptz)
    `.execute(sqlOf(tx))
    return rows
  },

  /** The counties in which anybody has ever done anything. */
  async counties(tx: RawTx): Promise<string[]> {
    const rows = await sqlOf(tx).selectFrom('auditChain').select('countyId').distinct().execute()
    return rows.map(({ countyId }) => countyId)
  },

  /** The next organisations of a county, in the order of ids; until the transaction ends nobody else tells of the county. */
  async next(tx: RawTx, countyId: string, after: string | null, most: number): Promise<string[]> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`asked/${countyId}`}, 0))::text`.execute(sqlOf(tx))
    const rows = await sqlOf(tx)
      .selectFrom('orgNode')
      .select('id')
      .where('countyId', '=', countyId)
      .$if(after !== null, all => all.where('id', '>', after))
      .orderBy('id')
      .limit(most)
      .execute()
    return rows.map(({ id }) => id)
  },

  /** What was told of these organisations in a month, by any service. */
  monthsOf: (tx: RawTx, orgIds: readonly string[], month: string): Promise<AskedMonth[]> =>
    sqlOf(tx)
      .selectFrom('askedMonth')
      .select(['orgId', 'month', 'service', ...sums])
      .where('orgId', '=', anyOf(orgIds))
      .where('month', '=', month)
      .execute(),

  /** Takes over what is newer than what is known. */
  async keepMonths(tx: RawTx, countyId: string, told: readonly (AskedMonth & { version: number })[]): Promise<void> {
    const rows = told.map(one => ({ ...one, countyId, version: BigInt(one.version) }))
    await insertBatch(sqlOf(tx), 'askedMonth', columns, rows)
      .onConflict(found =>
        found
          .columns(['orgId', 'month', 'service'])
          .doUpdateSet(excluded([...sums, 'version']))
          .where(({ eb, ref }) => eb('excluded.version', '>', ref('askedMonth.version'))),
      )
      .execute()
  },
}

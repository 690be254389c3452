import type { RawTx } from '@linghang/access'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'

/** What waits to be scored. */
export const waitingStore = {
  /** Counties that have something to be done: somebody touched, a day that is over, sheets to publish, sums. The service asks. */
  async waiting(tx: RawTx, today: string): Promise<string[]> {
    const { rows } = await sql<{ countyId: string }>`
      select county_id from touched group by county_id
      union select county_id from scored_county where day is null or day < ${today}::date
      union select county_id from score_publication where state = 'PUBLISHING'
      union select county_id from scored_county where sums_from is not null and sums_due_at <= clock_timestamp()
      union select county_id from dry_run where state = 'RUNNING' limit 1000`.execute(sqlOf(tx))
    return rows.map(({ countyId }) => countyId)
  },

  /** How many changes wait, 10,000 at most, and for how long the oldest does. The service asks. */
  async watched(tx: RawTx): Promise<{ subjects: number; oldestSeconds: number }> {
    const { rows } = await sql<{ subjects: number; oldestSeconds: number | null }>`
      select (select count(*) from (select from touched limit 10000) w)::int as subjects,
        extract(epoch from clock_timestamp() - (select told_at from touched order by seq limit 1))::float8 as oldest_seconds`.execute(
      sqlOf(tx),
    )
    return { subjects: rows[0]?.subjects ?? 0, oldestSeconds: Math.max(0, rows[0]?.oldestSeconds ?? 0) }
  },

  /** How many subjects wait to be scored for a time through this day. */
  async waitingThrough(tx: RawTx, countyId: string, day: string): Promise<number> {
    const row = await sqlOf(tx)
      .selectFrom('touched')
      .select(({ fn }) => fn.count<string>('subjectId').distinct().as('waiting'))
      .where('countyId', '=', countyId)
      .where('fromDay', '<=', day)
      .executeTakeFirst()
    return Number(row?.waiting ?? 0)
  },
}

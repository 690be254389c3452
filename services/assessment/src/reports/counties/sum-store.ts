import type { RawTx } from '@linghang/access'
import { branchKinds } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { IndexDefinition } from '../indices/series.ts'

/** Of the time that passes at most so much goes into working sums out again: one part in twenty. */
const rest = 20
const branches = [...branchKinds]

/** How a county's sums are worked out again. */
export const sumStore = {
  /** Whether this transaction alone sums the county up: two at once would put the same sums in. */
  async isAlone(tx: RawTx, countyId: string): Promise<boolean> {
    const { rows } = await sql<{ alone: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`sums/${countyId}`}, 0)) as alone`.execute(sqlOf(tx))
    return rows[0]?.alone === true
  },

  /** From which time on sums are to be worked out, and how often sheets were written; null where none are, or not yet. */
  async due(tx: RawTx, countyId: string): Promise<{ from: string; marks: bigint } | null> {
    const row = await sqlOf(tx)
      .selectFrom('scoredCounty')
      .select(['sumsFrom', 'sumsMarks'])
      .where('countyId', '=', countyId)
      .where('sumsFrom', 'is not', null)
      .where('sumsDueAt', '<=', sql<Date>`clock_timestamp()`)
      .executeTakeFirst()
    return row?.sumsFrom ? { from: row.sumsFrom, marks: BigInt(row.sumsMarks) } : null
  },

  /** Takes the sums of times that end on a day or later out, and puts in what the sheets come to now. */
  async sumAgain(tx: RawTx, countyId: string, from: string, indices: readonly IndexDefinition[]): Promise<void> {
    await sqlOf(tx).deleteFrom('countySum').where('countyId', '=', countyId).where('periodUntil', '>=', from).execute()
    await sql`
      with sheet as materialized (
        select s.period_from, s.period_until, s.pack_key, s.pack_version, s.scale, s.subject_type, s.score, s.groups, s.totals,
          n.kind, s.published_on is not null as published, jsonb_array_length(s.lights) > 0 as lit
        from score_sheet s join org_node n on n.id = s.org_id
        where s.county_id = ${countyId}::uuid and s.period_until >= ${from}::date
      )
      insert into county_sum (county_id, period_from, period_until, part, pack_version, scale, key, sheets, published, lit, points)
      select ${countyId}::uuid, period_from, period_until, 'SHEETS', pack_version, scale, '', count(*),
        count(*) filter (where published), count(*) filter (where lit), sum(score)
      from sheet group by period_from, period_until, pack_version, scale
      union all
      select ${countyId}::uuid, period_from, period_until, 'INDICATOR', pack_version, scale, t.key, count(*), 0, 0, sum(t.value::int)
      from sheet cross join jsonb_each_text(totals) t group by period_from, period_until, pack_version, scale, t.key
      union all
      select ${countyId}::uuid, s.period_from, s.period_until, 'INDEX', s.pack_version, '', d.key, count(v.points), 0, 0,
        coalesce(sum(v.points), 0)
      from sheet s
        join jsonb_to_recordset(${JSON.stringify(indices)}::jsonb) as d(pack_key text, pack_version int, key text, of text,
          whole boolean, groups text[], indicators text[])
          on d.pack_version = s.pack_version
            and ((d.of = 'MEMBER' and s.subject_type = 'MEMBER')
              or (d.of = 'BRANCH' and s.subject_type = 'ORGANISATION' and s.kind = any (${branches}::text[])))
        cross join lateral (select case
          when d.whole then s.score::bigint
          when d.groups is not null then
            (select sum((g.value->>'counted')::int) from jsonb_array_elements(s.groups) g where g.value->>'key' = any(d.groups))
          else (select sum((t.value)::int) from jsonb_each_text(s.totals) t where t.key = any(d.indicators)) end as points) v
      group by s.period_from, s.period_until, s.pack_version, d.key`.execute(sqlOf(tx))
  },

  /** Notes that sums are as the sheets were; where some were written meanwhile they are to be worked out again. */
  async keep(tx: RawTx, countyId: string, marks: bigint): Promise<void> {
    await sqlOf(tx)
      .updateTable('scoredCounty')
      .set({
        sumsFrom: sql<string | null>`case when sums_marks = ${marks}::bigint then null else sums_from end`,
        summedAt: sql<Date>`transaction_timestamp()`,
        sumsDueAt: sql<Date>`clock_timestamp() + ${rest} * (clock_timestamp() - transaction_timestamp())`,
      })
      .where('countyId', '=', countyId)
      .execute()
  },
}

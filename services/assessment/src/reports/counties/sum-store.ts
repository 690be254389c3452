import type { RawTx } from '@linghang/access'
import { branchKinds } from '@linghang/rulebook'
import { sql } from 'kysely'
import { newestBy } from '../../facts/organisations/store.ts'
import { sqlOf } from '../../work.ts'
import { fewest, type IndexDefinition } from '../indices/series.ts'

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
    for (const table of ['countySum', 'indexSum'] as const)
      await sqlOf(tx).deleteFrom(table).where('countyId', '=', countyId).where('periodUntil', '>=', from).execute()
    await sql`
      with recursive sheet as materialized (
        select s.org_id, s.period_from, s.period_until, s.pack_version, s.scale, s.subject_type, s.score, s.groups, s.totals,
          s.published_on is not null as published, jsonb_array_length(s.lights) > 0 as lit
        from score_sheet s where s.county_id = ${countyId}::uuid and s.period_until >= ${from}::date
      ), definition as materialized (
        select * from jsonb_to_recordset(${JSON.stringify(indices)}::jsonb) as d(pack_version int, key text, of text,
          combine text, same_kind boolean, whole boolean, groups text[], indicators text[])
      ), period as materialized (
        select distinct period_from, period_until from sheet
      ), place as materialized (
        select distinct on (t.period_from, t.period_until, p.org_id) t.period_from, t.period_until, p.org_id, p.superior_id, p.kind
        from period t cross join organisation_place p where p.county_id = ${countyId}::uuid
        order by t.period_from, t.period_until, p.org_id, ${newestBy(sql`t.period_until`)}
      ), own as materialized (
        select s.org_id, s.period_from, s.period_until, s.pack_version, d.key, count(v.points)::int as sheets,
          coalesce(sum(v.points), 0)::bigint as points
        from sheet s
          join place on place.org_id = s.org_id and place.period_from = s.period_from and place.period_until = s.period_until
          join definition d on d.pack_version = s.pack_version
            and ((d.of = 'MEMBER' and s.subject_type = 'MEMBER')
              or (d.of = 'BRANCH' and s.subject_type = 'ORGANISATION' and place.kind = any (${branches}::text[])))
          cross join lateral (select case
            when d.whole then s.score::bigint
            when d.groups is not null then
              (select sum((g.value->>'counted')::int) from jsonb_array_elements(s.groups) g where g.value->>'key' = any(d.groups))
            else (select sum((t.value)::int) from jsonb_each_text(s.totals) t where t.key = any(d.indicators)) end as points) v
        group by s.org_id, s.period_from, s.period_until, s.pack_version, d.key
      ), above (org_id, period_from, period_until, id) as (
        select org_id, period_from, period_until, org_id from place
        union
        select a.org_id, a.period_from, a.period_until, p.superior_id from above a
          join place p on p.org_id = a.id and p.period_from = a.period_from and p.period_until = a.period_until
            and p.superior_id is not null
      ), below as (
        select a.id as org_id, o.period_from, o.period_until, o.key, max(o.pack_version) as pack_version,
          sum(o.sheets)::int as sheets, sum(o.points)::bigint as points
        from own o join above a using (org_id, period_from, period_until)
        group by a.id, o.period_from, o.period_until, o.key
      ), valued as (
        select b.org_id, b.period_from, b.period_until, b.key, b.sheets, b.points,
          case when d.same_kind then place.kind end as compared,
          case when b.sheets > 0 and (b.sheets >= ${fewest} or (d.of = 'BRANCH' and d.combine = 'SUM')) then
            case d.combine when 'SUM' then b.points else round(b.points::numeric / b.sheets) end end::bigint as value
        from below b join definition d on d.pack_version = b.pack_version and d.key = b.key
          join place on place.org_id = b.org_id and place.period_from = b.period_from and place.period_until = b.period_until
      ), written as (
        insert into index_sum (county_id, org_id, period_from, period_until, key, sheets, points, peers, peers_points)
        select ${countyId}::uuid, org_id, period_from, period_until, key, sheets, points, count(value) over peer,
          coalesce(sum(value) over peer, 0)
        from valued window peer as (partition by period_from, period_until, key, compared)
      )
      insert into county_sum (county_id, period_from, period_until, part, pack_version, scale, key, sheets, published, lit, points)
      select ${countyId}::uuid, period_from, period_until, 'SHEETS', pack_version, scale, '', count(*),
        count(*) filter (where published), count(*) filter (where lit), sum(score)
      from sheet group by period_from, period_until, pack_version, scale
      union all
      select ${countyId}::uuid, period_from, period_until, 'INDICATOR', pack_version, scale, t.key, count(*), 0, 0, sum(t.value::int)
      from sheet cross join jsonb_each_text(totals) t group by period_from, period_until, pack_version, scale, t.key
      union all
      select ${countyId}::uuid, period_from, period_until, 'INDEX', pack_version, '', key, sum(sheets), 0, 0, sum(points)
      from own group by period_from, period_until, pack_version, key`.execute(sqlOf(tx))
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

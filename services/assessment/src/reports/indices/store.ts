import type { RawTx } from '@linghang/access'
import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { branchKinds } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import { fewest, type IndexDefinition } from './series.ts'

type Summed = { orgId: string; key: string; from: string; until: string; sum: number; sheets: number }
type PeersSummed = { kind: string; key: string; from: string; sum: number; organisations: number }

const branches = [...branchKinds]

/** Each of some organisations' sheets, its own and those below it, put together by each index. */
const summed = (
  countyId: string,
  roots: RawBuilder<unknown>,
  indices: readonly IndexDefinition[],
  since: string,
) => sql`
  select root.id as org_id, root.kind, d.key, d.of, d.combine, s.period_from, s.period_until,
    sum(v.points)::float8 as sum, count(v.points)::int as sheets
  from ${roots} root
    join org_node below on below.county_id = ${countyId}::uuid and below.path <@ root.path
    join score_sheet s on s.county_id = ${countyId}::uuid and s.org_id = below.id and s.period_from >= ${since}::date
    join jsonb_to_recordset(${JSON.stringify(indices)}::jsonb) as d(pack_key text, pack_version int, key text, of text,
      combine text, whole boolean, groups text[], indicators text[])
      on d.pack_key = s.pack_key and d.pack_version = s.pack_version
        and ((d.of = 'MEMBER' and s.subject_type = 'MEMBER')
          or (d.of = 'BRANCH' and s.subject_type = 'ORGANISATION' and below.kind = any (${branches}::text[])))
    cross join lateral (select case
      when d.whole then s.score::bigint
      when d.groups is not null then
        (select sum((g.value->>'counted')::int) from jsonb_array_elements(s.groups) g where g.value->>'key' = any(d.groups))
      else (select sum((t.value)::int) from jsonb_each_text(s.totals) t where t.key = any(d.indicators)) end as points) v
  group by root.id, root.kind, d.key, d.of, d.combine, s.period_from, s.period_until`

export const indexStore = {
  /** What each organisation has of each index and period; one statement for all. */
  async ofOrganisations(
    tx: RawTx,
    countyId: string,
    orgIds: readonly string[],
    indices: readonly IndexDefinition[],
    since: string,
  ): Promise<Summed[]> {
    const roots = sql`(select id, kind, path from org_node where county_id = ${countyId}::uuid and id = ${anyOf(orgIds)})`
    const { rows } = await sql<Summed>`
      select org_id, key, period_from as "from", period_until as until, coalesce(sum, 0) as sum, sheets
      from (${summed(countyId, roots, indices, since)}) one`.execute(sqlOf(tx))
    return rows
  },

  /** What all organisations of these kinds have together, and how many they are: only those that have a value of their own. */
  async ofKinds(
    tx: RawTx,
    countyId: string,
    kinds: readonly string[] | null,
    indices: readonly IndexDefinition[],
    since: string,
  ): Promise<PeersSummed[]> {
    const isOfKind = kinds === null ? sql`true` : sql`kind = any (${kinds}::text[])`
    const roots = sql`(select id, kind, path from org_node where county_id = ${countyId}::uuid and ${isOfKind})`
    const { rows } = await sql<PeersSummed>`
      select ${kinds === null ? sql`''` : sql`kind`} as kind, key, period_from as "from",
        sum(case when combine = 'SUM' then sum else sum / sheets end)::float8 as sum, count(*)::int as organisations
      from (${summed(countyId, roots, indices, since)}) one
      where sheets > 0 and (sheets >= ${fewest} or (of = 'BRANCH' and combine = 'SUM'))
      group by 1, 2, 3`.execute(sqlOf(tx))
    return rows
  },

  async kindsOf(tx: RawTx, orgIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx).selectFrom('orgNode').select(['id', 'kind']).where('id', '=', anyOf(orgIds)).execute()
    return new Map(rows.map(({ id, kind }) => [id, kind]))
  },

  /** A stretch of what stands directly below each, in the order of their codes: never of points. */
  below: (tx: RawTx, orgIds: readonly string[], stretch: Stretch) =>
    stretchUnder(sqlOf(tx), orgIds, id => directlyBelow(tx, id), stretch, { by: ['code', 'id'] }) as Promise<
      Map<string, { id: string; code: string }[]>
    >,

  countBelow: (tx: RawTx, orgIds: readonly string[]) => countUnder(sqlOf(tx), orgIds, id => directlyBelow(tx, id)),
}

const directlyBelow = (tx: RawTx, id: Parameters<Parameters<typeof countUnder>[2]>[0]) =>
  sqlOf(tx).selectFrom('orgNode').select(['id', 'code']).where('superiorId', '=', id).where('endedOn', 'is', null)

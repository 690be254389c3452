import type { RawTx } from '@linghang/access'
import { anyOf, type Stretch, stretchOf } from '@linghang/database'
import { branchKinds } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import type { SubjectType } from '../../facts/fact.ts'
import { sqlOf } from '../../work.ts'
import type { BoardKind } from '../decisions/decision.ts'
import type { Bounds, Group, Place } from './place.ts'
import type { Time } from './times.ts'

/** What a board is made of: which sheets, and with whom each is compared. */
export type Source = {
  kind: BoardKind
  countyId: string
  time: Time
  packVersion: number
  /** Whether branches are compared with those of their kind alone, as the pack says. */
  byKind: boolean
}
/** A branch, and the committee above it. */
export type Seat = { orgId: string; committeeId: string | null }

const branches = [...branchKinds]
const typeOf = (kind: BoardKind): SubjectType => (kind === 'MEMBERS' ? 'MEMBER' : 'ORGANISATION')

/** What each has of a time: of published sheets, together where a year has several; or as a month's reports told it. */
const sheetsOf = (type: SubjectType, countyId: string, { period, by }: Time, packVersion: number) =>
  by === 'REPORTS'
    ? sql`
        select subject_id, org_id, scale, score, 1 as periods from monthly_report
        where county_id = ${countyId}::uuid and subject_type = ${type} and month = ${period.from}::date
          and pack_version = ${packVersion}`
    : sql`
        select subject_id, (array_agg(org_id order by period_from desc))[1] as org_id,
          (array_agg(scale order by period_from desc))[1] as scale, round(avg(score))::int as score, count(*)::int as periods
        from score_sheet
        where county_id = ${countyId}::uuid and subject_type = ${type} and published_on is not null
          and period_from >= ${period.from}::date and period_until <= ${period.until}::date and pack_version = ${packVersion}
        group by subject_id`

/**
 * Who stands on a board: of published sheets, and of people those who are in the register today and have not asked not to be
 * named: they take no rank from anybody and count in no average. A general branch is part of the committee above it.
 */
const standing = ({ kind, countyId, time, packVersion, byKind }: Source): RawBuilder<unknown> => {
  const counts =
    kind === 'MEMBERS'
      ? sql`exists (select from person_fact p where p.member_id = s.subject_id and p.in_register)
          and not exists (select from naming_request q
            where q.county_id = ${countyId}::uuid and q.member_id = s.subject_id and q.state in ('WAITING', 'GRANTED'))`
      : sql`n.kind = any (${branches}::text[]) and n.ended_on is null`
  return sql`
    select one.*, concat_ws('/', one.scale, one.peer_kind, ${kind === 'YEAR_ORDER' ? sql`one.committee_id::text` : sql`null`})
      as group_key
    from (
      select s.subject_id, s.org_id, s.scale, s.score, s.periods, coalesce(g.id, above.id) as committee_id,
        case when ${byKind && kind !== 'MEMBERS'} then n.kind else '' end as peer_kind
      from (${sheetsOf(typeOf(kind), countyId, time, packVersion)}) s
      join org_node n on n.id = s.org_id and n.county_id = ${countyId}::uuid
      left join org_node above on above.id = n.superior_id
      left join org_node g on above.kind = 'GENERAL_BRANCH' and g.id = above.superior_id
      where ${counts}) one`
}

const ranked = (source: Source) => sql`
  select standing.*, rank() over (partition by group_key order by score desc)::int as rank from (${standing(source)}) standing`

/** Ranks that are shown, by who is compared. */
type Limits = readonly (Bounds & { key: string })[]
const limitRows = (limits: Limits) => {
  const rows = limits.map(({ key, redThrough, blackFrom }) => ({
    ...{ group_key: key, red_through: redThrough, black_from: blackFrom },
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as b(group_key text, red_through int, black_from int)`
}

const shownIn = (source: Source, { bounds, orgIds }: { bounds: Limits; orgIds: readonly string[] }) => sql<Place>`(
  select r.group_key, r.subject_id, r.org_id, r.rank, r.score, r.periods from (${ranked(source)}) r
  join ${limitRows(bounds)} using (group_key)
  where r.org_id = ${anyOf(orgIds)} and (r.rank <= b.red_through or r.rank >= b.black_from))`

export const placeStore = {
  /** By which pack the standing that ends a time was worked out; null where there is none. */
  async packOf(tx: RawTx, countyId: string, { period: { from, until }, by }: Time): Promise<number | null> {
    const sheets = sqlOf(tx)
      .selectFrom('scoreSheet')
      .select('packVersion')
      .where('countyId', '=', countyId)
      .where('periodFrom', '>=', from)
      .where('periodUntil', '=', until)
      .where('publishedOn', 'is not', null)
    const reports = sqlOf(tx)
      .selectFrom('monthlyReport')
      .select('packVersion')
      .where('countyId', '=', countyId)
      .where('month', '=', from)
    const row = by === 'SHEETS' ? await sheets.limit(1).executeTakeFirst() : await reports.limit(1).executeTakeFirst()
    return row?.packVersion ?? null
  },

  /** The last months of which every branch has its report; while they are still being made, a month is none. */
  async reportedMonths(tx: RawTx, countyId: string): Promise<string[]> {
    const { rows } = await sql<{ month: string }>`
      select a.month from (
        select month, sum(subjects) as branches from report_average
        where county_id = ${countyId}::uuid and subject_type = 'ORGANISATION' group by month) a
      where a.branches <= (select count(*) from monthly_report r
        where r.county_id = ${countyId}::uuid and r.month = a.month and r.subject_type = 'ORGANISATION')
      order by a.month desc limit 36`.execute(sqlOf(tx))
    return rows.map(({ month }) => month)
  },

  /** Branches whose rank is one of the last. */
  async black(tx: RawTx, source: Source, limits: Limits): Promise<Set<string>> {
    const { rows } = await sql<{ subjectId: string }>`
      select r.subject_id from (${ranked(source)}) r join ${limitRows(limits)} using (group_key)
      where r.rank >= b.black_from`.execute(sqlOf(tx))
    return new Set(rows.map(({ subjectId }) => subjectId))
  },

  async groups(tx: RawTx, source: Source): Promise<Group[]> {
    const { rows } = await sql<Group>`
      select group_key as key, scale, peer_kind as kind, count(*)::int as peers, round(avg(score))::int as score,
        ${source.kind === 'YEAR_ORDER' ? sql`committee_id` : sql`null::uuid`} as committee_id
      from (${standing(source)}) one group by 1, 2, 3, 6 order by 1 limit 5000`.execute(sqlOf(tx))
    return rows
  },

  /** Where those who stand on it belong. */
  async seats(tx: RawTx, source: Source): Promise<Seat[]> {
    const { rows } = await sql<Seat>`
      select distinct org_id, committee_id from (${standing(source)}) one`.execute(sqlOf(tx))
    return rows
  },

  /** The committee in whose circle each of these stands: the one above a branch, a committee itself. */
  async committeesOf(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<Set<string>> {
    const { rows } = await sql<{ id: string | null }>`
      select case when n.kind = any (${branches}::text[]) then coalesce(g.id, above.id)
        when n.kind = 'GENERAL_BRANCH' then above.id else n.id end as id
      from org_node n left join org_node above on above.id = n.superior_id
        left join org_node g on above.kind = 'GENERAL_BRANCH' and g.id = above.superior_id
      where n.county_id = ${countyId}::uuid and n.id = ${anyOf(orgIds)}`.execute(sqlOf(tx))
    return new Set(rows.flatMap(({ id }) => id ?? []))
  },

  /** An organisation and all below it; none where the county has no such one. */
  async below(tx: RawTx, countyId: string, orgId: string): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`
      select below.id from org_node root join org_node below on below.path <@ root.path
      where root.id = ${orgId}::uuid and root.county_id = ${countyId}::uuid`.execute(sqlOf(tx))
    return new Set(rows.map(({ id }) => id))
  },

  /** A stretch of the places at these organisations, group by group, the first rank first; of one rank in the order of ids. */
  async places(
    tx: RawTx,
    source: Source,
    shown: { bounds: Limits; orgIds: readonly string[] },
    stretch: Stretch,
  ): Promise<Place[]> {
    const list = shownIn(source, shown)
    const { rows } = await stretchOf<Place>(list, stretch, { by: ['groupKey', 'rank', 'subjectId'] }).execute(sqlOf(tx))
    return rows
  },

  async count(tx: RawTx, source: Source, shown: { bounds: Limits; orgIds: readonly string[] }): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${shownIn(source, shown)} one`.execute(sqlOf(tx))
    return rows[0]?.n ?? 0
  },
}

import type { RawTx } from '@linghang/access'
import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { branchKinds } from '@linghang/rulebook'
import { sql } from 'kysely'
import type { SubjectType } from '../../facts/fact.ts'
import { sqlOf } from '../../work.ts'
import type { Average, Report } from './report.ts'

export type Made = { id: string; orgId: string; subjectType: SubjectType; subjectId: string }

const columns = [
  ...(['id', 'orgId', 'subjectType', 'subjectId', 'month', 'packKey', 'packVersion', 'scale', 'kind'] as const),
  ...(['periodFrom', 'periodUntil', 'score', 'groups', 'totals', 'lights'] as const),
]
const newestFirst = { by: ['month', 'id'], descending: true } as const
const branches = [...branchKinds]

/** The sheets of members and branches for the time in which a day lies; of an organisation its kind. */
const sheetsOn = (countyId: string, day: string) => sql`
  select s.*, case when s.subject_type = 'MEMBER' then '' else n.kind end as kind
  from score_sheet s join org_node n on n.id = s.org_id and n.county_id = s.county_id
  where s.county_id = ${countyId}::uuid and s.period_from <= ${day}::date and s.period_until >= ${day}::date
    and (s.subject_type = 'MEMBER' or n.kind = any (${branches}::text[]))`

const of = (tx: RawTx, countyId: string, type: SubjectType) =>
  sqlOf(tx).selectFrom('monthlyReport').select(columns).where('countyId', '=', countyId).where('subjectType', '=', type)

export const reportStore = {
  /** Works out once for a month what peers had together: an attempt that goes on compares with the same averages. */
  async keepAverages(tx: RawTx, countyId: string, month: string, day: string): Promise<void> {
    await sql`
      with sheet as materialized (${sheetsOn(countyId, day)}),
      whole as (select subject_type, scale, kind, count(*)::int as subjects, round(avg(score))::int as score
        from sheet group by 1, 2, 3),
      by_group as (select subject_type, scale, kind, jsonb_object_agg(key, points) as points from (
        select s.subject_type, s.scale, s.kind, g.value->>'key' as key, round(avg((g.value->>'counted')::int))::int as points
        from sheet s cross join jsonb_array_elements(s.groups) g group by 1, 2, 3, 4) one group by 1, 2, 3),
      by_total as (select subject_type, scale, kind, jsonb_object_agg(key, points) as points from (
        select s.subject_type, s.scale, s.kind, t.key, round(avg(t.value::int))::int as points
        from sheet s cross join jsonb_each_text(s.totals) t group by 1, 2, 3, 4 having count(*) >= 5) one group by 1, 2, 3)
      insert into report_average (county_id, month, subject_type, scale, kind, subjects, score, groups, totals)
      select ${countyId}::uuid, ${month}::date, w.subject_type, w.scale, w.kind, w.subjects, w.score,
        coalesce(g.points, '{}'), coalesce(t.points, '{}')
      from whole w left join by_group g using (subject_type, scale, kind) left join by_total t using (subject_type, scale, kind)
      on conflict do nothing`.execute(sqlOf(tx))
  },

  /** Who has a sheet on a day, in the order of their ids, behind one of them: a set of the month's reports. */
  async next(tx: RawTx, countyId: string, day: string, after: string | null, most: number): Promise<string[]> {
    const behind = after === null ? sql`true` : sql`subject_id > ${after}::uuid`
    const { rows } = await sql<{ subjectId: string }>`
      select subject_id from (${sheetsOn(countyId, day)}) one where ${behind}
      order by subject_id limit ${most}`.execute(sqlOf(tx))
    return rows.map(({ subjectId }) => subjectId)
  },

  /**
   * Makes these subjects' reports, each once a month, but those of members who do without one.
   * @returns those that were not there before
   */
  async make(
    tx: RawTx,
    countyId: string,
    { month, day, ids, at }: { month: string; day: string; ids: readonly string[]; at: Date },
  ): Promise<Made[]> {
    const { rows } = await sql<Made>`
      insert into monthly_report (id, county_id, org_id, subject_type, subject_id, month, pack_key, pack_version, scale, kind,
        period_from, period_until, score, groups, totals, lights, made_at)
      select uuidv7(), s.county_id, s.org_id, s.subject_type, s.subject_id, ${month}::date, s.pack_key, s.pack_version, s.scale,
        s.kind, s.period_from, s.period_until, s.score, s.groups, s.totals, s.lights, ${at}
      from (${sheetsOn(countyId, day)}) s
      where s.subject_id = ${anyOf(ids)}
        and not exists (select from report_declined d where d.member_id = s.subject_id and d.declined)
      order by s.subject_id
      on conflict (county_id, subject_id, month) do nothing
      returning id, org_id, subject_type, subject_id`.execute(sqlOf(tx))
    return rows
  },

  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<Report[]> =>
    sqlOf(tx)
      .selectFrom('monthlyReport')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  ofSubjects: (tx: RawTx, countyId: string, type: SubjectType, ids: readonly string[], stretch: Stretch) =>
    stretchUnder(
      sqlOf(tx),
      ids,
      id => of(tx, countyId, type).where('subjectId', '=', id),
      stretch,
      newestFirst,
    ) as Promise<Map<string, Report[]>>,
  countOfSubjects: (tx: RawTx, countyId: string, type: SubjectType, ids: readonly string[]) =>
    countUnder(sqlOf(tx), ids, id => of(tx, countyId, type).where('subjectId', '=', id)),

  /** Those of the people of each organisation, in the order of their ids: never of points. */
  membersAt: (tx: RawTx, countyId: string, orgIds: readonly string[], month: string, stretch: Stretch) =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      id => of(tx, countyId, 'MEMBER').where('orgId', '=', id).where('month', '=', month),
      stretch,
      { by: ['subjectId', 'id'] },
    ) as Promise<Map<string, Report[]>>,
  countMembersAt: (tx: RawTx, countyId: string, orgIds: readonly string[], month: string) =>
    countUnder(sqlOf(tx), orgIds, id => of(tx, countyId, 'MEMBER').where('orgId', '=', id).where('month', '=', month)),

  /** What the same subjects were told in other months. */
  ofMonths: (tx: RawTx, countyId: string, ids: readonly string[], months: readonly string[]): Promise<Report[]> =>
    sqlOf(tx)
      .selectFrom('monthlyReport')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(ids))
      .where('month', 'in', months.length > 0 ? [...months] : ['0001-01-01'])
      .execute(),

  averages: (tx: RawTx, countyId: string, months: readonly string[]) =>
    sqlOf(tx)
      .selectFrom('reportAverage')
      .select(['month', 'subjectType', 'scale', 'kind', 'subjects', 'score', 'groups', 'totals'])
      .where('countyId', '=', countyId)
      .where('month', 'in', months.length > 0 ? [...months] : ['0001-01-01'])
      .execute() as Promise<(Average & Pick<Report, 'month' | 'subjectType' | 'scale' | 'kind'>)[]>,
}

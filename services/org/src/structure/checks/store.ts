import { anyOf, excluded, insertBatch } from '@linghang/database'
import type { StructureFacts } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Found } from './found.ts'

type Told = { findings: Found[]; version: number }

/** More organisations stand below none of a county's in earnest. */
const organisationsAtMost = 20_000

export const checkStore = {
  async cover(tx: Tx, orgId: string, coveredUnits: number | null): Promise<void> {
    await sqlOf(tx)
      .updateTable('organisation')
      .set({ coveredUnits })
      .where('id', '=', orgId)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  /** What the check looks at of each organisation, in one statement for all. */
  async factsOf(tx: Tx, orgIds: readonly string[], today: string): Promise<Map<string, StructureFacts>> {
    const { rows } = await sql<StructureFacts & { id: string }>`
      with people as (
        select org_id, count(*)::int as people,
          count(*) filter (where kind in ('FULL', 'PROBATIONARY'))::int as members,
          count(*) filter (where kind = 'FULL' and coalesce(full_member_since, joined_on + interval '1 year', ${today}::date) <= ${today}::date)::int as full_members
        from member_ref where org_id = any (${orgIds}::uuid[]) and (left_on is null or left_on > ${today}::date)
        group by org_id
      ), seats as (
        select s.org_id, jsonb_agg(jsonb_build_object('post', s.post, 'memberId', s.member_id, 'fullMemberSince', m.full_member_since)) as seats,
          count(*) filter (where s.entry in ('ELECTED', 'COOPTED') and m.id is not null and (m.left_on <= ${today}::date or not exists (
            select from org_node n join org_node g on n.path <@ g.path where n.id = m.org_id and g.id = s.org_id)))::int as of_others
        from committee_seat s left join member_ref m on m.id = s.member_id
        where s.org_id = any (${orgIds}::uuid[]) and s.from_on <= ${today}::date and (s.until_on is null or s.until_on > ${today}::date)
        group by s.org_id
      ), secretaries as (
        select org_id, max(until_on) as left_on from committee_seat
        where org_id = any (${orgIds}::uuid[]) and post = 'SECRETARY' and until_on <= ${today}::date group by org_id
      ), groups as (
        select g.org_id, jsonb_agg(g.name order by g.name) as names from party_group g
        where g.org_id = any (${orgIds}::uuid[]) and g.ended_on is null and not exists (
          select from party_group_member p join member_ref m on m.id = p.member_id and m.kind = 'FULL'
          where p.group_id = g.id and p.until_on is null)
        group by g.org_id
      ), keepers as (
        select org_id, max(ends_on) as left_on from office
        where org_id = any (${orgIds}::uuid[]) and role in ('ADMIN', 'SECRETARY') group by org_id
        having bool_and(coalesce(ends_on <= ${today}::date, false))
      )
      select o.id, o.kind, o.ended_on is not null as ended, o.ends_on, o.covered_units, o.term_end, o.secretary_name is not null as secretary_named,
        coalesce(p.members, 0) as members, coalesce(p.full_members, 0) as full_members, coalesce(p.people, 0) as people,
        coalesce(s.seats, '[]') as seats, coalesce(s.of_others, 0) as seats_of_others, l.left_on as secretary_left_on, coalesce(g.names, '[]') as groups_without_full_members,
        k.left_on as keeper_left_on
      from organisation o
      left join people p on p.org_id = o.id left join seats s on s.org_id = o.id
      left join secretaries l on l.org_id = o.id left join groups g on g.org_id = o.id
      left join keepers k on k.org_id = o.id
      where o.id = any (${orgIds}::uuid[])
        -- Whoever keeps books knows whose they are; how those are set up is none of theirs.
        and (current_setting('role') = 'linghang_county' or o.id = any ((select app.visible_orgs())::uuid[]))`.execute(
      sqlOf(tx),
    )
    return new Map(rows.map(({ id, ...facts }) => [id, facts]))
  },

  /** The next organisations of a county, in the order of ids; until the transaction ends nobody else checks it. */
  async next(tx: Tx, countyId: string, after: string | null, most: number): Promise<string[]> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`structure/${countyId}`}, 0))::text`.execute(sqlOf(tx))
    const all = sqlOf(tx).selectFrom('organisation').select('id').where('countyId', '=', countyId)
    const rows = await (after === null ? all : all.where('id', '>', after)).orderBy('id').limit(most).execute()
    return rows.map(({ id }) => id)
  },

  /** What was told last of these organisations. */
  async told(tx: Tx, countyId: string, orgIds: readonly string[]): Promise<Map<string, Told>> {
    const rows = await sqlOf(tx)
      .selectFrom('structureTold')
      .select(['orgId', 'findings', 'version'])
      .where('countyId', '=', countyId)
      .where('orgId', '=', anyOf(orgIds))
      .execute()
    return new Map(rows.map(({ orgId, ...told }) => [orgId, told]))
  },

  async keepTold(tx: Tx, countyId: string, told: readonly (Told & { orgId: string })[]): Promise<void> {
    const rows = told.map(({ orgId, findings, version }) => ({ orgId, countyId, findings, version }))
    await insertBatch(sqlOf(tx), 'structureTold', ['orgId', 'countyId', 'findings', 'version'], rows)
      .onConflict(found => found.column('orgId').doUpdateSet(excluded(['findings', 'version'])))
      .execute()
  },

  /** The organisations at and below each of these. */
  async below(tx: Tx, orgIds: readonly string[]): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ top: string; id: string }>`
      select g.id as top, n.id from org_node g join org_node n on n.path <@ g.path
      where g.id = any (${orgIds}::uuid[]) order by g.id, n.path limit ${organisationsAtMost}`.execute(sqlOf(tx))
    const byTop = Map.groupBy(rows, ({ top }) => top)
    return new Map([...byTop].map(([top, found]) => [top, found.map(({ id }) => id)]))
  },
}

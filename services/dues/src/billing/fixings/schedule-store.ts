import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** That a branch's dues are to be fixed for a year; `checkedOn` null while they are. */
export type Scheduled = { id: string; orgId: string; year: number; checkedOn: string | null; version: bigint }
const written = sql`returning id, org_id, year, checked_on, version`

export const scheduleStore = {
  /** Schedules a year for whoever has lines of it at an organisation or below. @returns those that were not yet */
  async open(tx: Tx, countyId: string, orgId: string, year: number): Promise<Scheduled[]> {
    const { rows } = await sql<Scheduled>`
      insert into dues_fixing_schedule (id, county_id, org_id, year, version)
      select uuidv7(), ${countyId}::uuid, l.org_id, ${year}::int, 1 from dues_fixing_line l
      where l.org_id = any (app.orgs_under('{' || ${orgId}::uuid || '}')) and l.year = ${year}::int
      group by l.org_id on conflict (org_id, year) do nothing ${written}`.execute(sqlOf(tx))
    return rows
  },

  /** Ends a year's for those of whom every line of who owes is checked, and schedules the next. @returns both */
  async close(tx: Tx, countyId: string, orgId: string, year: number, on: string): Promise<Scheduled[]> {
    const { rows: closed } = await sql<Scheduled>`
      update dues_fixing_schedule s set checked_on = ${on}::date, version = s.version + 1
      where s.org_id = any (app.orgs_under('{' || ${orgId}::uuid || '}')) and s.year = ${year}::int and s.checked_on is null
        and not exists (select from dues_fixing_line l join dues_record r on r.member_id = l.member_id and r.owes
          where l.org_id = s.org_id and l.year = s.year and l.state <> 'CHECKED') ${written}`.execute(sqlOf(tx))
    const { rows: next } = await sql<Scheduled>`
      insert into dues_fixing_schedule (id, county_id, org_id, year, version)
      select uuidv7(), ${countyId}::uuid, id, ${year + 1}::int, 1 from unnest(${closed.map(row => row.orgId)}::uuid[]) as closed (id)
      on conflict (org_id, year) do nothing ${written}`.execute(sqlOf(tx))
    return [...closed, ...next]
  },
}

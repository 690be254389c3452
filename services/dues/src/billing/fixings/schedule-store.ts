import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** That a branch's dues are to be fixed for a year; `checkedOn` null while they are. */
export type Scheduled = {
  id: string
  orgId: string
  year: number
  dueOn: string
  checkedOn: string | null
  version: bigint
}
const written = sql`returning id, org_id, year, due_on, checked_on, version`

export const scheduleStore = {
  /** Schedules a year for whoever has lines of it at an organisation or below. @returns those that were not yet */
  async open(tx: Tx, countyId: string, orgId: string, year: number, dueOn: string): Promise<Scheduled[]> {
    const { rows } = await sql<Scheduled>`
      insert into dues_fixing_schedule (id, county_id, org_id, year, due_on, version)
      select uuidv7(), ${countyId}::uuid, l.org_id, ${year}::int, ${dueOn}::date, 1 from dues_fixing_line l
      where l.org_id = any (app.orgs_under('{' || ${orgId}::uuid || '}')) and l.year = ${year}::int
      group by l.org_id on conflict (org_id, year) do nothing ${written}`.execute(sqlOf(tx))
    return rows
  },

  /** Ends a year's for those of whom every line of who owes is checked, and schedules the next. @returns both */
  async close(
    tx: Tx,
    countyId: string,
    orgId: string,
    { year, on, nextDueOn }: { year: number; on: string; nextDueOn: string },
  ): Promise<Scheduled[]> {
    const { rows: closed } = await sql<Scheduled>`
      update dues_fixing_schedule s set checked_on = ${on}::date, version = s.version + 1
      where s.org_id = any (app.orgs_under('{' || ${orgId}::uuid || '}')) and s.year = ${year}::int and s.checked_on is null
        and not exists (select from dues_fixing_line l join dues_record r on r.member_id = l.member_id and r.owes
          where l.org_id = s.org_id and l.year = s.year and l.state <> 'CHECKED') ${written}`.execute(sqlOf(tx))
    const { rows: next } = await sql<Scheduled>`
      insert into dues_fixing_schedule (id, county_id, org_id, year, due_on, version)
      select uuidv7(), ${countyId}::uuid, id, ${year + 1}::int, ${nextDueOn}::date, 1 from unnest(${closed.map(row => row.orgId)}::uuid[]) as closed (id)
      on conflict (org_id, year) do nothing ${written}`.execute(sqlOf(tx))
    return [...closed, ...next]
  },

  /** Years that are still to be fixed in a county. */
  async openYears(tx: Tx, countyId: string): Promise<number[]> {
    const rows = await sqlOf(tx)
      .selectFrom('duesFixingSchedule')
      .select('year')
      .distinct()
      .where('countyId', '=', countyId)
      .where('checkedOn', 'is', null)
      .execute()
    return rows.map(({ year }) => year)
  },

  /** Moves what is still open of a year to the day that holds now. @returns those that were on another */
  async move(tx: Tx, countyId: string, year: number, dueOn: string): Promise<Scheduled[]> {
    const { rows } = await sql<Scheduled>`
      update dues_fixing_schedule s set due_on = ${dueOn}::date, version = s.version + 1
      where s.county_id = ${countyId}::uuid and s.year = ${year}::int and s.checked_on is null and s.due_on <> ${dueOn}::date
      ${written}`.execute(sqlOf(tx))
    return rows
  },
}

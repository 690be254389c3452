import { sql } from 'kysely'
import { sqlOf, type Work } from '../../work.ts'
import type { DuesReminder } from './reminder.ts'

const told = sql`r.id, r.org_id, r.member_id, r.kind, r.month, r.months, r.line_id, r.opened_on, r.closed_on, r.version`

/** Set by set, whatever the county has: one statement for at most so many members. */
export const reminderStore = {
  /** Reminds of a month who has not settled it and is still on the register; of one month once. */
  async remindOfMonth({ tx, actor, today }: Work, month: string, most: number): Promise<DuesReminder[]> {
    const { rows } = await sql<DuesReminder>`
      insert into dues_reminder as r (id, county_id, org_id, member_id, kind, month, months, opened_on)
      select uuidv7(), ${actor.countyId}::uuid, o.org_id, o.member_id, 'DUES_OPEN', ${month}::date, o.months, ${today}::date
      from (
        select b.member_id, (array_agg(b.org_id order by b.month desc))[1] as org_id,
          count(*) filter (where b.month < ${month}::date)::int as months
        from dues_bill b join dues_record d on d.member_id = b.member_id and d.closed_on is null
        where b.county_id = ${actor.countyId}::uuid and b.settled_on is null and b.month <= ${month}::date
          and not exists (select from dues_reminder x where x.member_id = b.member_id and x.month = ${month}::date and x.kind = 'DUES_OPEN')
        group by b.member_id order by b.member_id limit ${most}
      ) o
      on conflict (member_id, month) where kind = 'DUES_OPEN' do nothing returning ${told}`.execute(sqlOf(tx))
    return rows
  },

  /** Puts bases of a year and later before whom they are proposed for, or whose branch has corrected them; each version once. */
  async remindOfBases({ tx, actor, today }: Work, year: number, most: number): Promise<DuesReminder[]> {
    const { rows } = await sql<DuesReminder>`
      insert into dues_reminder as r (id, county_id, org_id, member_id, kind, month, months, line_id, line_version, opened_on)
      select uuidv7(), l.county_id, l.org_id, l.member_id, 'BASE_TO_CONFIRM', l.from_month, 0, l.id, l.version, ${today}::date
      from dues_fixing_line l join dues_record d on d.member_id = l.member_id and d.owes
      where l.county_id = ${actor.countyId}::uuid and l.year >= ${year}::int and l.state in ('PROPOSED', 'CORRECTED')
        and l.due_fen is not null
        and not exists (select from dues_reminder x where x.line_id = l.id and x.line_version = l.version)
      order by l.member_id, l.from_month limit ${most}
      on conflict (line_id, line_version) where line_id is not null do nothing returning ${told}`.execute(sqlOf(tx))
    return rows
  },

  /**
   * Ends what there is nothing to be reminded of any more: settled up to and with its month, followed by the reminder of a
   * later one, confirmed or proposed anew, or the member has left. Of these members or of the whole county.
   */
  async close({ tx, actor, today }: Work, memberIds: readonly string[] | null, most: number): Promise<DuesReminder[]> {
    const { rows } = await sql<DuesReminder>`
      update dues_reminder r set closed_on = ${today}::date, version = r.version + 1
      where r.id in (
        select c.id from dues_reminder c
        where c.county_id = ${actor.countyId}::uuid and c.closed_on is null
          and (${memberIds}::uuid[] is null or c.member_id = any (${memberIds}::uuid[]))
          and case c.kind
            when 'DUES_OPEN' then
              not exists (select from dues_bill b where b.member_id = c.member_id and b.settled_on is null and b.month <= c.month)
              or exists (select from dues_record d where d.member_id = c.member_id and d.closed_on is not null)
              or exists (select from dues_reminder n where n.member_id = c.member_id and n.kind = 'DUES_OPEN' and n.month > c.month)
            else not exists (
              select from dues_fixing_line l join dues_record d on d.member_id = l.member_id and d.owes
              where l.id = c.line_id and l.version = c.line_version and l.state in ('PROPOSED', 'CORRECTED')) end
        order by c.member_id limit ${most})
      returning ${told}`.execute(sqlOf(tx))
    return rows
  },
}

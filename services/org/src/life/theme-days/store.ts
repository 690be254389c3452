import { livesHere } from '@linghang/access'
import { anyOf, batchOf } from '@linghang/database'
import { branchKinds } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { ThemeDay } from './theme-day.ts'

const columns = [...(['id', 'orgId', 'month', 'dueOn', 'closedBy', 'meetingId', 'reason', 'version'] as const)]
const branches = [...branchKinds]

export const themeDayStore = {
  /** Counties that have decided something of organisational life, as far as they live here. */
  async counties(tx: Tx): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('lifeSettings')
      .select('countyId')
      .distinct()
      .where(livesHere('lifeSettings.countyId'))
      .execute()
    return rows.map(({ countyId }) => countyId)
  },

  /** Begins to watch the month of every branch that has not held its theme day in it; once. @returns those that are new */
  async open(tx: Tx, countyId: string, month: string, dueOn: string): Promise<ThemeDay[]> {
    const { rows } = await sql<ThemeDay>`
      insert into theme_day (id, county_id, org_id, month, due_on, version)
      select uuidv7(), o.county_id, o.id, ${month}::date, ${dueOn}::date, 1
      from organisation o
      where o.county_id = ${countyId}::uuid and o.kind = any (${branches}::text[]) and o.ended_on is null
        and not exists (select from theme_day t where t.org_id = o.id and t.month = ${month}::date)
        and not exists (select from meeting m where m.org_id = o.id and m.kind = 'THEME_DAY' and m.state = 'CLOSED'
          and m.held_on >= ${month}::date and m.held_on < ${month}::date + interval '1 month')
      on conflict (org_id, month) do nothing
      returning id, org_id, month, due_on, closed_by, meeting_id, reason, version`.execute(sqlOf(tx))
    return rows
  },

  async lock(tx: Tx, orgId: string, month: string): Promise<ThemeDay | null> {
    const found = sqlOf(tx).selectFrom('themeDay').select(columns).where('orgId', '=', orgId)
    return (await found.where('month', '=', month).forUpdate().executeTakeFirst()) ?? null
  },

  async close(tx: Tx, id: string, reason: string, by: string | null): Promise<ThemeDay> {
    return await sqlOf(tx)
      .updateTable('themeDay')
      .set(({ eb }) => ({ closedBy: 'REASON', reason, reasonBy: by, version: eb('version', '+', 1n) }))
      .where('id', '=', id)
      .returning(columns)
      .executeTakeFirstOrThrow()
  },

  /** The theme days that these meetings were, closed; a reason that was given before stays beside. */
  async held(tx: Tx, meetings: readonly { orgId: string; month: string; meetingId: string }[]): Promise<ThemeDay[]> {
    const { rows } = await sql<ThemeDay>`
      update theme_day t set closed_by = 'MEETING', meeting_id = batch.meeting_id, version = t.version + 1
      from ${batchOf('themeDay', meetings)}
      where t.org_id = batch.org_id and t.month = batch.month and t.closed_by is distinct from 'MEETING'
      returning t.id, t.org_id, t.month, t.due_on, t.closed_by, t.meeting_id, t.reason, t.version`.execute(sqlOf(tx))
    return rows
  },

  /** Nobody is warned any more at organisations that have ended. */
  closeAt: (tx: Tx, orgIds: readonly string[], reason: string): Promise<ThemeDay[]> =>
    sqlOf(tx)
      .updateTable('themeDay')
      .set(({ eb }) => ({ closedBy: 'REASON', reason, version: eb('version', '+', 1n) }))
      .where('orgId', '=', anyOf(orgIds))
      .where('closedBy', 'is', null)
      .returning(columns)
      .execute(),

  /** Of each organisation the months of a year that are watched, in their order. */
  ofYear: (tx: Tx, orgIds: readonly string[], year: number): Promise<ThemeDay[]> =>
    sqlOf(tx)
      .selectFrom('themeDay')
      .select(columns)
      .where('orgId', '=', anyOf(orgIds))
      .where('month', '>=', `${year}-01-01`)
      .where('month', '<=', `${year}-12-01`)
      .orderBy('month')
      .execute(),
}

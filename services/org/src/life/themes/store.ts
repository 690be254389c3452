import { anyOf, type Stretch, stretchUnder } from '@linghang/database'
import type { PlanTheme } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Theme } from './theme.ts'

const columns = [
  ...(['id', 'orgId', 'kind', 'fromDay', 'untilDay', 'text', 'basis', 'givenAt'] as const),
  ...(['withdrawnAt', 'withdrawReason'] as const),
]
type ForRow = { kind: PlanTheme['kind']; fromDay: string; untilDay: string; text: string; basis: string }

export const themeStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Theme[]> =>
    sqlOf(tx)
      .selectFrom('lifeTheme')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async lock(tx: Tx, countyId: string, id: string): Promise<Theme | null> {
    const own = sqlOf(tx).selectFrom('lifeTheme').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    return (await own.select(columns).executeTakeFirst()) ?? null
  },

  /** Until the transaction ends nobody else gives themes there. */
  async hold(tx: Tx, orgId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`life-themes/${orgId}`}, 0))::text`.execute(sqlOf(tx))
  },

  /** How many stand that are not over by a day. */
  async countStanding(tx: Tx, orgId: string, today: string): Promise<number> {
    const { count } = await sqlOf(tx)
      .selectFrom('lifeTheme')
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('count'))
      .where('orgId', '=', orgId)
      .where('withdrawnAt', 'is', null)
      .where('untilDay', '>=', today)
      .executeTakeFirstOrThrow()
    return count
  },

  atOrganisations: (tx: Tx, orgIds: readonly string[], stretch: Stretch): Promise<Map<string, Theme[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => sqlOf(tx).selectFrom('lifeTheme').select(columns).where('orgId', '=', orgId),
      stretch,
      { by: ['id'], descending: true },
    ),

  async countAtOrganisations(tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('lifeTheme')
      .select(({ fn, cast }) => ['orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('orgId', '=', anyOf(orgIds))
      .groupBy('orgId')
      .execute()
    return new Map(rows.map(({ orgId, count }) => [orgId, count]))
  },

  /** What those above an organisation and itself have asked for in a time, as far as it is addressed to it. */
  async addressedTo(tx: Tx, orgId: string, from: string, until: string): Promise<PlanTheme[]> {
    const { rows } = await sql<ForRow>`
      select kind, from_day, until_day, text, basis from app.themes_for(${orgId}::uuid, ${from}::date, ${until}::date)
    `.execute(sqlOf(tx))
    return rows.map(({ kind, fromDay, untilDay, text, basis }) => ({
      ...{ kind, text, basis, period: { from: fromDay, until: untilDay } },
    }))
  },

  async insert(tx: Tx, theme: Theme & { countyId: string; givenBy: string | null }): Promise<void> {
    await sqlOf(tx).insertInto('lifeTheme').values(theme).execute()
  },

  async withdraw(tx: Tx, id: string, withdrawn: { withdrawnAt: Date; withdrawReason: string }): Promise<void> {
    await sqlOf(tx)
      .updateTable('lifeTheme')
      .set(withdrawn)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },
}

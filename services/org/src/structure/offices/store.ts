import type { Role } from '@linghang/access'
import { anyOf, type Stretch, stretchUnder } from '@linghang/database'
import { type NotNull, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Office } from './office.ts'

const columns = [...(['id', 'role', 'orgId', 'accountId', 'startsOn', 'endsOn', 'endReason', 'appointedBy'] as const)]

/** Offices that have not ended by a day, those that are yet to start too. */
const openOn = (tx: Tx, day: string) =>
  sqlOf(tx)
    .selectFrom('office')
    .where(({ eb, or }) => or([eb('endsOn', 'is', null), eb('endsOn', '>', day)]))

/** Offices that are held on a day; `history`: all that there have ever been. */
const held = (tx: Tx, day: string, history = false) =>
  history ? sqlOf(tx).selectFrom('office') : openOn(tx, day).where('startsOn', '<=', day)

export const officeStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Office[]> =>
    sqlOf(tx)
      .selectFrom('office')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async lock(tx: Tx, countyId: string, id: string): Promise<Office | null> {
    const own = sqlOf(tx).selectFrom('office').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    // Whoever may read it but not write it has locked nothing, and still is to be told so.
    return (await own.select(columns).executeTakeFirst()) ?? null
  },

  heldBy: (tx: Tx, accountIds: readonly string[], today: string): Promise<Office[]> =>
    held(tx, today).select(columns).where('accountId', '=', anyOf(accountIds)).orderBy('id').limit(1_000).execute(),

  /** The `size` + 1 offices of a stretch of each organisation's, newest first; one statement for all. */
  atOrganisations: (
    tx: Tx,
    orgIds: readonly string[],
    today: string,
    history: boolean,
    stretch: Stretch,
  ): Promise<Map<string, Office[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => held(tx, today, history).select(columns).where('orgId', '=', orgId),
      stretch,
      { by: ['id'], descending: true },
    ),

  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    today: string,
    history: boolean,
  ): Promise<Map<string, number>> {
    const rows = await held(tx, today, history)
      .select(({ fn, cast }) => ['orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('orgId', '=', anyOf(orgIds))
      .groupBy('orgId')
      .$narrowType<{ orgId: NotNull }>()
      .execute()
    return new Map(rows.map(row => [row.orgId, row.count]))
  },

  /** Offices of an account that have not ended by `today`, those that are yet to start too; held until the transaction ends. */
  async lockOpenOf(tx: Tx, countyId: string, accountId: string, today: string): Promise<Office[]> {
    await sqlOf(tx)
      .selectFrom('office')
      .select('id')
      .where('countyId', '=', countyId)
      .where('accountId', '=', accountId)
      .orderBy('id')
      .forUpdate()
      .execute()
    return openOn(tx, today)
      .select(columns)
      .where('countyId', '=', countyId)
      .where('accountId', '=', accountId)
      .orderBy('id')
      .execute()
  },

  /** Offices at an organisation that these people hold or are to hold, by whichever of their logins. */
  async openOfPeople(
    tx: Tx,
    orgId: string,
    people: readonly string[],
    today: string,
  ): Promise<{ id: string; memberId: string; role: Role }[]> {
    const { rows } = await sql<{ id: string; memberId: string; role: Role }>`
      select id, member_id, role from app.offices_of_people(${orgId}::uuid, ${people}::uuid[], ${today}::date)`.execute(
      sqlOf(tx),
    )
    return rows
  },

  /** The offices at an organisation that have not ended, those that are yet to start too. */
  async openAt(tx: Tx, orgId: string, today: string): Promise<string[]> {
    const rows = await openOn(tx, today).select('id').where('orgId', '=', orgId).orderBy('id').execute()
    return rows.map(({ id }) => id)
  },

  /** Until the transaction ends nobody else appoints to the books of this organisation. */
  async holdBooks(tx: Tx, orgId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`office-books/${orgId}`}, 0))::text`.execute(sqlOf(tx))
  },

  /** Whether the person of an account holds an office at some time of these days, by whichever of their accounts. */
  async isHeldBySamePerson(
    tx: Tx,
    {
      orgId,
      accountId,
      role,
      startsOn,
      endsOn,
    }: Pick<Office, 'accountId' | 'role' | 'startsOn' | 'endsOn'> & { orgId: string },
  ): Promise<boolean> {
    const { rows } = await sql<{ held: boolean }>`select app.holds_office(${orgId}::uuid, ${accountId}::uuid, ${role},
      ${startsOn}::date, ${endsOn}::date) as held`.execute(sqlOf(tx))
    return rows[0]?.held === true
  },

  insert: (tx: Tx, office: Office & { countyId: string }): Promise<Office> =>
    sqlOf(tx).insertInto('office').values(office).returning(columns).executeTakeFirstOrThrow(),

  end: (tx: Tx, id: string, end: { endsOn: string; reason: string; endedBy: string | null }): Promise<Office> =>
    sqlOf(tx)
      .updateTable('office')
      .set({ endsOn: end.endsOn, endReason: end.reason, endedBy: end.endedBy })
      .where('id', '=', id)
      .returning(columns)
      .executeTakeFirstOrThrow(),
}

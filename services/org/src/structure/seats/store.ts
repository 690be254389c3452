import { anyOf, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Candidate, Seat } from './seat.ts'

const columns = [
  ...(['id', 'orgId', 'memberId', 'post', 'entry', 'fromOn', 'untilOn', 'evidence', 'endReason'] as const),
]

/** More sit in no committee. */
const seatsAtMost = 100

export type NewSeat = Seat & { countyId: string; recordedBy: string | null }
export type SeatEnd = { untilOn: string; reason: string; endedBy: string | null }

export const seatStore = {
  /** Until the transaction ends nobody else changes this committee. @returns the version that it will have */
  async hold(tx: Tx, countyId: string, orgId: string): Promise<number> {
    const row = await sqlOf(tx)
      .insertInto('committee')
      .values({ orgId, countyId, version: 1n })
      .onConflict(found =>
        found.column('orgId').doUpdateSet({ version: ({ ref, eb }) => eb(ref('committee.version'), '+', 1n) }),
      )
      .returning('version')
      .executeTakeFirstOrThrow()
    return Number(row.version)
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Seat[]> =>
    sqlOf(tx)
      .selectFrom('committeeSeat')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** The seats of each organisation that are held on a day. */
  async heldOn(tx: Tx, orgIds: readonly string[], day: string): Promise<Map<string, Seat[]>> {
    const { rows } = await sql<Seat>`
      select s.* from unnest(${orgIds}::uuid[]) as o (id)
      cross join lateral (
        select id, org_id, member_id, post, entry, from_on, until_on, evidence, end_reason from committee_seat
        where org_id = o.id and from_on <= ${day}::date and (until_on is null or until_on > ${day}::date)
        order by from_on, id limit ${seatsAtMost}
      ) s`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ orgId }) => orgId)
  },

  /** Those of an organisation that are held on some day from one on. */
  heldFrom: (tx: Tx, orgId: string, day: string): Promise<Seat[]> =>
    sqlOf(tx)
      .selectFrom('committeeSeat')
      .select(columns)
      .where('orgId', '=', orgId)
      .where(({ eb, or }) => or([eb('untilOn', 'is', null), eb('untilOn', '>', day)]))
      .orderBy('fromOn')
      .orderBy('id')
      .execute(),

  /** All that there have ever been, the latest first. */
  historyOf: (tx: Tx, orgIds: readonly string[], stretch: Stretch): Promise<Map<string, Seat[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => sqlOf(tx).selectFrom('committeeSeat').select(columns).where('orgId', '=', orgId),
      stretch,
      { by: ['fromOn', 'id'], descending: true },
    ),

  async countOf(tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('committeeSeat')
      .select(({ fn, cast }) => ['orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('orgId', '=', anyOf(orgIds))
      .groupBy('orgId')
      .execute()
    return new Map(rows.map(row => [row.orgId, row.count]))
  },

  /** What these people were on a day; whom the actor may not send is left out. */
  async candidates(tx: Tx, orgId: string, day: string, people: readonly string[]): Promise<Map<string, Candidate>> {
    const { rows } = await sql<Candidate>`
      select member_id, standing, suspended_since, inside
      from app.seat_candidates(${orgId}::uuid, ${day}::date, ${people}::uuid[])`.execute(sqlOf(tx))
    return new Map(rows.map(row => [row.memberId, row]))
  },

  /** So many full members a branch had on a day. */
  async fullMembersOn(tx: Tx, orgId: string, day: string): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from app.belonged_on(array[${orgId}::uuid], ${day}::date) where standing = 'FULL'`.execute(
      sqlOf(tx),
    )
    return rows[0]?.count ?? 0
  },

  /** The login of each holder that counts and that the actor sees. */
  async accountsOf(tx: Tx, countyId: string, people: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('account')
      .select(['id', 'memberId'])
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(people))
      .where('confirmedAt', 'is not', null)
      .where('releasedAt', 'is', null)
      .execute()
    return new Map(rows.flatMap(({ id, memberId }) => (memberId === null ? [] : [[memberId, id] as const])))
  },

  /** Which of these offices are held at these organisations today, as `organisation/account/role`. */
  async officesHeld(
    tx: Tx,
    orgIds: readonly string[],
    accountIds: readonly string[],
    today: string,
  ): Promise<Set<string>> {
    const rows = await sqlOf(tx)
      .selectFrom('office')
      .select(['orgId', 'accountId', 'role'])
      .where('orgId', '=', anyOf(orgIds))
      .where('accountId', '=', anyOf(accountIds))
      .where(({ eb, or }) => or([eb('endsOn', 'is', null), eb('endsOn', '>', today)]))
      .execute()
    return new Set(rows.map(({ orgId, accountId, role }) => `${orgId}/${accountId}/${role}`))
  },

  async insert(tx: Tx, seats: readonly NewSeat[]): Promise<void> {
    await insertBatch(sqlOf(tx), 'committeeSeat', [...columns, 'countyId', 'recordedBy'], seats).execute()
  },

  async end(tx: Tx, ids: readonly string[], { untilOn, reason, endedBy }: SeatEnd): Promise<Seat[]> {
    const found = sqlOf(tx).updateTable('committeeSeat').where('id', '=', anyOf(ids))
    return found
      .set(({ fn, ref, cast, val }) => ({
        // One that begins later has never been held.
        untilOn: fn<string>('greatest', [ref('fromOn'), cast(val(untilOn), 'date')]),
        endReason: reason,
        endedBy,
      }))
      .returning(columns)
      .execute()
  },
}

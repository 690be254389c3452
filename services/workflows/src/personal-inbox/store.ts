import { anyOf, batchOf, excluded, insertBatch, type Stretch, stretchOf } from '@linghang/database'
import type { DuesReminderState } from '@linghang/events'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../work.ts'
import type { PersonalReminder, PersonalReminderKind } from './personal-reminder.ts'

/** What a member is told of an appeal or a sheet; kind null: nothing now. */
type ReminderAbout = Pick<PersonalReminder, 'id' | 'month' | 'shownFrom'> & {
  aboutId: string
  memberId: string
  kind: PersonalReminderKind | null
  version: number
}

const shownKeys = [
  ...(['id', 'kind', 'month', 'months', 'light', 'lineId', 'appealId', 'sheetId', 'shownFrom'] as const),
  'readAt' as const,
]
const keptKeys = [
  ...(['id', 'countyId', 'memberId', 'kind', 'month', 'months', 'light', 'lineId', 'shownFrom'] as const),
  ...(['closedAt', 'version'] as const),
]

/** What is in a member's inbox at a moment. */
const inboxOf = (tx: Tx, memberId: string, now: Date) =>
  sqlOf(tx)
    .selectFrom('personalReminder')
    .where('memberId', '=', memberId)
    .where('closedAt', 'is', null)
    .where('dismissedAt', 'is', null)
    .where('shownFrom', '<=', now)

export const personalReminderStore = {
  /** Takes over what was told: what is new is shown from a moment on, what is known ends or stays; the newest version holds. */
  async keep(
    tx: Tx,
    countyId: string,
    told: readonly DuesReminderState[],
    { now, shownFrom }: { now: Date; shownFrom: Date },
  ): Promise<void> {
    const rows = told.map(({ id, memberId, kind, month, months, light, lineId, open, version }) => ({
      ...{ id, countyId, memberId, kind, month, months, light, lineId, shownFrom, version: BigInt(version) },
      closedAt: open ? null : now,
    }))
    await insertBatch(sqlOf(tx), 'personalReminder', keptKeys, rows)
      .onConflict(found =>
        found
          .column('id')
          .doUpdateSet(excluded(['closedAt', 'version']))
          .whereRef('excluded.version', '>', 'personalReminder.version'),
      )
      .execute()
  },

  /** Tells of these appeals or sheets, each as it stands now: what was told of an earlier state goes, and the same is told once. */
  async keepAbout(
    tx: Tx,
    countyId: string,
    about: 'appealId' | 'sheetId',
    told: readonly ReminderAbout[],
    now: Date,
  ): Promise<void> {
    if (told.length === 0) return
    const known = told.map(({ aboutId, version }) => ({ [about]: aboutId, version: BigInt(version) }))
    await sqlOf(tx)
      .updateTable('personalReminder')
      .from(batchOf('personalReminder', known))
      .set({ closedAt: now })
      .whereRef(`personalReminder.${about}`, '=', sql.ref(`batch.${about}`))
      .whereRef('personalReminder.version', '<', 'batch.version')
      .where('personalReminder.closedAt', 'is', null)
      .execute()
    const rows = told.flatMap(({ kind, version, aboutId, ...reminder }) =>
      kind === null
        ? []
        : [
            {
              ...{ ...reminder, kind, countyId, months: 0, light: 'GREEN' as const, lineId: null },
              ...{ appealId: null, sheetId: null, [about]: aboutId, version: BigInt(version) },
            },
          ],
    )
    if (rows.length === 0) return
    const keys = [
      ...(['id', 'countyId', 'memberId', 'kind', 'month', 'months', 'light', 'lineId', 'appealId'] as const),
      ...(['sheetId', 'shownFrom', 'version'] as const),
    ]
    await insertBatch(sqlOf(tx), 'personalReminder', keys, rows)
      .onConflict(found => found.columns([about, 'version']).doNothing())
      .execute()
  },

  /** Tells members once that a report of theirs is there: it has the report's own id. */
  async tellReports(
    tx: Tx,
    countyId: string,
    reports: readonly { id: string; memberId: string; month: string; version: number }[],
    shownFrom: Date,
  ): Promise<void> {
    if (reports.length === 0) return
    const rows = reports.map(({ version, ...report }) => ({
      ...{ ...report, countyId, kind: 'MONTHLY_REPORT' as const, months: 0, light: 'GREEN' as const, lineId: null },
      ...{ shownFrom, closedAt: null, version: BigInt(version) },
    }))
    await insertBatch(sqlOf(tx), 'personalReminder', keptKeys, rows)
      .onConflict(found => found.column('id').doNothing())
      .execute()
  },

  /** Ends what was to be confirmed of these lines. */
  async confirmed(tx: Tx, lineIds: readonly string[], now: Date): Promise<void> {
    await sqlOf(tx)
      .updateTable('personalReminder')
      .set({ closedAt: now })
      .where('lineId', '=', anyOf(lineIds))
      .where('closedAt', 'is', null)
      .execute()
  },

  async list(
    tx: Tx,
    memberId: string,
    { unreadOnly, stretch, now }: { unreadOnly: boolean; stretch: Stretch; now: Date },
  ): Promise<PersonalReminder[]> {
    const list = inboxOf(tx, memberId, now)
      .select(shownKeys)
      .$if(unreadOnly, unread => unread.where('readAt', 'is', null))
    return (await stretchOf(list, stretch, { by: ['id'], descending: true }).execute(sqlOf(tx))).rows
  },

  async count(tx: Tx, memberId: string, unreadOnly: boolean, now: Date): Promise<number> {
    const { count } = await inboxOf(tx, memberId, now)
      .$if(unreadOnly, unread => unread.where('readAt', 'is', null))
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('count'))
      .executeTakeFirstOrThrow()
    return count
  },

  /** Marks those of `ids` that are in this member's inbox, as read or as put away. @returns how many were not before */
  async mark(tx: Tx, memberId: string, ids: readonly string[], as: 'READ' | 'DISMISSED', now: Date): Promise<number> {
    const set = as === 'READ' ? sql`read_at = ${now}` : sql`dismissed_at = ${now}, read_at = coalesce(read_at, ${now})`
    const { rows } = await sql<{ id: string }>`
      update personal_reminder set ${set}
      where member_id = ${memberId}::uuid and id = any (${ids}::uuid[]) and closed_at is null and dismissed_at is null
        and shown_from <= ${now} and (${as} = 'DISMISSED' or read_at is null)
      returning id`.execute(sqlOf(tx))
    return rows.length
  },
}

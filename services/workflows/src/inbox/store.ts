import type { Grant, RawTx } from '@linghang/access'
import { anyOf, insertBatch, type Stretch, stretchOf } from '@linghang/database'
import { type DeadlineRule, practiceArticle } from '@linghang/rulebook'
import { type ExpressionBuilder, sql } from 'kysely'
import type { DueReminder } from '../time/plan/watch.ts'
import type { SubjectType } from '../time/watch/new-watch.ts'
import { sqlOf, type Tables, type Tx } from '../work.ts'

export type Reminder = {
  id: string
  orgId: string
  role: string
  subjectId: string
  subjectType: string
  rule: string
  dueOn: string
  rung: string
  /** How often an overdue date has come back: 0 for the first time. */
  week: number
  sentAt: Date
  readAt: Date | null
}

/** What an office is told of scores; nothing is due. */
type ScoreNotice =
  | 'MONTHLY_REPORT'
  | 'SCORE_CORRECTED'
  | 'LIGHT_ON'
  | 'LIGHTS_OF_MEMBERS'
  | 'LIGHT_CLEARED'
  | 'LIGHTS_OF_MEMBERS_CLEARED'

/** `shownFrom`: from when it is in the inbox. */
export type PreparedReminder = DueReminder & { shownFrom: Date }
/** What went out: the place of its reminder among those that were to be sent, and when its date became known here. */
export type SentReminder = { n: number; rung: string; knownMs: number }
/** Something that an office hears at once: `rung` says what. A round of it is announced once. */
export type Announcement = {
  orgId: string
  role: string
  subjectId: string
  subjectType: SubjectType
  rule: DeadlineRule | 'STEP_TURN' | ScoreNotice
  rung: 'REQUESTED' | 'RETURNED' | 'TURN'
  dueOn: string
  round: number
}

/**
 * Reminders that are in the inbox at a moment. Those of the next hour are written ahead; what was settled before it was
 * to be seen is not seen.
 */
const isShown =
  (now: Date) =>
  ({ and, eb, exists, not, selectFrom }: ExpressionBuilder<Tables, 'reminder'>) =>
    and([
      eb('reminder.sentAt', '<=', now),
      not(
        exists(
          selectFrom('deadline')
            .select('deadline.id')
            .whereRef('deadline.subjectId', '=', 'reminder.subjectId')
            .whereRef('deadline.rule', '=', 'reminder.rule')
            .whereRef('deadline.dueOn', '=', 'reminder.dueOn')
            .whereRef('deadline.closedAt', '<', 'reminder.sentAt'),
        ),
      ),
    ])

/** Reminders that are in the inboxes of these offices at a moment. */
const shownTo = (tx: Tx, offices: readonly Grant[], now: Date) => {
  const held = offices.filter(office => office.orgId !== null)
  const [orgIds, roles] = [held.map(office => office.orgId), held.map(office => office.role)]
  const columns = sql<{ orgId: string; role: string }>`unnest(${orgIds}::uuid[], ${roles}::text[])`
  return sqlOf(tx)
    .selectFrom('reminder')
    .innerJoin(columns.as<'office'>(sql`office (org_id, role)`), join =>
      join.onRef('office.orgId', '=', 'reminder.orgId').onRef('office.role', '=', 'reminder.role'),
    )
    .where(isShown(now))
}

/** The same, with the account's own read marks. */
const inboxOf = (tx: Tx, offices: readonly Grant[], accountId: string, unreadOnly: boolean, now: Date) =>
  shownTo(tx, offices, now)
    .leftJoin('readMark', join =>
      join.onRef('readMark.reminderId', '=', 'reminder.id').on('readMark.accountId', '=', accountId),
    )
    .$if(unreadOnly, unread => unread.where('readMark.readAt', 'is', null))

const columns = [
  ...(['reminder.id', 'reminder.orgId', 'reminder.role', 'reminder.subjectId', 'reminder.subjectType'] as const),
  ...(['reminder.rule', 'reminder.dueOn', 'reminder.rung', 'reminder.week', 'reminder.sentAt'] as const),
  'readMark.readAt' as const,
]

export const reminderStore = {
  /** One county's, in one statement. @returns those that are new: one for each office that was not reminded before */
  async send(tx: Tx, dues: readonly PreparedReminder[]): Promise<SentReminder[]> {
    const due = dues.map(({ subjectId, rule, dueOn, rung, week, round, shownFrom }, n) => ({
      ...{ n, rule, rung, subject_id: subjectId, due_on: dueOn, shown_from: shownFrom },
      week: week ?? 0,
      round: round ?? 1,
    }))
    const { rows } = await sql<SentReminder>`
      with due as (
        select * from jsonb_to_recordset(${JSON.stringify(due)}::jsonb)
          as w (n int, subject_id uuid, rule text, due_on date, rung text, week int, round int, shown_from timestamptz)
      ), sent as (
        -- Inboxes show the newest first, by id: the id is of the moment at which it is shown.
        insert into reminder (id, county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, week, round, sent_at)
        select uuidv7(greatest(w.shown_from - now(), interval '0')), d.county_id, o.id, d.office_role, d.subject_id, d.subject_type,
          d.rule, d.due_on, w.rung, w.week, w.round, w.shown_from
        from due w join deadline d on d.subject_id = w.subject_id and d.rule = w.rule and d.due_on = w.due_on and d.closed_at is null
        left join org_node n on n.id = d.office_org_id
        cross join lateral (
          select d.office_org_id as id union select n.superior_id where n.superior_id is not null and case
            -- Half a year before a term ends it is the superior that reminds (支部工作条例, art. 21).
            when d.rule = 'TERM_ENDS' then w.rung in ('HALF_YEAR_AHEAD', 'OVERDUE')
            else w.rung = 'OVERDUE' and d.article <> ${practiceArticle} end
        ) o
        on conflict do nothing returning subject_id, rule, due_on, rung, week, round
      )
      -- The id of a date is of the moment at which it was written down.
      select s.rung, k.n, k.known_ms from sent s cross join lateral (
        select w.n, (extract(epoch from uuid_extract_timestamp(d.id)) * 1000)::float8 as known_ms
        from due w join deadline d on d.subject_id = w.subject_id and d.rule = w.rule and d.due_on = w.due_on
        where (w.subject_id, w.rule, w.due_on, w.rung, w.week, w.round)
          = (s.subject_id, s.rule, s.due_on, s.rung, s.week, s.round) limit 1
      ) k`.execute(sqlOf(tx))
    return rows
  },

  /** Tells offices, once for each round, that it is their turn. */
  async announce(tx: RawTx, countyId: string, announced: readonly Announcement[], now: Date): Promise<void> {
    await insertBatch(
      sqlOf(tx),
      'reminder',
      ['countyId', 'orgId', 'role', 'subjectId', 'subjectType', 'rule', 'dueOn', 'rung', 'week', 'round', 'sentAt'],
      announced.map(announcement => ({ ...announcement, countyId, week: 0, sentAt: now })),
    )
      .onConflict(found => found.doNothing())
      .execute()
  },

  /**
   * Gives the newest reminder of each open date of these subjects to the office that answers for it now, where another
   * one was given it: who takes a person or a request over learns what its predecessor was told.
   */
  async follow(tx: RawTx, countyId: string, subjectIds: readonly string[], now: Date): Promise<void> {
    await sql`
      insert into reminder (county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, week, round, sent_at)
      select d.county_id, d.office_org_id, d.office_role, r.subject_id, r.subject_type, r.rule, r.due_on, r.rung, r.week, r.round,
        ${now}::timestamptz
      from deadline d cross join lateral (
        select * from reminder r where r.subject_id = d.subject_id and r.rule = d.rule and r.due_on = d.due_on
          and r.sent_at <= ${now}::timestamptz order by r.id desc limit 1
      ) r
      where d.county_id = ${countyId}::uuid and d.subject_id = any (${subjectIds}::uuid[]) and d.closed_at is null
        and not exists (select from reminder o where o.subject_id = d.subject_id and o.rule = d.rule and o.due_on = d.due_on
          and o.org_id = d.office_org_id and o.role = d.office_role)
      on conflict do nothing`.execute(sqlOf(tx))
  },

  /** The `size` + 1 reminders of a stretch of those to these offices, the newest first, with the account's own read marks. */
  async toOffices(
    tx: Tx,
    offices: readonly Grant[],
    accountId: string,
    unreadOnly: boolean,
    stretch: Stretch,
    now: Date,
  ): Promise<Reminder[]> {
    const list = inboxOf(tx, offices, accountId, unreadOnly, now).select(columns)
    return (await stretchOf(list, stretch, { by: ['id'], descending: true }).execute(sqlOf(tx))).rows
  },

  async countToOffices(
    tx: Tx,
    offices: readonly Grant[],
    accountId: string,
    unreadOnly: boolean,
    now: Date,
  ): Promise<number> {
    const { count } = await inboxOf(tx, offices, accountId, unreadOnly, now)
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('count'))
      .executeTakeFirstOrThrow()
    return count
  },

  /** Marks those of `ids` that went to one of these offices. @returns how many were unread */
  async markRead(
    tx: Tx,
    offices: readonly Grant[],
    accountId: string,
    countyId: string,
    ids: readonly string[],
    now: Date,
  ): Promise<number> {
    const { numInsertedOrUpdatedRows } = await sqlOf(tx)
      .insertInto('readMark')
      .columns(['reminderId', 'accountId', 'countyId', 'readAt'])
      .expression(
        shownTo(tx, offices, now)
          .select(({ cast, val }) => [
            'reminder.id',
            cast<string>(val(accountId), 'uuid').as('accountId'),
            cast<string>(val(countyId), 'uuid').as('countyId'),
            cast<Date>(val(now), 'timestamptz').as('readAt'),
          ])
          .where('reminder.id', '=', anyOf(ids)),
      )
      .onConflict(found => found.doNothing())
      .executeTakeFirstOrThrow()
    return Number(numInsertedOrUpdatedRows)
  },
}

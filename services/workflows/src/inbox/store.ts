import type { Grant, RawTx } from '@linghang/access'
import { type DeadlineRule, practiceArticle } from '@linghang/rulebook'
import { type Stretch, walkOf } from '@linghang/subgraph'
import { Prisma } from '../../prisma/client/client.ts'
import type { DueReminder } from '../time/plan/watch.ts'
import type { SubjectType } from '../time/watch/new-watch.ts'
import type { Tx } from '../work.ts'

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

type Row = {
  id: string
  org_id: string
  role: string
  subject_id: string
  subject_type: string
  rule: string
  due_on: string
  rung: string
  week: number
  sent_at: Date
  read_at: Date | null
}

const toReminder = (row: Row): Reminder => ({
  id: row.id,
  orgId: row.org_id,
  role: row.role,
  subjectId: row.subject_id,
  subjectType: row.subject_type,
  rule: row.rule,
  dueOn: row.due_on,
  rung: row.rung,
  week: row.week,
  sentAt: row.sent_at,
  readAt: row.read_at,
})

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
  rule: DeadlineRule | 'STEP_TURN'
  rung: 'REQUESTED' | 'RETURNED' | 'TURN'
  dueOn: string
  round: number
}

/**
 * Reminders that are in the inbox at a moment. Those of the next hour are written ahead; what was settled before it was
 * to be seen is not seen.
 */
const shownAt = (now: Date) => Prisma.sql`r.sent_at <= ${now} and not exists (
  select from deadline d where d.subject_id = r.subject_id and d.rule = r.rule and d.due_on = r.due_on and d.closed_at < r.sent_at)`

/** Offices as two columns of one statement. */
const columnsOf = (offices: readonly Grant[]) => {
  const held = offices.filter(office => office.orgId !== null)
  return { orgIds: held.map(office => office.orgId as string), roles: held.map(office => office.role) }
}

export const reminderStore = {
  /** One county's, in one statement. @returns those that are new: one for each office that was not reminded before */
  async send(tx: Tx, dues: readonly PreparedReminder[]): Promise<SentReminder[]> {
    const rows = dues.map(({ subjectId, rule, dueOn, rung, week, round, shownFrom }, n) => ({
      ...{ n, subjectId, rule, dueOn, rung, shownFrom },
      week: week ?? 0,
      round: round ?? 1,
    }))
    return tx.$queryRaw`
      with due as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as w (n int, "subjectId" uuid, rule text, "dueOn" date, rung text, week int, round int, "shownFrom" timestamptz)
      ), sent as (
        -- Inboxes show the newest first, by id: the id is of the moment at which it is shown.
        insert into reminder (id, county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, week, round, sent_at)
        select uuidv7(greatest(w."shownFrom" - now(), interval '0')), d.county_id, o.id, d.office_role, d.subject_id, d.subject_type,
          d.rule, d.due_on, w.rung, w.week, w.round, w."shownFrom"
        from due w join deadline d on d.subject_id = w."subjectId" and d.rule = w.rule and d.due_on = w."dueOn" and d.closed_at is null
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
      select s.rung, k.n, k."knownMs" from sent s cross join lateral (
        select w.n, (extract(epoch from uuid_extract_timestamp(d.id)) * 1000)::float8 as "knownMs"
        from due w join deadline d on d.subject_id = w."subjectId" and d.rule = w.rule and d.due_on = w."dueOn"
        where (w."subjectId", w.rule, w."dueOn", w.rung, w.week, w.round)
          = (s.subject_id, s.rule, s.due_on, s.rung, s.week, s.round) limit 1
      ) k`
  },

  /** Tells offices, once for each round, that it is their turn. */
  async announce(tx: RawTx, countyId: string, announced: readonly Announcement[], now: Date): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into reminder (county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, week, round, sent_at)
       select $1::uuid, "orgId", role, "subjectId", "subjectType", rule, "dueOn", rung, 0, round, $3::timestamptz
       from jsonb_to_recordset($2::jsonb) as w ("orgId" uuid, role text, "subjectId" uuid, "subjectType" text, rule text, "dueOn" date,
         rung text, round int)
       on conflict do nothing`,
      countyId,
      JSON.stringify(announced),
      now,
    )
  },

  /**
   * Gives the newest reminder of each open date of these subjects to the office that answers for it now, where another
   * one was given it: who takes a person or a request over learns what its predecessor was told.
   */
  async follow(tx: RawTx, countyId: string, subjectIds: readonly string[], now: Date): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into reminder (county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, week, round, sent_at)
       select d.county_id, d.office_org_id, d.office_role, r.subject_id, r.subject_type, r.rule, r.due_on, r.rung, r.week, r.round, $3::timestamptz
       from deadline d cross join lateral (
         select * from reminder r where r.subject_id = d.subject_id and r.rule = d.rule and r.due_on = d.due_on
           and r.sent_at <= $3::timestamptz order by r.id desc limit 1
       ) r
       where d.county_id = $1::uuid and d.subject_id = any ($2::uuid[]) and d.closed_at is null
         and not exists (select from reminder o where o.subject_id = d.subject_id and o.rule = d.rule and o.due_on = d.due_on
           and o.org_id = d.office_org_id and o.role = d.office_role)
       on conflict do nothing`,
      countyId,
      subjectIds,
      now,
    )
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
    const { past, order } = walkOf(stretch, true)
    const [from = null] = stretch.from ?? []
    const { orgIds, roles } = columnsOf(offices)
    const rows = await tx.$queryRaw<Row[]>`
      select r.*, r.due_on::text as due_on, m.read_at from reminder r
      join unnest(${orgIds}::uuid[], ${roles}::text[]) as o (org_id, role) on o.org_id = r.org_id and o.role = r.role
      left join read_mark m on m.reminder_id = r.id and m.account_id = ${accountId}::uuid
      where ${shownAt(now)} and (${from}::uuid is null or r.id ${Prisma.raw(past)} ${from}::uuid) and (not ${unreadOnly} or m.read_at is null)
      order by r.id ${Prisma.raw(order)} limit ${stretch.size + 1}`
    return rows.map(toReminder)
  },

  async countToOffices(
    tx: Tx,
    offices: readonly Grant[],
    accountId: string,
    unreadOnly: boolean,
    now: Date,
  ): Promise<number> {
    const { orgIds, roles } = columnsOf(offices)
    const [row] = await tx.$queryRaw<{ n: bigint }[]>`
      select count(*) as n from reminder r
      join unnest(${orgIds}::uuid[], ${roles}::text[]) as o (org_id, role) on o.org_id = r.org_id and o.role = r.role
      left join read_mark m on m.reminder_id = r.id and m.account_id = ${accountId}::uuid
      where ${shownAt(now)} and (not ${unreadOnly} or m.read_at is null)`
    return Number(row?.n ?? 0)
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
    const { orgIds, roles } = columnsOf(offices)
    return tx.$executeRaw`
      insert into read_mark (reminder_id, account_id, county_id, read_at)
      select r.id, ${accountId}::uuid, ${countyId}::uuid, ${now} from reminder r
      join unnest(${orgIds}::uuid[], ${roles}::text[]) as o (org_id, role) on o.org_id = r.org_id and o.role = r.role
      where r.id = any (${[...ids]}::uuid[]) and ${shownAt(now)} on conflict do nothing`
  },
}

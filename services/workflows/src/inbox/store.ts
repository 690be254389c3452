import type { Grant } from '@linghang/access'
import type { DueReminder } from '../deadlines/watch.ts'
import type { Tx } from '../deps.ts'

export type Reminder = {
  id: string
  orgId: string
  role: string
  subjectId: string
  subjectType: string
  rule: string
  dueOn: string
  rung: string
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
  sentAt: row.sent_at,
  readAt: row.read_at,
})

/** Offices as two columns of one statement. */
const columnsOf = (offices: readonly Grant[]) => {
  const held = offices.filter(office => office.orgId !== null)
  return { orgIds: held.map(office => office.orgId as string), roles: held.map(office => office.role) }
}

export const reminderStore = {
  /** @returns how many reminders are new: one an office that was not reminded of this before */
  async send(tx: Tx, due: DueReminder, alsoSuperior: boolean, now: Date): Promise<number> {
    return tx.$executeRaw`
      insert into reminder (county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, sent_at)
      select d.county_id, o.id, d.office_role, d.subject_id, d.subject_type, d.rule, d.due_on, ${due.rung}, ${now}
      from deadline d left join org_node n on n.id = d.org_id
      cross join lateral (select d.org_id as id union select n.superior_id where ${alsoSuperior} and n.superior_id is not null) o
      where d.subject_id = ${due.subjectId}::uuid and d.rule = ${due.rule} and d.due_on = ${due.dueOn}::date and d.closed_at is null
      on conflict do nothing`
  },

  /** The newest `size` + 1 reminders to these offices behind `after`, with the account's own read marks. */
  async toOffices(
    tx: Tx,
    offices: readonly Grant[],
    accountId: string,
    unreadOnly: boolean,
    size: number,
    after: string | null,
  ): Promise<Reminder[]> {
    const { orgIds, roles } = columnsOf(offices)
    const rows = await tx.$queryRaw<Row[]>`
      select r.*, r.due_on::text as due_on, m.read_at from reminder r
      join unnest(${orgIds}::uuid[], ${roles}::text[]) as o (org_id, role) on o.org_id = r.org_id and o.role = r.role
      left join read_mark m on m.reminder_id = r.id and m.account_id = ${accountId}::uuid
      where (${after}::uuid is null or r.id < ${after}::uuid) and (not ${unreadOnly} or m.read_at is null)
      order by r.id desc limit ${size + 1}`
    return rows.map(toReminder)
  },

  async countToOffices(tx: Tx, offices: readonly Grant[], accountId: string, unreadOnly: boolean): Promise<number> {
    const { orgIds, roles } = columnsOf(offices)
    const [row] = await tx.$queryRaw<{ n: bigint }[]>`
      select count(*) as n from reminder r
      join unnest(${orgIds}::uuid[], ${roles}::text[]) as o (org_id, role) on o.org_id = r.org_id and o.role = r.role
      left join read_mark m on m.reminder_id = r.id and m.account_id = ${accountId}::uuid
      where (not ${unreadOnly} or m.read_at is null)`
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
      where r.id = any (${[...ids]}::uuid[]) on conflict do nothing`
  },
}

import type { Tx } from '../../work.ts'

export type ObjectionRow = {
  id: string
  caseId: string
  content: string
  raisedOn: string
  answer: string | null
  upheld: boolean | null
  decidedOn: string | null
}

export type NoticeRow = {
  id: string
  caseId: string
  orgId: string
  step: string
  name: string
  startsOn: string
  endsOn: string
  workingDays: number
  provisional: boolean
  closedOn: string | null
}

const noticeColumns = `id, case_id as "caseId", org_id as "orgId", step, name, starts_on::text as "startsOn", ends_on::text as "endsOn",
  working_days as "workingDays", provisional, closed_on::text as "closedOn"`

/** What hangs for the unit's people to read, and what they have against it. */
export const noticeStore = {
  async ofOrganisations(tx: Tx, orgIds: readonly string[], today: string): Promise<NoticeRow[]> {
    return tx.$queryRawUnsafe(
      `select n.* from unnest($1::uuid[]) as p (id) cross join lateral (
         select ${noticeColumns} from public_notice where org_id = p.id and not cancelled and starts_on <= $2::date
           and (closed_on is null or closed_on > $2::date - 30) order by ends_on desc, id limit 100
       ) n order by n."endsOn" desc, n.id`,
      orgIds,
      today,
    )
  },
  async byId(tx: Tx, id: string): Promise<NoticeRow | null> {
    const [row] = await tx.$queryRawUnsafe<NoticeRow[]>(
      `select ${noticeColumns} from public_notice where id = $1::uuid and closed_on is null and not cancelled`,
      id,
    )
    return row ?? null
  },
  async object(
    tx: Tx,
    objection: {
      id: string
      countyId: string
      orgId: string
      caseId: string
      content: string
      raisedBy: string | null
      on: string
    },
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into objection (id, county_id, org_id, case_id, content, raised_by, raised_on)
       values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6::uuid, $7::date)`,
      objection.id,
      objection.countyId,
      objection.orgId,
      objection.caseId,
      objection.content,
      objection.raisedBy,
      objection.on,
    )
  },
  async answer(
    tx: Tx,
    answered: { id: string; answer: string; upheld: boolean; on: string; by: string | null },
  ): Promise<boolean> {
    const changed = await tx.$executeRawUnsafe(
      `update objection set answer = $2, upheld = $3, decided_on = $4::date, decided_by = $5::uuid where id = $1::uuid and decided_on is null`,
      answered.id,
      answered.answer,
      answered.upheld,
      answered.on,
      answered.by,
    )
    return changed === 1
  },
  async objectionsOf(tx: Tx, caseIds: readonly string[]): Promise<ObjectionRow[]> {
    return tx.$queryRawUnsafe(
      `select o.* from unnest($1::uuid[]) as p (id) cross join lateral (
         select id, case_id as "caseId", content, raised_on::text as "raisedOn", answer, upheld, decided_on::text as "decidedOn"
         from objection where case_id = p.id order by raised_on desc, id desc limit 100
       ) o order by o."raisedOn", o.id`,
      caseIds,
    )
  },
}

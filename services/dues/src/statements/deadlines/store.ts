import { branchKinds, type DuesStatementKind } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Work } from '../../work.ts'
import type { StatementDue } from './statement-due.ts'

const told = sql`s.id, s.org_id, s.kind, s.period_from, s.period_before, s.due_on, s.done_on, s.version`

type Period = { from: string; before: string }

/** Whoever keeps a dues account, and had it before the time was over. */
const keepersOf = (countyId: string, before: string) => sql`
  select a.org_id from ledger_account a
  where a.county_id = ${countyId}::uuid and a.kind = 'REAL' and a.opened_on < ${before}::date`

/** Every branch whose members owed something in a time (art. 26: the branch publishes). */
const branchesOf = (countyId: string, { from, before }: Period) => sql`
  select distinct b.org_id from dues_bill b join org_node n on n.id = b.org_id and n.kind = any (${[...branchKinds]}::text[])
  where b.county_id = ${countyId}::uuid and b.month >= ${from}::date and b.month < ${before}::date and b.withdrawn is null`

/** Of those who keep an account whoever has somebody to report to (art. 28: to the committee above). */
const reportersOf = (countyId: string, { before }: Period) => sql`
  select k.org_id from (${keepersOf(countyId, before)}) k join org_node n on n.id = k.org_id and n.superior_id is not null`

/** Whose it is, kind by kind. */
const whose: Readonly<Record<DuesStatementKind, (countyId: string, period: Period) => RawBuilder<unknown>>> = {
  SUMMARY: (countyId, { before }) => keepersOf(countyId, before),
  PUBLICATION: branchesOf,
  REPORT: reportersOf,
}

/**
 * Whether it is done, by the fact itself, so that nobody has to say so: the summary of a quarter stands for good when the
 * books of its last month are closed, the publication when it is published, the report while the one above has not returned it.
 */
const isDone = sql`case s.kind
  when 'SUMMARY' then exists (
    select from ledger_closing c join ledger_account a on a.id = c.keeper_id
    where a.org_id = s.org_id and a.kind = 'REAL' and c.month = (s.period_before - interval '1 month')::date)
  when 'PUBLICATION' then exists (
    select from dues_publication p where p.org_id = s.org_id and p.year = extract(year from s.period_from))
  else exists (
    select from dues_report r where r.org_id = s.org_id and r.year = extract(year from s.period_from) and r.returned_at is null) end`

/** Set by set, one statement for a county. */
export const statementDueStore = {
  /** Schedules it for whose it is and is not scheduled yet. */
  async open(
    { tx, actor }: Work,
    kind: DuesStatementKind,
    { from, before, dueOn }: Period & { dueOn: string },
  ): Promise<StatementDue[]> {
    const { rows } = await sql<StatementDue>`
      insert into dues_statement_due as s (id, county_id, org_id, kind, period_from, period_before, due_on)
      select uuidv7(), ${actor.countyId}::uuid, w.org_id, ${kind}, ${from}::date, ${before}::date, ${dueOn}::date
      from (${whose[kind](actor.countyId, { from, before })}) w order by w.org_id
      on conflict (org_id, kind, period_from) do nothing returning ${told}`.execute(sqlOf(tx))
    return rows
  },

  /** Ends what is done; what is done no more, a report that was returned, is open again. */
  async done({ tx, actor, today }: Work): Promise<StatementDue[]> {
    const { rows } = await sql<StatementDue>`
      update dues_statement_due s set done_on = case when s.done_on is null then ${today}::date end, version = s.version + 1
      where s.county_id = ${actor.countyId}::uuid and (s.done_on is not null) <> ${isDone} returning ${told}`.execute(
      sqlOf(tx),
    )
    return rows
  },

  /** Moves what is open of a time to the day that holds now. @returns those that were on another */
  async move({ tx, actor }: Work, kind: DuesStatementKind, before: string, dueOn: string): Promise<StatementDue[]> {
    const { rows } = await sql<StatementDue>`
      update dues_statement_due s set due_on = ${dueOn}::date, version = s.version + 1
      where s.county_id = ${actor.countyId}::uuid and s.kind = ${kind} and s.period_before = ${before}::date
        and s.done_on is null and s.due_on <> ${dueOn}::date returning ${told}`.execute(sqlOf(tx))
    return rows
  },
}

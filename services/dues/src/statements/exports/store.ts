import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { BookPeriod } from '../books/book.ts'
import { type ExportedFile, exportedFiles } from './export-file.ts'

export type TextOfFile = { file: ExportedFile; rows: number; content: string }
type Rows = (under: RawBuilder<unknown>, period: BookPeriod) => RawBuilder<object>

/** Journals that moved something of these organisations in a period. */
const moved = (under: RawBuilder<unknown>, { from, until }: BookPeriod) => sql`
  select e.journal_id from ledger_entry e join ledger_journal j on j.id = e.journal_id
  where e.org_id = any (${under}) and j.counts_on between ${from}::date and ${until}::date`

/** Each file's rows, in an order that is the same every time. Names of members stand nowhere here. */
const files: Readonly<Record<ExportedFile, Rows>> = {
  organisations: under =>
    sql`select id, code, name, kind, superior_id from org_node where id = any (${under}) order by code`,
  accounts: (under, { from, until }) => sql`
    select a.id, a.org_id, a.kind, a.keeper_id, a.code, a.bank, a.bank_digits, a.opened_on::text as opened_on, f.name as fund, f.purpose,
      (select coalesce(sum(e.amount_fen), 0)::bigint from ledger_entry e join ledger_journal j on j.id = e.journal_id
        where e.account_id = a.id and j.counts_on < ${from}::date) as opening_fen,
      (select coalesce(sum(e.amount_fen), 0)::bigint from ledger_entry e join ledger_journal j on j.id = e.journal_id
        where e.account_id = a.id and j.counts_on <= ${until}::date) as closing_fen
    from ledger_account a left join ledger_fund f on f.account_id = a.id where a.org_id = any (${under}) order by a.id`,
  journals: (under, period) => sql`
    select id, keeper_id, reason, note, counts_on::text as counts_on, posted_at, posted_by, reverses, corrects, purpose
    from ledger_journal where id in (${moved(under, period)}) order by id`,
  entries: (under, period) => sql`
    select journal_id, account_id, org_id, n, amount_fen, balance_fen from ledger_entry
    where org_id = any (${under}) and journal_id in (${moved(under, period)}) order by account_id, n`,
  holds: (under, { from, until }) => sql`
    select h.id, h.org_id, h.account_id, h.amount_fen, h.held_on::text as held_on, h.lapses_on::text as lapses_on, h.reason, h.note,
      x.how, x.settled_fen, x.journal_id, x.ended_at
    from ledger_hold h left join ledger_hold_end x on x.hold_id = h.id
    where h.org_id = any (${under}) and h.held_on <= ${until}::date and (x.ended_at is null or x.ended_at >= ${from}::date::timestamp at time zone 'Asia/Shanghai')
    order by h.id`,
  payments: (under, { from, until }) => sql`
    select id, org_id, member_id, way, payer, amount_fen, dues_fen, advance_fen, voluntary_fen, received_on::text as received_on, state,
      journal_id, recorded_by, confirmed_by, confirmed_at
    from dues_payment where org_id = any (${under}) and received_on between ${from}::date and ${until}::date order by id`,
  receipts: (under, { from, until }) => sql`
    select r.id, r.org_id, r.year, r.number, r.member_id, r.amount_fen, r.issued_on::text as issued_on, r.voided_at, r.void_reason,
      array(select p.payment_id from dues_receipt_payment p where p.receipt_id = r.id order by 1) as payment_ids
    from dues_receipt r where r.org_id = any (${under}) and r.issued_on between ${from}::date and ${until}::date
    order by r.org_id, r.year, r.number`,
  spendings: (under, period) => sql`
    select id, org_id, use, amount_fen, payee, purpose, state, requested_at, requested_by, meeting_id, resolution_id, settled_fen
    from dues_spending where org_id = any (${under})
      and (id in (select spending_id from dues_spending_booking where journal_id in (${moved(under, period)}))
        or changed_at between (${period.from}::date::timestamp at time zone 'Asia/Shanghai') and ((${period.until}::date + 1)::timestamp at time zone 'Asia/Shanghai'))
    order by id`,
  bookings: (under, period) => sql`
    select spending_id, journal_id, org_id, kind, amount_fen from dues_spending_booking where org_id = any (${under}) and journal_id in (${moved(under, period)}) order by 1, 2`,
  resolutions: (under, { from, until }) => sql`
    select meeting_id, id, org_id, spending_id, amount_fen, carried, held_on::text as held_on from dues_spending_resolution
    where org_id = any (${under}) and (held_on between ${from}::date and ${until}::date
      or id in (select resolution_id from dues_spending where org_id = any (${under}))) order by held_on, id`,
  vouchers: (under, { from, until }) => sql`
    select v.id, v.org_id, v.spending_id, v.number, v.issuer, v.issued_on::text as issued_on, v.amount_fen, v.voided_at
    from dues_voucher v where v.org_id = any (${under}) and (v.issued_on between ${from}::date and ${until}::date
      or v.recorded_at between (${from}::date::timestamp at time zone 'Asia/Shanghai') and ((${until}::date + 1)::timestamp at time zone 'Asia/Shanghai'))
    order by v.id`,
}

export const exportStore = {
  /**
   * Every file about an organisation and all below it, as lines of JSON, with so many rows at most. One statement, so that all
   * of it is of one moment: no entry without its journal, whatever is posted meanwhile.
   */
  async filesOf(tx: Tx, orgId: string, period: BookPeriod, most: number): Promise<TextOfFile[]> {
    const under = sql`(select app.orgs_under('{' || ${orgId} || '}'))::uuid[]`
    const each = exportedFiles.map(
      file => sql`select ${file} as file, count(*)::int as rows, coalesce(string_agg(row_to_json(f)::text || chr(10), ''), '') as content
        from (${files[file](under, period)} limit ${most}) f`,
    )
    const { rows } = await sql<TextOfFile>`${sql.join(each, sql` union all `)}`.execute(sqlOf(tx))
    return rows
  },

  /** An organisation and all below it, as the actor sees them. */
  async under(tx: Tx, orgId: string): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from org_node where id = any ((select app.orgs_under('{' || ${orgId} || '}'))::uuid[])`.execute(
      sqlOf(tx),
    )
    return rows.map(({ id }) => id)
  },

  /** Which of these stand at the top of their county. */
  async topOf(tx: Tx, orgIds: readonly string[]): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from org_node where id = any (${orgIds}::uuid[]) and superior_id is null`.execute(sqlOf(tx))
    return rows.map(({ id }) => id)
  },

  /** Where the audit of organisations ends: of each chain its last link. For the service itself, which alone reads chains. */
  async headsOf(tx: Tx, orgIds: readonly string[]): Promise<{ chainId: string; seq: string; hash: string }[]> {
    const { rows } = await sql<{ chainId: string; seq: string; hash: string }>`
      select id as chain_id, seq::text as seq, encode(hash, 'hex') as hash from audit_chain
      where id = any (${orgIds}::uuid[]) order by id`.execute(sqlOf(tx))
    return rows
  },
}
export type HeadsOf = (orgIds: readonly string[]) => ReturnType<typeof exportStore.headsOf>

import type { RawTx } from '@linghang/access'
import type { ImportScope } from '@linghang/rosters'
import { trace } from '@opentelemetry/api'
import type { Tx } from '../deps.ts'

export type KnownOrganisations = ReadonlyMap<string, { id: string; place: 'BRANCH' | 'OTHER' }>
export type StagedRange = { importId: string; countyId: string; after: number; through: number }
type Written = { id: string; org_id: string; before_hash: Uint8Array | null; after_hash: Uint8Array }

// The staged rows of a chunk as columns. Rows are numbered without gaps, so a chunk is a range of numbers.
const stagedColumns = `
  "orgId" uuid, name text, "nameKey" text, sex text, ethnicity text, "birthDate" date, education text, kind text,
  "appliedOn" date, "activistSince" date, "candidateSince" date, "joinedOn" date, "fullMemberSince" date, post text,
  "idNumberSealed" text, "idNumberHash" text, "idNumberMasked" text, "phoneSealed" text, "phoneHash" text, "phoneMasked" text,
  "duesCategory" text, "duesBaseFen" bigint, floating boolean, "lostContact" boolean, "contentHash" text`
const staged = `
  with w as (
    select r.line, w.* from roster_row r cross join lateral jsonb_to_record(r.record) as w (${stagedColumns})
    where r.import_id = $1::uuid and r.n > $2 and r.n <= $3
  )`

export const importedStore = {
  /** The county's organisations by code; those outside the import's scope are left out, as if they did not exist. */
  async organisations(tx: Tx, scope: ImportScope): Promise<KnownOrganisations> {
    const rows = await tx.$queryRaw<{ id: string; code: string; kind: string }[]>`
      select n.id, n.code, n.kind from org_node n left join org_node g on g.id = ${scope.orgId}::uuid
      where n.county_id = ${scope.countyId}::uuid and (g.id is null or n.path <@ g.path)`
    const isBranch = (kind: string) => kind.endsWith('BRANCH') && kind !== 'GENERAL_BRANCH'
    return new Map(rows.map(row => [row.code, { id: row.id, place: isBranch(row.kind) ? 'BRANCH' : 'OTHER' }]))
  },

  async registeredBranches(tx: Tx, countyId: string, hashes: string[]): Promise<Map<string, string>> {
    const rows = await tx.$queryRaw<{ hash: string; code: string }[]>`
      select encode(m.id_number_hash, 'hex') as hash, n.code from member m join org_node n on n.id = m.org_id
      where m.county_id = ${countyId}::uuid and m.id_number_hash = any (array(select decode(h, 'hex') from unnest(${hashes}::text[]) h))`
    return new Map(rows.map(row => [row.hash, row.code]))
  },

  async countStaged(tx: Tx, range: StagedRange): Promise<number> {
    const [row] = await tx.$queryRaw<{ n: bigint }[]>`
      select count(*) as n from roster_row where import_id = ${range.importId}::uuid and n > ${range.after} and n <= ${range.through}`
    return Number(row?.n ?? 0)
  },

  /** People who were moved, or left, between preview and commit: their rows are refused with a finding. */
  async refuseMovedMeanwhile(tx: RawTx, range: StagedRange): Promise<void> {
    await tx.$executeRawUnsafe(
      `${staged}
       insert into roster_finding (import_id, county_id, n, line, column_name, severity, code, found, wanted_zh, wanted_en, message_zh, message_en)
       select $1::uuid, $4::uuid, (select coalesce(max(n), -1) from roster_finding where import_id = $1::uuid) + row_number() over (order by w.line),
         w.line, '所在党支部代码', 'ERROR', case when m.left_on is null then 'REGISTERED_IN_ANOTHER_BRANCH' else 'HAS_LEFT' end, w."idNumberMasked",
         '登记所在的党支部', 'the branch where the person is registered',
         '预览之后此人已转到其他党支部或已离开，该行未写入', 'since the preview this person has moved to another branch or has left; the row was not taken over'
       from w join member m on m.county_id = $4::uuid and m.id_number_hash = decode(w."idNumberHash", 'hex')
       where m.org_id <> w."orgId" or m.left_on is not null`,
      range.importId,
      range.after,
      range.through,
      range.countyId,
    )
  },

  async updateChanged(tx: RawTx, range: StagedRange): Promise<Written[]> {
    return tx.$queryRawUnsafe<Written[]>(
      `${staged}
       update member m set name = w.name, name_key = w."nameKey", sex = w.sex, ethnicity = w.ethnicity, birth_date = w."birthDate", education = w.education,
         kind = w.kind, applied_on = w."appliedOn", activist_since = w."activistSince", candidate_since = w."candidateSince", joined_on = w."joinedOn",
         full_member_since = w."fullMemberSince", post = w.post, phone_sealed = decode(w."phoneSealed", 'hex'), phone_hash = decode(w."phoneHash", 'hex'),
         phone_masked = w."phoneMasked", dues_category = w."duesCategory", dues_base_fen = w."duesBaseFen", floating = w.floating,
         lost_contact = w."lostContact", content_hash = decode(w."contentHash", 'hex'), version = m.version + 1
       from w where m.county_id = $4::uuid and m.id_number_hash = decode(w."idNumberHash", 'hex') and m.org_id = w."orgId" and m.left_on is null
         and m.content_hash <> decode(w."contentHash", 'hex')
       returning new.id, new.org_id, old.content_hash as before_hash, new.content_hash as after_hash`,
      range.importId,
      range.after,
      range.through,
      range.countyId,
    )
  },

  async insertNew(tx: RawTx, range: StagedRange, today: string): Promise<Written[]> {
    return tx.$queryRawUnsafe<Written[]>(
      `${staged}
       insert into member (id, county_id, org_id, name, name_key, sex, ethnicity, birth_date, education, kind, applied_on, activist_since, candidate_since,
         joined_on, full_member_since, post, id_number_sealed, id_number_hash, id_number_masked, phone_sealed, phone_hash, phone_masked, dues_category,
         dues_base_fen, floating, lost_contact, known_on, content_hash)
       select uuidv7(), $4::uuid, "orgId", name, "nameKey", sex, ethnicity, "birthDate", education, kind, "appliedOn", "activistSince", "candidateSince",
         "joinedOn", "fullMemberSince", post, decode("idNumberSealed", 'hex'), decode("idNumberHash", 'hex'), "idNumberMasked", decode("phoneSealed", 'hex'),
         decode("phoneHash", 'hex'), "phoneMasked", "duesCategory", "duesBaseFen", floating, "lostContact", $5::date, decode("contentHash", 'hex')
       from w on conflict (county_id, id_number_hash) do nothing
       returning id, org_id, null::bytea as before_hash, content_hash as after_hash`,
      range.importId,
      range.after,
      range.through,
      range.countyId,
      today,
    )
  },

  async audit(tx: RawTx, countyId: string, accountId: string | null, written: Written[]): Promise<void> {
    if (written.length === 0) return
    const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex')
    await tx.$executeRawUnsafe(
      `insert into audit_entry (id, county_id, org_id, account_id, action, subject_type, subject_id, before_hash, after_hash, trace_id)
       select uuidv7(), $1::uuid, w.org_id, $2::uuid, 'member.imported', 'Member', w.id, decode(w.before, 'hex'), decode(w.after, 'hex'), $3
       from jsonb_to_recordset($4::jsonb) as w (id uuid, org_id uuid, before text, after text)`,
      countyId,
      accountId,
      trace.getActiveSpan()?.spanContext().traceId ?? null,
      JSON.stringify(
        written.map(row => ({
          id: row.id,
          org_id: row.org_id,
          before: hex(row.before_hash),
          after: hex(row.after_hash),
        })),
      ),
    )
  },

  async tell(tx: RawTx, ids: string[], type: string, traceparent: string | null): Promise<void> {
    if (ids.length === 0) return
    await tx.$executeRawUnsafe('call app.tell_of_members($1::uuid[], $2, $3)', ids, type, traceparent)
  },

  /** People of the organisations that the file names whom it does not name itself. */
  async missing(tx: RawTx, scope: ImportScope, orgIds: string[], refusedHashes: string[]): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `select m.id from member m
       where m.county_id = $1::uuid and m.left_on is null and m.org_id = any ($3::uuid[])
         and not exists (select from roster_row r where r.import_id = $2::uuid and r.record ->> 'idNumberHash' = encode(m.id_number_hash, 'hex'))
         and encode(m.id_number_hash, 'hex') <> all ($4::text[])
       order by m.id limit 100000`,
      scope.countyId,
      scope.id,
      orgIds,
      refusedHashes,
    )
    return rows.map(row => row.id)
  },
}

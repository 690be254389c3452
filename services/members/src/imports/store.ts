import type { RawTx } from '@linghang/access'
import type { ImportScope } from '@linghang/rosters'
import type { Tx } from '../deps.ts'

export type KnownOrganisations = ReadonlyMap<string, { id: string; place: 'BRANCH' | 'OTHER' }>

// The staged rows of a chunk as columns. Rows are numbered without gaps, so a chunk is a range of numbers.
const stagedColumns = `
  "orgId" uuid, name text, "nameKey" text, sex text, ethnicity text, "birthDate" date, education text, kind text,
  "appliedOn" date, "activistSince" date, "candidateSince" date, "joinedOn" date, "fullMemberSince" date, post text,
  "idNumberSealed" text, "idNumberHash" text, "idNumberMasked" text, "phoneSealed" text, "phoneHash" text, "phoneMasked" text,
  "duesCategory" text, "duesBaseFen" bigint, floating boolean, "lostContact" boolean, "contentHash" text`
// One statement takes a chunk over: each row's JSON is read once, and register, events and audit rows cannot differ.
const takeOverSql = `
  with w as materialized (
    select r.line, w.*, decode(w."idNumberHash", 'hex') as id_hash, decode(w."contentHash", 'hex') as content_hash
    from roster_row r cross join lateral jsonb_to_record(r.record) as w (${stagedColumns})
    where r.import_id = $1::uuid and r.n > $2 and r.n <= $3
  ),
  -- Looked up row by row through the index. As a plain join it would be planned by the statistics of a register that
  -- was empty when the import began, and every chunk would read the whole county. The row goes along: the planner takes
  -- a chunk for one row, and joining it again would hold each of its rows against all the others.
  known as materialized (
    select w.*, m.* from w cross join lateral (
      select id as member_id, org_id as held_at, left_on as has_left_on, content_hash as held_hash
      from member where county_id = $4::uuid and id_number_hash = w.id_hash limit 1) m
  ),
  refused as (
    insert into roster_finding (import_id, county_id, n, line, column_name, severity, code, found, wanted_zh, wanted_en, message_zh, message_en)
    select $1::uuid, $4::uuid, (select coalesce(max(n), -1) from roster_finding where import_id = $1::uuid) + row_number() over (order by line),
      line, '所在党支部代码', 'ERROR', case when has_left_on is null then 'REGISTERED_IN_ANOTHER_BRANCH' else 'HAS_LEFT' end, "idNumberMasked",
      '登记所在的党支部', 'the branch where the person is registered',
      '此人已转到其他党支部或已离开，该行未写入', 'this person has moved to another branch or has left; the row was not taken over'
    from known where held_at <> "orgId" or has_left_on is not null
  ),
  changed as (
    update member m set name = w.name, name_key = w."nameKey", sex = w.sex, ethnicity = w.ethnicity, birth_date = w."birthDate", education = w.education,
      kind = w.kind, applied_on = w."appliedOn", activist_since = w."activistSince", candidate_since = w."candidateSince", joined_on = w."joinedOn",
      full_member_since = w."fullMemberSince", post = w.post, phone_sealed = decode(w."phoneSealed", 'hex'), phone_hash = decode(w."phoneHash", 'hex'),
      phone_masked = w."phoneMasked", dues_category = w."duesCategory", dues_base_fen = w."duesBaseFen", floating = w.floating,
      lost_contact = w."lostContact", content_hash = w.content_hash, version = m.version + 1
    -- A condition that no index of branches fits: a person is found by their id, and looked at again once they are held.
    from known w where m.id = w.member_id and w.held_hash <> w.content_hash and m.org_id is not distinct from w."orgId"
      and m.left_on is null and m.content_hash <> w.content_hash
    returning new.id, new.org_id, old.content_hash as before, new.content_hash as after, app.member_state(m) as state
  ),
  added as (
    insert into member (id, county_id, org_id, name, name_key, sex, ethnicity, birth_date, education, kind, applied_on, activist_since, candidate_since,
      joined_on, full_member_since, post, id_number_sealed, id_number_hash, id_number_masked, phone_sealed, phone_hash, phone_masked, dues_category,
      dues_base_fen, floating, lost_contact, known_on, content_hash)
    select uuidv7(), $4::uuid, "orgId", name, "nameKey", sex, ethnicity, "birthDate", education, kind, "appliedOn", "activistSince", "candidateSince",
      "joinedOn", "fullMemberSince", post, decode("idNumberSealed", 'hex'), id_hash, "idNumberMasked", decode("phoneSealed", 'hex'),
      decode("phoneHash", 'hex'), "phoneMasked", "duesCategory", "duesBaseFen", floating, "lostContact", $5::date, w.content_hash
    from w on conflict (county_id, id_number_hash) do nothing
    returning id, org_id, null::bytea as before, content_hash as after, app.member_state(member) as state
  ),
  written as (
    select 'members.member.changed.v1' as type, changed.* from changed union all select 'members.member.registered.v1', added.* from added
  ),
  told as (
    insert into outbox_event (county_id, org_id, type, subject, key, data, traceparent)
    select $4::uuid, org_id, type, id::text, $4::text || '/' || id, state, $6 from written
  ),
  audited as (
    insert into audit_entry (id, county_id, org_id, account_id, action, subject_type, subject_id, before_hash, after_hash, trace_id)
    select uuidv7(), $4::uuid, org_id, $7::uuid, 'member.imported', 'Member', id, before, after, split_part($6, '-', 2) from written
  )
  select (select count(*) from w)::int as taken, (select count(*) from added)::int as added, (select count(*) from changed)::int as changed`

export type TakeOver = {
  importId: string
  countyId: string
  /** Row numbers: behind `after`, up to and with `through`. */
  after: number
  through: number
  accountId: string | null
  today: string
  traceparent: string | null
}

export const importedStore = {
  /** The county's organisations by code; those outside the import's scope are left out, as if they did not exist. */
  async organisations(tx: Tx, scope: ImportScope): Promise<KnownOrganisations> {
    const rows = await tx.$queryRaw<{ id: string; code: string; kind: string }[]>`
      select n.id, n.code, n.kind from org_node n left join org_node g on g.id = ${scope.orgId}::uuid
      where n.county_id = ${scope.countyId}::uuid and (g.id is null or n.path <@ g.path)`
    const isBranch = (kind: string) => kind.endsWith('BRANCH') && kind !== 'GENERAL_BRANCH'
    return new Map(rows.map(row => [row.code, { id: row.id, place: isBranch(row.kind) ? 'BRANCH' : 'OTHER' }]))
  },

  /** Branch code by ID number hash (hex); '' for a branch outside of the import's scope: which one is not said (S3-2). */
  async registeredBranches(tx: Tx, scope: ImportScope, hashes: string[]): Promise<Map<string, string>> {
    const rows = await tx.$queryRaw<{ hash: string; code: string }[]>`
      select encode(m.id_number_hash, 'hex') as hash, case when g.id is null or n.path <@ g.path then n.code else '' end as code
      from member m join org_node n on n.id = m.org_id left join org_node g on g.id = ${scope.orgId}::uuid
      where m.county_id = ${scope.countyId}::uuid and m.id_number_hash = any (array(select decode(h, 'hex') from unnest(${hashes}::text[]) h))`
    return new Map(rows.map(row => [row.hash, row.code]))
  },

  /** Takes a chunk of staged rows over into the register, with their events and audit rows. */
  async takeOver(tx: RawTx, chunk: TakeOver): Promise<{ taken: number; added: number; changed: number }> {
    const [result] = await tx.$queryRawUnsafe<{ taken: number; added: number; changed: number }[]>(
      takeOverSql,
      chunk.importId,
      chunk.after,
      chunk.through,
      chunk.countyId,
      chunk.today,
      chunk.traceparent,
      chunk.accountId,
    )
    return result ?? { taken: 0, added: 0, changed: 0 }
  },

  /** People of the organisations that the file names whom it does not name itself. */
  async missing(tx: RawTx, scope: ImportScope, orgIds: string[], refusedHashes: string[]): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `with absent as materialized (
         select id_number_hash from member where county_id = $1::uuid and left_on is null and org_id = any ($3::uuid[])
         except select decode(record ->> 'idNumberHash', 'hex') from roster_row where import_id = $2::uuid
         except select decode(refused, 'hex') from unnest($4::text[]) as refused
       )
       select m.id from absent
       cross join lateral (select id from member where county_id = $1::uuid and id_number_hash = absent.id_number_hash limit 1) m
       order by m.id limit 100000`,
      scope.countyId,
      scope.id,
      orgIds,
      refusedHashes,
    )
    return rows.map(row => row.id)
  },
}

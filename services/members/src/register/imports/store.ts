import type { RawTx } from '@linghang/access'
import type { Finding, Foreseen, ImportScope } from '@linghang/rosters'
import { keepFindings } from '@linghang/rosters/imports'
import { isBranch } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Registered } from '../roster/judge-roster.ts'
import { type RefusedRow, toFinding } from './refused-row.ts'

export type KnownOrganisations = ReadonlyMap<string, { id: string; place: 'BRANCH' | 'OTHER' | 'ENDED' }>

/**
 * Staged rows ($2 < n <= $3 of import $1, county $4, whose roster it is $5) beside what the register has, and what it
 * would have: a row says some columns, the others stay. `refusal` is why the register does not take a row as it stands.
 *
 * A row that says all and the same as the register is not put together: most rosters change little.
 *
 * People are looked up row by row through the index. As a plain join it would be planned by the statistics of a register
 * that was empty when the import began, and every chunk would read the whole county. The row goes along: the planner
 * takes a chunk for one row, and joining it again would hold each of its rows against all the others.
 */
const judgedRows = `
  w as materialized (
    select r.line, r.record -> 'said' as said, decode(r.record ->> 'whole', 'hex') as whole, (r.record #>> '{said,org_id}')::uuid as to_org,
      (r.record #>> '{said,id_number_hash}')::bytea as id_hash
    from roster_row r where r.import_id = $1::uuid and r.n > $2 and r.n <= $3
  ),
  -- Branches that the roster may name, asked anew: they may have moved, or become something else, since the file was judged.
  open_orgs as materialized (
    select n.id from org_node n left join org_node g on g.id = $5::uuid
    where n.id = any (array(select distinct to_org from w)) and n.county_id = $4::uuid and ($5::uuid is null or n.path <@ g.path)
      and n.kind like '%BRANCH' and n.kind <> 'GENERAL_BRANCH' and n.ended_on is null
  ),
  judged as materialized (
    select w.line, w.said, w.id_hash, w.to_org, h.held, h.merged, coalesce(w.whole, app.member_content_hash(h.merged)) as merged_hash,
      case
        when w.to_org not in (select id from open_orgs) then 'OUTSIDE_YOUR_ORGANISATIONS'
        when (h.held).id is null then null
        when (h.held).left_on is not null then 'HAS_LEFT'
        when (h.held).org_id <> w.to_org then 'REGISTERED_IN_ANOTHER_BRANCH'
        when (h.held).kind <> 'FULL' and (h.merged).kind is not null
          and ((h.held).kind, (h.held).applied_on, (h.held).activist_since, (h.held).candidate_since, (h.held).joined_on, (h.held).full_member_since)
            is distinct from ((h.merged).kind, (h.merged).applied_on, (h.merged).activist_since, (h.merged).candidate_since, (h.merged).joined_on, (h.merged).full_member_since)
          and (h.held).decided_by_case then 'CASE_DECIDES'
      end as refusal
    from w cross join lateral (
      select m.held, case when (m.held).content_hash = w.whole then null else jsonb_populate_record(coalesce(m.held, jsonb_populate_record(null::member, '{"floating": false, "lost_contact": false}')), w.said) end as merged
      from (select 1) as one left join lateral (select k as held from member k where k.county_id = $4::uuid and k.id_number_hash = w.id_hash limit 1) m on true) h
  )`

const refusalsAtMost = 1_000

const writtenColumns = [
  ...[
    'name',
    'name_key',
    'sex',
    'ethnicity',
    'birth_date',
    'education',
    'kind',
    'applied_on',
    'activist_since',
    'candidate_since',
  ],
  ...[
    'joined_on',
    'full_member_since',
    'post',
    'phone_sealed',
    'phone_hash',
    'phone_masked',
    'dues_category',
    'dues_base_fen',
  ],
  ...['floating', 'lost_contact'],
]
const insertedColumns = ['org_id', 'id_number_sealed', 'id_number_hash', 'id_number_masked', ...writtenColumns]
const ofMerged = (columns: readonly string[]) => columns.map(column => `(j.merged).${column}`).join(', ')

// One statement takes a chunk over: each row's JSON is read once, and register, events and audit rows cannot differ.
const takeOverSql = `
  with ${judgedRows},
  changed as (
    update member m set (${writtenColumns.join(', ')}, content_hash, version) = row(${ofMerged(writtenColumns)}, j.merged_hash, m.version + 1)
    -- A person is found by their id, and looked at again once they are held: whoever was changed meanwhile is not.
    from judged j where m.id = (j.held).id and j.refusal is null and j.merged_hash <> (j.held).content_hash and m.version = (j.held).version
    returning new.id, new.org_id, old.content_hash as before, new.content_hash as after, app.member_state(m) as state
  ),
  added as (
    insert into member (id, county_id, known_on, content_hash, ${insertedColumns.join(', ')})
    select uuidv7(), $4::uuid, $6::date, j.merged_hash, ${ofMerged(insertedColumns)}
    from judged j where (j.held).id is null and j.refusal is null on conflict (county_id, id_number_hash) do nothing
    returning id, org_id, null::bytea as before, content_hash as after, app.member_state(member) as state
  ),
  written as (
    select 'members.member.changed.v1' as type, changed.* from changed union all select 'members.member.registered.v1', added.* from added
  ),
  told as (
    insert into outbox_event (county_id, org_id, type, subject, key, data, traceparent)
    select $4::uuid, org_id, type, id::text, $4::text || '/' || id, state, $7 from written
  ),
  audited as (
    insert into audit_entry (id, county_id, org_id, account_id, action, subject_type, subject_id, before_hash, after_hash, trace_id)
    select uuidv7(), $4::uuid, org_id, $8::uuid, 'member.imported', 'Member', id, before, after, split_part($7, '-', 2) from written
  )
  select (select count(*) from w)::int as taken, (select count(*) from added)::int as added, (select count(*) from changed)::int as changed,
    (select count(*) from judged where refusal is null and (held).id is not null and merged_hash = (held).content_hash)::int as unchanged,
    (select coalesce(jsonb_agg(jsonb_build_object('line', line, 'refusal', refusal) order by line), '[]') from judged where refusal is not null) as refusals`

export type TakeOver = {
  scope: ImportScope
  /** Row numbers: behind `after`, up to and with `through`. */
  after: number
  through: number
  accountId: string | null
  today: string
  traceparent: string | null
}

/** Somebody else wrote a person of the chunk while it was taken over: it is taken over anew. */
class WrittenMeanwhile extends Error {}

export const importedStore = {
  /** The county's organisations by code; those outside the import's scope are left out, as if they did not exist. */
  async organisations(tx: Tx, scope: ImportScope): Promise<KnownOrganisations> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode as one')
      .leftJoin('orgNode as scope', join => join.on('scope.id', '=', scope.orgId))
      .select(['one.id', 'one.code', 'one.kind', 'one.endedOn'])
      .where('one.countyId', '=', scope.countyId)
      .where(({ eb, or, ref }) => or([eb('scope.id', 'is', null), eb('one.path', sql`<@`, ref('scope.path'))]))
      .execute()
    const placeOf = ({ kind, endedOn }: { kind: string; endedOn: string | null }) =>
      endedOn !== null ? 'ENDED' : isBranch(kind) ? 'BRANCH' : 'OTHER'
    return new Map(rows.map(row => [row.code, { id: row.id, place: placeOf(row) }]))
  },

  /** What the register has of people, by ID number hash (hex); which branch outside of the import's scope is not said (S3-2). */
  async registered(tx: Tx, scope: ImportScope, hashes: string[]): Promise<Map<string, Registered>> {
    const { rows } = await sql<
      Registered['decided'] & { hash: string; branch: string; leftOn: string | null; decides: boolean }
    >`
      select encode(m.id_number_hash, 'hex') as hash, encode(m.content_hash, 'hex') as content, case when g.id is null or n.path <@ g.path then n.code else '' end as branch,
        m.left_on, m.kind, m.applied_on, m.activist_since, m.candidate_since, m.joined_on, m.full_member_since,
        m.kind <> 'FULL' and m.decided_by_case as decides
      from member m join org_node n on n.id = m.org_id left join org_node g on g.id = ${scope.orgId}::uuid
      where m.county_id = ${scope.countyId}::uuid and m.id_number_hash = any (array(select decode(h, 'hex') from unnest(${hashes}::text[]) h))`.execute(
      sqlOf(tx),
    )
    return new Map(
      rows.map(({ hash, branch, leftOn, decides, ...standing }) => [
        hash,
        { branch, leftOn, decided: decides ? standing : null },
      ]),
    )
  },

  /** What taking the rows over would make of them, as the register stands. */
  async foresee(tx: RawTx, scope: ImportScope, after: number, through: number): Promise<Foreseen> {
    const [row] = await tx.$queryRawUnsafe<Foreseen[]>(
      `with ${judgedRows} select
         count(*) filter (where (held).id is null)::int as added,
         count(*) filter (where (held).id is not null and merged_hash <> (held).content_hash)::int as changed,
         count(*) filter (where (held).id is not null and merged_hash = (held).content_hash)::int as unchanged
       from judged where refusal is null`,
      scope.id,
      after,
      through,
      scope.countyId,
      scope.orgId,
    )
    return row ?? { added: 0, changed: 0, unchanged: 0 }
  },

  /** Staged rows that the register does not take as it stands now; 1,000 at most. */
  async refusals(tx: RawTx, scope: ImportScope): Promise<Finding[]> {
    const rows = await tx.$queryRawUnsafe<RefusedRow[]>(
      `with ${judgedRows} select line, refusal from judged where refusal is not null order by line limit ${refusalsAtMost}`,
      scope.id,
      -1,
      2_147_483_647,
      scope.countyId,
      scope.orgId,
    )
    return rows.map(toFinding)
  },

  /** Takes a chunk of staged rows over into the register, with their events and audit rows. @throws WrittenMeanwhile */
  async takeOver(tx: RawTx, chunk: TakeOver): Promise<Foreseen & { taken: number; refused: number }> {
    const { scope } = chunk
    const [result] = await tx.$queryRawUnsafe<(Foreseen & { taken: number; refusals: RefusedRow[] })[]>(
      takeOverSql,
      scope.id,
      chunk.after,
      chunk.through,
      scope.countyId,
      scope.orgId,
      chunk.today,
      chunk.traceparent,
      chunk.accountId,
    )
    if (!result) return { taken: 0, added: 0, changed: 0, unchanged: 0, refused: 0 }
    const { refusals, ...counts } = result
    const refused = refusals.length
    if (counts.added + counts.changed + counts.unchanged + refused !== counts.taken) throw new WrittenMeanwhile()
    await keepFindings(tx, scope, refusals.map(toFinding))
    return { ...counts, refused }
  },

  /** People of the organisations that the file names whom it does not name itself. */
  async missing(
    tx: RawTx,
    scope: ImportScope,
    orgIds: string[],
    refusedHashes: string[],
    refusedNames: string[],
  ): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `with absent as materialized (
         select id_number_hash from member where county_id = $1::uuid and left_on is null and org_id = any ($3::uuid[])
           and name not in (select unnest($5::text[]))
         except select (record #>> '{said,id_number_hash}')::bytea from roster_row where import_id = $2::uuid
         except select decode(refused, 'hex') from unnest($4::text[]) as refused
       )
       select m.id from absent
       cross join lateral (select id from member where county_id = $1::uuid and id_number_hash = absent.id_number_hash limit 1) m
       order by m.id limit 100000`,
      scope.countyId,
      scope.id,
      orgIds,
      refusedHashes,
      refusedNames,
    )
    return rows.map(row => row.id)
  },
}

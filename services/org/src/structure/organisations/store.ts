import { writeOrgNodes } from '@linghang/access'
import { anyOf, insertBatch, type Stretch, stretchOf, stretchUnder } from '@linghang/database'
import { type NotNull, type Selectable, sql } from 'kysely'
import type { Organisation as OrganisationTable } from '../../../prisma/client/tables.ts'
import { sqlOf, type Tx } from '../../work.ts'
import { hashOf, type Organisation, type OrganisationKind, type OrganisationRecord } from './organisation.ts'

const plain = [
  ...([
    'code',
    'name',
    'kind',
    'superiorId',
    'regionCode',
    'unitKind',
    'establishedOn',
    'secretaryName',
    'phone',
  ] as const),
]
const recorded = [...plain, ...(['termStart', 'termEnd'] as const)]
const columns = [
  ...recorded,
  ...(['id', 'approves', 'approvesBasis', 'endedOn', 'endedInto', 'endsOn', 'version'] as const),
]

type Row = Pick<Selectable<OrganisationTable>, (typeof columns)[number]>

const toOrganisation = ({ termStart, termEnd, approves, approvesBasis, version, ...row }: Row): Organisation => ({
  ...row,
  term: termEnd === null ? null : { start: termStart, end: termEnd },
  approvalPower: approves === null ? null : { approves, basis: approvesBasis as string },
  version: Number(version),
})

const rowOf = (record: OrganisationRecord) => ({
  code: record.code,
  name: record.name,
  kind: record.kind,
  superiorId: record.superiorId,
  regionCode: record.regionCode,
  unitKind: record.unitKind,
  establishedOn: record.establishedOn,
  termStart: record.term?.start ?? null,
  termEnd: record.term?.end ?? null,
  secretaryName: record.secretaryName,
  phone: record.phone,
  contentHash: new Uint8Array(hashOf(record)),
})

/** Which organisations a list may hold: those under offices that the actor holds, or the whole county (null). */
export type Range = { countyId: string; underOrgIds: string[] | null }
/** @property ended those that have ended, instead of those that go on */
export type Filter = { kind: OrganisationKind | null; nameStartsWith: string | null; ended: boolean }

const inRange = (tx: Tx, { countyId, underOrgIds }: Range, { kind, nameStartsWith, ended }: Filter) => {
  let found = sqlOf(tx)
    .selectFrom('organisation')
    .where('countyId', '=', countyId)
    .where('endedOn', ended ? 'is not' : 'is', null)
  if (underOrgIds)
    found = found.where(({ eb, or, lit, selectFrom }) => {
      const under = selectFrom('orgNode as node')
        .innerJoin('orgNode as top', join => join.on('node.path', sql`<@`, ({ ref }) => ref('top.path')))
        .select('node.id')
        .where('top.id', '=', anyOf(underOrgIds))
      // With an `or` the tree is gone through once; without, PostgreSQL would ask it about each organisation anew.
      return or([lit(false), eb('id', 'in', under)])
    })
  if (kind !== null) found = found.where('kind', '=', kind)
  if (nameStartsWith !== null) found = found.where(sql<boolean>`normalize(name, NFKC) ^@ ${nameStartsWith}`)
  return found
}

export const organisationStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Organisation[]> {
    const rows = await sqlOf(tx)
      .selectFrom('organisation')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
    return rows.map(toOrganisation)
  },

  async byCodes(tx: Tx, countyId: string, codes: readonly string[]): Promise<Organisation[]> {
    const rows = await sqlOf(tx)
      .selectFrom('organisation')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('code', '=', anyOf(codes, 'text'))
      .execute()
    return rows.map(toOrganisation)
  },

  /** Locks the row until the transaction ends, so that two changes come one after the other. */
  async lock(tx: Tx, countyId: string, id: string): Promise<Organisation | null> {
    const own = sqlOf(tx).selectFrom('organisation').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    const row = await own.select(columns).executeTakeFirst()
    return row ? toOrganisation(row) : null
  },

  /** The `size` + 1 children of a stretch of each organisation's, by code; one statement for all. */
  async childrenOf(tx: Tx, parents: readonly string[], stretch: Stretch): Promise<Map<string, Organisation[]>> {
    const db = sqlOf(tx)
    const children = await stretchUnder(
      db,
      parents,
      parent =>
        db.selectFrom('organisation').select(columns).where('superiorId', '=', parent).where('endedOn', 'is', null),
      stretch,
      { by: ['code'] },
    )
    return new Map([...children].map(([parent, rows]) => [parent, rows.map(toOrganisation)]))
  },

  async countChildren(tx: Tx, parents: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('organisation')
      .select(({ fn, cast }) => ['superiorId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('superiorId', '=', anyOf(parents))
      .where('endedOn', 'is', null)
      .groupBy('superiorId')
      .$narrowType<{ superiorId: NotNull }>()
      .execute()
    return new Map(rows.map(row => [row.superiorId, row.count]))
  },

  async list(tx: Tx, range: Range, filter: Filter, stretch: Stretch): Promise<Organisation[]> {
    const page = stretchOf(inRange(tx, range, filter).select(columns), stretch, { by: ['code'] })
    return (await page.execute(sqlOf(tx))).rows.map(toOrganisation)
  },

  async count(tx: Tx, range: Range, filter: Filter): Promise<number> {
    const { count } = await inRange(tx, range, filter)
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('count'))
      .executeTakeFirstOrThrow()
    return count
  },

  /** Names and codes of those above, nearest first, for organisations that the actor sees or belongs to. */
  async superiorsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, { code: string; name: string }[]>> {
    const { rows } = await sql<{ orgId: string; code: string; name: string }>`
      select org_id, code, name from app.superiors_of(${ids}::uuid[]) order by distance`.execute(sqlOf(tx))
    const byOrganisation = Map.groupBy(rows, row => row.orgId)
    return new Map(ids.map(id => [id, (byOrganisation.get(id) ?? []).map(({ code, name }) => ({ code, name }))]))
  },

  /** The same, locked until the transaction ends: what a roster changes nobody else changes meanwhile. */
  async lockByCodes(tx: Tx, countyId: string, codes: readonly string[]): Promise<Organisation[]> {
    await sqlOf(tx)
      .selectFrom('organisation')
      .select('id')
      .where('countyId', '=', countyId)
      .where('code', '=', anyOf(codes, 'text'))
      .orderBy('id')
      .forUpdate()
      .execute()
    return this.byCodes(tx, countyId, codes)
  },

  /** The organisation of the county that nobody is above; null before there is one. */
  async rootOf(tx: Tx, countyId: string): Promise<string | null> {
    const root = await sqlOf(tx)
      .selectFrom('orgNode')
      .select('id')
      .where('countyId', '=', countyId)
      .where('superiorId', 'is', null)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    return root?.id ?? null
  },

  async kindOf(tx: Tx, countyId: string, id: string): Promise<OrganisationKind | null> {
    const own = sqlOf(tx).selectFrom('organisation').where('id', '=', id).where('countyId', '=', countyId)
    return (await own.select('kind').executeTakeFirst())?.kind ?? null
  },

  /**
   * Two moves at once could make a cycle that neither sees, and who comes below a branch no tree that is one: until the
   * transaction ends, what changes the tree of the county waits. Taken before any row is.
   */
  async lockMoves(tx: Tx, countyId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`move/${countyId}`}, 0))::text`.execute(sqlOf(tx))
  },

  /** True when `id` is `ancestorId` or below it. */
  async isAtOrBelow(tx: Tx, id: string, ancestorId: string): Promise<boolean> {
    const found = await sqlOf(tx)
      .selectFrom('orgNode as node')
      .innerJoin('orgNode as top', join => join.on('node.path', sql`<@`, ({ ref }) => ref('top.path')))
      .select('node.id')
      .where('node.id', '=', id)
      .where('top.id', '=', ancestorId)
      .executeTakeFirst()
    return found !== undefined
  },

  async insert(tx: Tx, countyId: string, id: string, record: OrganisationRecord): Promise<Organisation> {
    const { superiorId, code, name, kind, unitKind } = record
    await writeOrgNodes(tx, [{ id, countyId, superiorId, code, name, kind, unitKind, approves: null, version: 1 }])
    const row = await sqlOf(tx)
      .insertInto('organisation')
      .values({ id, countyId, ...rowOf(record) })
      .returning(columns)
      .executeTakeFirstOrThrow()
    return toOrganisation(row)
  },

  /** Rows whose nodes are in the tree already. */
  async insertMany(tx: Tx, countyId: string, organisations: readonly Organisation[]): Promise<void> {
    const rows = organisations.map(({ id, ...record }) => ({ id, countyId, ...rowOf(record) }))
    await insertBatch(sqlOf(tx), 'organisation', ['id', 'countyId', ...recorded, 'contentHash'], rows).execute()
  },

  async update(tx: Tx, countyId: string, before: Organisation, record: OrganisationRecord): Promise<Organisation> {
    const { id } = before
    const { superiorId, code, name, kind, unitKind } = record
    const version = before.version + 1
    const approves = before.approvalPower?.approves ?? null
    await writeOrgNodes(tx, [{ id, countyId, superiorId, code, name, kind, unitKind, approves, version }])
    const row = await sqlOf(tx)
      .updateTable('organisation')
      .set({ ...rowOf(record), version: BigInt(version) })
      .where('id', '=', id)
      .returning(columns)
      .executeTakeFirstOrThrow()
    return toOrganisation(row)
  },
}

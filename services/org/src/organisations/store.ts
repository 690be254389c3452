import { writeOrgNodes } from '@linghang/access'
import { type Stretch, walkOf } from '@linghang/subgraph'
import { Prisma } from '../../prisma/client/client.ts'
import type { Tx } from '../work.ts'
import {
  type ApprovalPower,
  hashOf,
  type Organisation,
  type OrganisationKind,
  type OrganisationRecord,
} from './organisation.ts'

type Row = NonNullable<Awaited<ReturnType<Tx['organisation']['findFirst']>>>

const day = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null
const date = (text: string | null): Date | null => (text ? new Date(`${text}T00:00:00Z`) : null)

const toOrganisation = (row: Row): Organisation => ({
  id: row.id,
  code: row.code,
  name: row.name,
  kind: row.kind as OrganisationKind,
  superiorId: row.superiorId,
  regionCode: row.regionCode,
  unitKind: row.unitKind,
  establishedOn: day(row.establishedOn),
  term: row.termEnd && { start: day(row.termStart), end: day(row.termEnd) as string },
  secretaryName: row.secretaryName,
  phone: row.phone,
  approvalPower: row.approves === null ? null : { approves: row.approves, basis: row.approvesBasis as string },
  version: Number(row.version),
})

const columns = (record: OrganisationRecord) => ({
  code: record.code,
  name: record.name,
  kind: record.kind,
  superiorId: record.superiorId,
  regionCode: record.regionCode,
  unitKind: record.unitKind,
  establishedOn: date(record.establishedOn),
  termStart: date(record.term?.start ?? null),
  termEnd: date(record.term?.end ?? null),
  secretaryName: record.secretaryName,
  phone: record.phone,
  contentHash: new Uint8Array(hashOf(record)),
})

/** Which organisations a list may hold: those under offices that the actor holds, or the whole county (null). */
export type Range = { countyId: string; underOrgIds: string[] | null }
export type Filter = { kind: string | null; nameStartsWith: string | null }

export const organisationStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Organisation[]> {
    return (await tx.organisation.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toOrganisation)
  },

  async byCodes(tx: Tx, countyId: string, codes: readonly string[]): Promise<Organisation[]> {
    return (await tx.organisation.findMany({ where: { countyId, code: { in: [...codes] } } })).map(toOrganisation)
  },

  /** Locks the row until the transaction ends, so that two changes come one after the other. */
  async lock(tx: Tx, countyId: string, id: string): Promise<Organisation | null> {
    await tx.$queryRaw`select 1 from organisation where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    const row = await tx.organisation.findFirst({ where: { id, countyId } })
    return row && toOrganisation(row)
  },

  /** The `size` + 1 children of a stretch of each organisation's, by code; one statement for all. */
  async childrenOf(tx: Tx, parents: readonly string[], stretch: Stretch): Promise<Map<string, Organisation[]>> {
    const { past, order } = walkOf(stretch)
    const [code = null] = stretch.from ?? []
    const rows = await tx.$queryRaw<{ parent: string; id: string }[]>`
      select p.id as parent, c.id from unnest(${[...parents]}::uuid[]) as p (id)
      cross join lateral (
        select id, code from organisation where superior_id = p.id and (${code}::text is null or code ${Prisma.raw(past)} ${code}) order by code ${Prisma.raw(order)} limit ${stretch.size + 1}
      ) c order by p.id, c.code ${Prisma.raw(order)}`
    const found = new Map(
      (await tx.organisation.findMany({ where: { id: { in: rows.map(row => row.id) } } })).map(row => [
        row.id,
        toOrganisation(row),
      ]),
    )
    const children = Map.groupBy(rows, row => row.parent)
    return new Map(
      parents.map(parent => [parent, (children.get(parent) ?? []).flatMap(row => found.get(row.id) ?? [])]),
    )
  },

  async countChildren(tx: Tx, parents: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ superior_id: string; n: bigint }[]>`
      select superior_id, count(*) as n from organisation where superior_id = any (${[...parents]}::uuid[]) group by superior_id`
    return new Map(rows.map(row => [row.superior_id, Number(row.n)]))
  },

  async list(tx: Tx, range: Range, filter: Filter, stretch: Stretch): Promise<Organisation[]> {
    const { past, order } = walkOf(stretch)
    const [code = null] = stretch.from ?? []
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select o.id from organisation o where o.county_id = ${range.countyId}::uuid
        and (${range.underOrgIds}::uuid[] is null or o.id in (
          select n.id from org_node n join org_node g on n.path <@ g.path where g.id = any (${range.underOrgIds}::uuid[])))
        and (${filter.kind}::text is null or o.kind = ${filter.kind})
        and (${filter.nameStartsWith}::text is null or normalize(o.name, NFKC) ^@ ${filter.nameStartsWith})
        and (${code}::text is null or o.code ${Prisma.raw(past)} ${code})
      order by o.code ${Prisma.raw(order)} limit ${stretch.size + 1}`
    const found = new Map(
      (
        await this.byIds(
          tx,
          range.countyId,
          rows.map(row => row.id),
        )
      ).map(organisation => [organisation.id, organisation]),
    )
    return rows.flatMap(row => found.get(row.id) ?? [])
  },

  async count(tx: Tx, range: Range, filter: Filter): Promise<number> {
    const [row] = await tx.$queryRaw<{ n: bigint }[]>`
      select count(*) as n from organisation o where o.county_id = ${range.countyId}::uuid
        and (${range.underOrgIds}::uuid[] is null or o.id in (
          select n.id from org_node n join org_node g on n.path <@ g.path where g.id = any (${range.underOrgIds}::uuid[])))
        and (${filter.kind}::text is null or o.kind = ${filter.kind})
        and (${filter.nameStartsWith}::text is null or normalize(o.name, NFKC) ^@ ${filter.nameStartsWith})`
    return Number(row?.n ?? 0)
  },

  /** Names and codes of those above, nearest first, for organisations that the actor sees or belongs to. */
  async superiorsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, { code: string; name: string }[]>> {
    const rows = await tx.$queryRaw<{ org_id: string; code: string; name: string; distance: number }[]>`
      select org_id, code, name, distance from app.superiors_of(${[...ids]}::uuid[]) order by distance`
    const byOrganisation = Map.groupBy(rows, row => row.org_id)
    return new Map(ids.map(id => [id, (byOrganisation.get(id) ?? []).map(({ code, name }) => ({ code, name }))]))
  },

  /** The same, locked until the transaction ends: what a roster changes nobody else changes meanwhile. */
  async lockByCodes(tx: Tx, countyId: string, codes: readonly string[]): Promise<Organisation[]> {
    await tx.$queryRaw`
      select 1 from organisation where county_id = ${countyId}::uuid and code = any (${[...codes]}::text[]) order by id for update`
    return this.byCodes(tx, countyId, codes)
  },

  /** The organisation of the county that nobody is above; null before there is one. */
  async rootOf(tx: Tx, countyId: string): Promise<string | null> {
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      select id from org_node where county_id = ${countyId}::uuid and superior_id is null order by id limit 1`
    return row?.id ?? null
  },

  async kindOf(tx: Tx, countyId: string, id: string): Promise<string | null> {
    return (await tx.organisation.findFirst({ where: { id, countyId }, select: { kind: true } }))?.kind ?? null
  },

  /** Two moves at once could make a cycle that neither sees: until the transaction ends, moves of the county wait. */
  async lockMoves(tx: Tx, countyId: string): Promise<void> {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`move/${countyId}`}, 0))::text`
  },

  /** True when `id` is `ancestorId` or below it. */
  async isAtOrBelow(tx: Tx, id: string, ancestorId: string): Promise<boolean> {
    const rows = await tx.$queryRaw<{ found: boolean }[]>`
      select true as found from org_node n join org_node a on n.path <@ a.path where n.id = ${id}::uuid and a.id = ${ancestorId}::uuid`
    return rows.length > 0
  },

  async insert(tx: Tx, countyId: string, id: string, record: OrganisationRecord): Promise<Organisation> {
    await writeOrgNodes(tx, [
      {
        id,
        countyId,
        superiorId: record.superiorId,
        code: record.code,
        name: record.name,
        kind: record.kind,
        unitKind: record.unitKind,
        approves: null,
        version: 1,
      },
    ])
    return toOrganisation(await tx.organisation.create({ data: { id, countyId, ...columns(record) } }))
  },

  /** Rows whose nodes are in the tree already. */
  async insertMany(tx: Tx, countyId: string, organisations: readonly Organisation[]): Promise<void> {
    await tx.organisation.createMany({
      data: organisations.map(({ id, ...record }) => ({ id, countyId, ...columns(record) })),
    })
  },

  async update(tx: Tx, countyId: string, before: Organisation, record: OrganisationRecord): Promise<Organisation> {
    const version = before.version + 1
    await writeOrgNodes(tx, [
      {
        id: before.id,
        countyId,
        superiorId: record.superiorId,
        code: record.code,
        name: record.name,
        kind: record.kind,
        unitKind: record.unitKind,
        approves: before.approvalPower?.approves ?? null,
        version,
      },
    ])
    return toOrganisation(
      await tx.organisation.update({
        where: { id: before.id },
        data: { ...columns(record), version: BigInt(version) },
      }),
    )
  },

  /** @param power null: by the rule again */
  async recordPower(
    tx: Tx,
    countyId: string,
    before: Organisation,
    power: ApprovalPower | null,
  ): Promise<Organisation> {
    const { id, superiorId, code, name, kind, unitKind } = before
    const version = before.version + 1
    const approves = power?.approves ?? null
    await writeOrgNodes(tx, [{ id, countyId, superiorId, code, name, kind, unitKind, approves, version }])
    const data = { approves, approvesBasis: power?.basis ?? null, version: BigInt(version) }
    return toOrganisation(await tx.organisation.update({ where: { id }, data }))
  },
}

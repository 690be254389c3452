import type { RawTx } from '@linghang/access'
import { anyOf, insertBatch } from '@linghang/database'
import { branchKinds } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { Place } from './place.ts'

/** An organisation as what it was known on a day. */
export type Organisation = {
  id: string
  kind: string
  unitKind: string | null
  /** Since when it is known here; null where nobody has told yet. */
  since: string | null
  endedOn: string | null
}

const branches = [...branchKinds]
const columns = ['orgId', 'version', 'day', 'superiorId', 'kind', 'unitKind', 'endedOn'] as const

/** The version by which an organisation is measured on a day: the newest that was known, or the first. */
export const newestBy = (day: string | RawBuilder<string>) =>
  sql`(p.day <= ${day}::date) desc, case when p.day <= ${day}::date then p.version end desc, p.version`

/** Where organisations stood, as org has told. */
export const placeStore = {
  /** @returns those that were not known, each with the version before it */
  async write(
    tx: RawTx,
    countyId: string,
    places: readonly Place[],
  ): Promise<{ before: Place | null; after: Place }[]> {
    const db = sqlOf(tx)
    const rows = places.map(place => ({ ...place, countyId, version: BigInt(place.version) }))
    const written = await insertBatch(db, 'organisationPlace', ['countyId', ...columns], rows)
      .onConflict(found => found.columns(['orgId', 'version']).doNothing())
      .returning(['orgId', 'version'])
      .execute()
    if (written.length === 0) return []
    const isNew = new Set(written.map(({ orgId, version }) => `${orgId}/${version}`))
    const all = await db
      .selectFrom('organisationPlace')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('orgId', '=', anyOf([...new Set(written.map(({ orgId }) => orgId))]))
      .orderBy('orgId')
      .orderBy('version')
      .execute()
    const told = all.map(row => ({ ...row, version: Number(row.version) }))
    const changes = told.flatMap((after, i) => {
      const earlier = told[i - 1]
      const before = earlier?.orgId === after.orgId ? earlier : null
      return isNew.has(`${after.orgId}/${after.version}`) ? [{ before, after }] : []
    })
    // From the day on which one was told of, what it does is known here; what was before is not (R10).
    const first = changes.flatMap(({ before, after: { orgId, day } }) =>
      before === null ? [{ orgId, countyId, since: day }] : [],
    )
    await insertBatch(db, 'organisationKnown', ['orgId', 'countyId', 'since'], first)
      .onConflict(found => found.doNothing())
      .execute()
    return changes
  },

  /** All that ever stood above each of these organisations. */
  async above(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ orgId: string; above: string[] }>`
      with recursive up (org_id, id) as (
        select id, id from unnest(${orgIds}::uuid[]) asked (id)
        union
        select up.org_id, p.superior_id from up
          join organisation_place p on p.county_id = ${countyId}::uuid and p.org_id = up.id and p.superior_id is not null
      )
      select org_id, array_agg(id) as above from up where id <> org_id group by org_id`.execute(sqlOf(tx))
    return new Map(rows.map(({ orgId, above }) => [orgId, above]))
  },

  /** Organisations as what they were known on a day. */
  async organisations(tx: RawTx, countyId: string, ids: readonly string[], day: string): Promise<Organisation[]> {
    const { rows } = await sql<Organisation>`
      select asked.id, place.kind, place.unit_kind, newest.ended_on, k.since
      from unnest(${ids}::uuid[]) asked (id)
      cross join lateral (
        select p.kind, p.unit_kind from organisation_place p
        where p.county_id = ${countyId}::uuid and p.org_id = asked.id order by ${newestBy(day)} limit 1
      ) place
      cross join lateral (
        select p.ended_on from organisation_place p
        where p.county_id = ${countyId}::uuid and p.org_id = asked.id order by p.version desc limit 1
      ) newest
      left join organisation_known k on k.org_id = asked.id`.execute(sqlOf(tx))
    return rows
  },

  /** The branches that went on in a period below each of these organisations, as they stood on a day of it. */
  async branchesBelow(
    tx: RawTx,
    countyId: string,
    orgIds: readonly string[],
    { from, day }: { from: string; day: string },
  ): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ id: string; below: string[] }>`
      with recursive place as materialized (
        select distinct on (p.org_id) p.org_id, p.superior_id, p.kind from organisation_place p
        where p.county_id = ${countyId}::uuid order by p.org_id, ${newestBy(day)}
      ), ended as (
        select distinct on (p.org_id) p.org_id, p.ended_on from organisation_place p
        where p.county_id = ${countyId}::uuid order by p.org_id, p.version desc
      ), below (root, id, kind) as (
        select place.superior_id, place.org_id, place.kind from place where place.superior_id = ${anyOf(orgIds)}
        union
        select below.root, place.org_id, place.kind from below join place on place.superior_id = below.id
      )
      select below.root as id, array_agg(below.id order by below.id) as below
      from below join ended on ended.org_id = below.id
      where below.kind = ${anyOf(branches, 'text')} and (ended.ended_on is null or ended.ended_on > ${from}::date)
      group by below.root`.execute(sqlOf(tx))
    return new Map(rows.map(({ id, below }) => [id, below]))
  },
}

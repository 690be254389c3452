import type { RawTx } from '@linghang/access'
import { anyOf, insertBatch } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { Place } from './place.ts'

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
}

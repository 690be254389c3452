import type { RawTx } from '@linghang/access'
import { batchOf, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { OpenDuty, Stand } from './duty.ts'
import type { ToldStand } from './stands-of.ts'

const key = ['countyId', 'toldAs', 'sourceId', 'version'] as const
const says = ['orgId', 'happenedOn', 'dropped', 'open'] as const

type Row = Omit<Stand, 'version' | 'open'> & {
  toldAs: string
  sourceId: string
  version: bigint
  open: OpenDuty[]
}

/** What versions of records have said was still to be done. */
export const dutyStore = {
  /** @returns all that is known of each record of which something is new, by `toldAs/id` */
  async write(tx: RawTx, countyId: string, told: readonly ToldStand[]): Promise<Map<string, Stand[]>> {
    const db = sqlOf(tx)
    const rows = told.map(({ record: { toldAs, source }, stand: { version, open, ...stand } }) => ({
      ...{ ...stand, countyId, toldAs, sourceId: source.id, version: BigInt(version), open: [...open] },
    }))
    const written = await insertBatch(db, 'dutyTold', [...key, ...says], rows)
      .onConflict(found => found.columns(key).doNothing())
      .returning(['toldAs', 'sourceId'])
      .execute()
    if (written.length === 0) return new Map()
    const { rows: all } = await sql<Row>`
      select told_as, source_id, version, org_id, happened_on, dropped, open from duty_told
      where county_id = ${countyId}::uuid
        and (told_as, source_id) in (select told_as, source_id from ${batchOf('duty_told', written)})`.execute(db)
    const stands = all.map(({ toldAs, sourceId, version, ...stand }) => ({
      key: `${toldAs}/${sourceId}`,
      stand: { ...stand, version: Number(version) },
    }))
    const byRecord = Map.groupBy(stands, one => one.key)
    return new Map([...byRecord].map(([record, found]) => [record, found.map(({ stand }) => stand)]))
  },
}

import type { RawTx } from '@linghang/access'
import type { Tx } from '../work.ts'
import type { DuesRecord, recordOf } from './dues-record.ts'

export type Written = {
  memberId: string
  orgId: string
  owes: boolean
  complete: boolean
  version: bigint
  isNew: boolean
}

export const recordStore = {
  async byMembers(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<DuesRecord[]> {
    return tx.duesRecord.findMany({ where: { countyId, memberId: { in: [...memberIds] } } })
  },

  /** Opens or changes records; those that are as new already stay. One statement for a batch. */
  async write(tx: RawTx, countyId: string, records: readonly ReturnType<typeof recordOf>[]): Promise<Written[]> {
    return tx.$queryRawUnsafe<Written[]>(
      `insert into dues_record (member_id, county_id, org_id, kind, category, base_fen, owes, owes_since, complete, closed_on, version)
       select "memberId", $1::uuid, "orgId", kind, category, "baseFen", owes, "owesSince", complete, "closedOn", version
       from jsonb_to_recordset($2::jsonb) as w ("memberId" uuid, "orgId" uuid, kind text, category text, "baseFen" bigint, owes boolean,
         "owesSince" date, complete boolean, "closedOn" date, version bigint)
       on conflict (member_id) do update set org_id = excluded.org_id, kind = excluded.kind, category = excluded.category, base_fen = excluded.base_fen,
         owes = excluded.owes, owes_since = excluded.owes_since, complete = excluded.complete, closed_on = excluded.closed_on, version = excluded.version
         where excluded.version > dues_record.version
       returning member_id as "memberId", org_id as "orgId", owes, complete, version, old.member_id is null as "isNew"`,
      countyId,
      JSON.stringify(records.map(record => ({ ...record, baseFen: record.baseFen?.toString() ?? null }))),
    )
  },
}

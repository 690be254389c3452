import type { Tx } from '../../work.ts'
import type { MeetingRecord } from './meeting-record.ts'

type Row = Omit<MeetingRecord, 'version'> & { version: bigint }
const columns = `id, org_id as "orgId", kind, held_on::text as "heldOn", due, present, resolutions, version`
const toRecord = (row: Row): MeetingRecord => ({ ...row, version: Number(row.version) })

export const meetingStore = {
  /** Keeps the newest version of each meeting. */
  async keep(tx: Tx, countyId: string, meetings: readonly MeetingRecord[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into meeting_record (id, county_id, org_id, kind, held_on, due, present, resolutions, version)
       select id, $1::uuid, "orgId", kind, "heldOn", due, present, resolutions, version
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, kind text, "heldOn" date, due int, present int, resolutions jsonb, version bigint)
       on conflict (id) do update set held_on = excluded.held_on, kind = excluded.kind, due = excluded.due, present = excluded.present,
         resolutions = excluded.resolutions, version = excluded.version where excluded.version > meeting_record.version`,
      countyId,
      JSON.stringify(meetings),
    )
  },

  async about(
    tx: Tx,
    countyId: string,
    { orgId, memberId, since }: { orgId: string; memberId: string; since: string },
  ): Promise<MeetingRecord[]> {
    const rows = await tx.$queryRawUnsafe<Row[]>(
      `select ${columns} from meeting_record
       where county_id = $1::uuid and org_id = $2::uuid and held_on >= nullif($3, '')::date and resolutions @> $4::jsonb
       order by held_on desc, id desc limit 20`,
      countyId,
      orgId,
      since,
      JSON.stringify([{ memberId }]),
    )
    return rows.map(toRecord)
  },

  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, MeetingRecord>> {
    const rows = await tx.$queryRawUnsafe<Row[]>(
      `select ${columns} from meeting_record
       where county_id = $1::uuid and id = any ($2::uuid[])`,
      countyId,
      ids,
    )
    return new Map(rows.map(row => [row.id, toRecord(row)]))
  },
}

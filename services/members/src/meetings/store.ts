import type { Tx } from '../deps.ts'
import type { MeetingRecord } from './meeting-record.ts'

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

  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, MeetingRecord>> {
    const rows = await tx.$queryRawUnsafe<(Omit<MeetingRecord, 'version'> & { version: bigint })[]>(
      `select id, org_id as "orgId", kind, held_on::text as "heldOn", due, present, resolutions, version from meeting_record
       where county_id = $1::uuid and id = any ($2::uuid[])`,
      countyId,
      ids,
    )
    return new Map(rows.map(row => [row.id, { ...row, version: Number(row.version) }]))
  },
}

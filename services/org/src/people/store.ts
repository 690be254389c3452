import type { RawTx } from '@linghang/access'
import type { MemberState } from '@linghang/events'
import type { Tx } from '../work.ts'

export type Stay = { id: string; orgId: string; version: number; toldOn: string }

export const peopleStore = {
  async organisationOf(tx: Tx, memberId: string): Promise<string | null> {
    return (await tx.memberRef.findUnique({ where: { id: memberId } }))?.orgId ?? null
  },

  async hasPeople(tx: Tx, orgId: string): Promise<boolean> {
    const rows = await tx.$queryRaw<
      unknown[]
    >`select 1 from member_ref where org_id = ${orgId}::uuid and left_on is null limit 1`
    return rows.length > 0
  },

  /** Takes over what is newer than what is known; one statement for a batch. */
  async write(tx: RawTx, countyId: string, members: readonly MemberState[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into member_ref (id, county_id, org_id, kind, joined_on, full_member_since, left_on, known_on, rights_suspended, version)
       select id, $1::uuid, "orgId", kind, "joinedOn", "fullMemberSince", "leftOn", "knownOn", coalesce("rightsSuspended", '[]'), version
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, kind text, "joinedOn" date, "fullMemberSince" date,
         "leftOn" date, "knownOn" date, "rightsSuspended" jsonb, version bigint)
       on conflict (id) do update set org_id = excluded.org_id, kind = excluded.kind, joined_on = excluded.joined_on,
         full_member_since = excluded.full_member_since, left_on = excluded.left_on, known_on = excluded.known_on,
         rights_suspended = excluded.rights_suspended, version = excluded.version
       where excluded.version > member_ref.version or (member_ref.kind is null and excluded.version = member_ref.version)`,
      countyId,
      JSON.stringify(members),
    )
  },

  /** From which day on each person was where: a row for each change of organisation. */
  async writeStays(tx: RawTx, countyId: string, stays: readonly Stay[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into member_stay (member_id, version, county_id, org_id, told_on)
       select w.id, w.version, $1::uuid, w."orgId", w."toldOn"
       from (
         select id, version, "orgId", "toldOn", lag("orgId") over (partition by id order by version) as earlier
         from jsonb_to_recordset($2::jsonb) as s (id uuid, version bigint, "orgId" uuid, "toldOn" date)
       ) w
       where w."orgId" is distinct from coalesce(w.earlier,
         (select s.org_id from member_stay s where s.member_id = w.id and s.version < w.version order by s.version desc limit 1))
       on conflict do nothing`,
      countyId,
      JSON.stringify(stays),
    )
  },
}

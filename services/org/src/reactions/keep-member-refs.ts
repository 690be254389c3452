import type { RawTx } from '@linghang/access'
import { type MemberState, newestOf, type Reaction } from '@linghang/events'

/** Keeps which organisation each person belongs to: whose file an account may be linked to follows from it. */
export const keepMemberRefs: Reaction<RawTx> = {
  types: [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async react(tx, actor, events) {
    const members = newestOf<MemberState>(events, member => member.id)
    await tx.$executeRawUnsafe(
      `insert into member_ref (id, county_id, org_id, version)
       select id, $1::uuid, "orgId", version from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, version bigint)
       on conflict (id) do update set org_id = excluded.org_id, version = excluded.version where excluded.version > member_ref.version`,
      actor.countyId,
      JSON.stringify(members.map(({ id, orgId, version }) => ({ id, orgId, version }))),
    )
  },
}

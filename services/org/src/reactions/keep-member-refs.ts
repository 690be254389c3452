import { type RawTx, shanghaiDay } from '@linghang/access'
import { type MemberState, newestOf, type Reaction } from '@linghang/events'

const writeRefs = `insert into member_ref (id, county_id, org_id, kind, joined_on, full_member_since, left_on, known_on, rights_suspended, version)
  select id, $1::uuid, "orgId", kind, "joinedOn", "fullMemberSince", "leftOn", "knownOn", coalesce("rightsSuspended", '[]'), version
  from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, kind text, "joinedOn" date, "fullMemberSince" date,
    "leftOn" date, "knownOn" date, "rightsSuspended" jsonb, version bigint)
  on conflict (id) do update set org_id = excluded.org_id, kind = excluded.kind, joined_on = excluded.joined_on,
    full_member_since = excluded.full_member_since, left_on = excluded.left_on, known_on = excluded.known_on,
    rights_suspended = excluded.rights_suspended, version = excluded.version
  where excluded.version > member_ref.version or (member_ref.kind is null and excluded.version = member_ref.version)`

const writeStays = `insert into member_stay (member_id, version, county_id, org_id, told_on)
  select w.id, w.version, $1::uuid, w."orgId", w."toldOn"
  from (
    select id, version, "orgId", "toldOn", lag("orgId") over (partition by id order by version) as earlier
    from jsonb_to_recordset($2::jsonb) as s (id uuid, version bigint, "orgId" uuid, "toldOn" date)
  ) w
  where w."orgId" is distinct from coalesce(w.earlier,
    (select s.org_id from member_stay s where s.member_id = w.id and s.version < w.version order by s.version desc limit 1))
  on conflict do nothing`

/**
 * Keeps which organisation each person belongs to, from which day on, and what they are: whose file an account may be
 * linked to follows from it, and who is due at a meeting.
 */
export const keepMemberRefs: Reaction<RawTx> = {
  types: [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async react(tx, actor, events) {
    const members = newestOf<MemberState>(events, member => member.id)
    await tx.$executeRawUnsafe(writeRefs, actor.countyId, JSON.stringify(members))
    const stays = events.map(event => {
      const { id, orgId, version } = event.data as MemberState
      return { id, orgId, version, toldOn: shanghaiDay(new Date(event.time)) }
    })
    await tx.$executeRawUnsafe(writeStays, actor.countyId, JSON.stringify(stays))
  },
}

import { anyOf, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { GroupMember, PartyGroup } from './group.ts'

const columns = [...(['id', 'orgId', 'name', 'leaderId', 'formedOn', 'endedOn', 'endReason', 'revision'] as const)]
const memberColumns = [...(['id', 'orgId', 'groupId', 'memberId', 'fromOn', 'untilOn'] as const)]

/** More has no branch in earnest. */
const groupsAtMost = 50

export const groupStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<PartyGroup[]> =>
    sqlOf(tx)
      .selectFrom('partyGroup')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async lock(tx: Tx, countyId: string, id: string): Promise<PartyGroup | null> {
    const own = sqlOf(tx).selectFrom('partyGroup').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    // Whoever may read it but not write it has locked nothing, and still is to be told so.
    return (await own.select(columns).executeTakeFirst()) ?? null
  },

  /** The groups of each branch, without those that have ended. */
  async of(tx: Tx, orgIds: readonly string[]): Promise<Map<string, PartyGroup[]>> {
    const { rows } = await sql<PartyGroup>`
      select g.* from unnest(${orgIds}::uuid[]) as o (id)
      cross join lateral (
        select id, org_id, name, leader_id, formed_on, ended_on, end_reason, revision from party_group
        where org_id = o.id and ended_on is null order by id limit ${groupsAtMost}
      ) g`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ orgId }) => orgId)
  },

  /** Who belongs to each group on a day. */
  async membersOn(tx: Tx, groupIds: readonly string[], day: string): Promise<Map<string, string[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('partyGroupMember')
      .select(['groupId', 'memberId'])
      .where('groupId', '=', anyOf(groupIds))
      .where('fromOn', '<=', day)
      .where(({ eb, or }) => or([eb('untilOn', 'is', null), eb('untilOn', '>', day)]))
      .orderBy('memberId')
      .execute()
    const byGroup = Map.groupBy(rows, ({ groupId }) => groupId)
    return new Map([...byGroup].map(([id, found]) => [id, found.map(({ memberId }) => memberId)]))
  },

  /** Of these people, in which group each is now. */
  async groupsOf(tx: Tx, people: readonly string[]): Promise<{ memberId: string; groupId: string; name: string }[]> {
    return sqlOf(tx)
      .selectFrom('partyGroupMember as m')
      .innerJoin('partyGroup as g', 'g.id', 'm.groupId')
      .select(['m.memberId', 'm.groupId', 'g.name'])
      .where('m.memberId', '=', anyOf(people))
      .where('m.untilOn', 'is', null)
      .execute()
  },

  /** Of these people, those who belong to the branch and the party on a day. */
  async membersOfBranch(tx: Tx, orgId: string, day: string, people: readonly string[]): Promise<Set<string>> {
    const { rows } = await sql<{ memberId: string }>`
      select member_id from app.belonged_on(array[${orgId}::uuid], ${day}::date, ${people}::uuid[])
      where standing in ('FULL', 'PROBATIONARY')`.execute(sqlOf(tx))
    return new Set(rows.map(({ memberId }) => memberId))
  },

  async insert(tx: Tx, countyId: string, group: PartyGroup): Promise<void> {
    await sqlOf(tx)
      .insertInto('partyGroup')
      .values({ ...group, countyId })
      .execute()
  },

  async update(tx: Tx, before: PartyGroup, change: Partial<PartyGroup>): Promise<void> {
    await sqlOf(tx)
      .updateTable('partyGroup')
      .set({ ...change, revision: before.revision + 1 })
      .where('id', '=', before.id)
      .returning('id')
      // Whoever may read it but not write it has changed nothing, and nothing is to be written of it.
      .executeTakeFirstOrThrow()
  },

  async join(tx: Tx, countyId: string, members: readonly GroupMember[]): Promise<void> {
    const rows = members.map(member => ({ ...member, countyId }))
    await insertBatch(sqlOf(tx), 'partyGroupMember', [...memberColumns, 'countyId'], rows).execute()
  },

  /** Those who are in the group and leave it. */
  async leave(tx: Tx, groupId: string, people: readonly string[], day: string): Promise<void> {
    await sqlOf(tx)
      .updateTable('partyGroupMember')
      .set(({ fn, ref, cast, val }) => ({ untilOn: fn<string>('greatest', [ref('fromOn'), cast(val(day), 'date')]) }))
      .where('groupId', '=', groupId)
      .where('memberId', '=', anyOf(people))
      .where('untilOn', 'is', null)
      .execute()
  },

  /** Whoever is in a branch no longer is in none of its groups; a group that loses its leader waits for another. */
  async followMoves(
    tx: Tx,
    moved: readonly { memberId: string; orgId: string; day: string; left: boolean }[],
  ): Promise<void> {
    await sql`
      with moved as (
        select * from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m ("memberId" uuid, "orgId" uuid, day date, "left" boolean)
      ), gone as (
        update party_group_member g set until_on = greatest(g.from_on, m.day) from moved m
        where g.member_id = m."memberId" and g.until_on is null and (m."left" or g.org_id <> m."orgId")
        returning g.group_id, g.member_id
      )
      update party_group p set leader_id = null, revision = p.revision + 1 from gone
      where p.id = gone.group_id and p.leader_id = gone.member_id`.execute(sqlOf(tx))
  },
}

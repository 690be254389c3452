import { anyOf, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { JointActivity, JointParty } from './joint.ts'

const columns = [
  ...(['id', 'orgId', 'hostName', 'kind', 'title', 'heldOn', 'place', 'items', 'state'] as const),
  ...(['due', 'present', 'closedOn'] as const),
]
const partyColumns = [
  ...(['activityId', 'participantId', 'name', 'answer', 'declineReason', 'meetingId', 'due', 'present'] as const),
]
const listedAtMost = 100

export const jointStore = {
  /** Organisations of the county by their codes; those that there are. */
  async toInvite(tx: Tx, codes: readonly string[]): Promise<{ id: string; code: string; name: string }[]> {
    const { rows } = await sql<{ id: string; code: string; name: string }>`
      select o.id, c.code, o.name from unnest(${codes}::text[]) with ordinality as c (code, n)
      cross join lateral app.organisation_to_invite(c.code) o order by c.n`.execute(sqlOf(tx))
    return rows
  },

  async insert(tx: Tx, countyId: string, activity: JointActivity, parties: readonly JointParty[]): Promise<void> {
    const db = sqlOf(tx)
    await db
      .insertInto('jointActivity')
      .values({ ...activity, countyId })
      .execute()
    const rows = parties.map(party => ({ ...party, countyId, orgId: activity.orgId }))
    await insertBatch(db, 'jointParty', [...partyColumns, 'countyId', 'orgId'], rows).execute()
  },

  async activity(tx: Tx, countyId: string, id: string): Promise<JointActivity | null> {
    const found = sqlOf(tx).selectFrom('jointActivity').select(columns).where('id', '=', id)
    return (await found.where('countyId', '=', countyId).executeTakeFirst()) ?? null
  },

  /** The host's, held until the transaction ends. */
  async lock(tx: Tx, countyId: string, id: string): Promise<JointActivity | null> {
    const found = sqlOf(tx).selectFrom('jointActivity').select(columns).where('id', '=', id)
    return (await found.where('countyId', '=', countyId).forUpdate().executeTakeFirst()) ?? null
  },

  /** Somebody's part in it, held until the transaction ends. */
  async lockParty(tx: Tx, activityId: string, participantId: string): Promise<JointParty | null> {
    const found = sqlOf(tx).selectFrom('jointParty').select(partyColumns).where('activityId', '=', activityId)
    return (await found.where('participantId', '=', participantId).forUpdate().executeTakeFirst()) ?? null
  },

  /** Everybody's part, each held until the transaction ends: a list that is being given is waited for. */
  lockParties: (tx: Tx, activityId: string): Promise<JointParty[]> =>
    sqlOf(tx)
      .selectFrom('jointParty')
      .select(partyColumns)
      .where('activityId', '=', activityId)
      .orderBy('participantId')
      .forUpdate()
      .execute(),

  async updateParty(
    tx: Tx,
    { activityId, participantId }: JointParty,
    change: Partial<Pick<JointParty, 'answer' | 'declineReason' | 'meetingId' | 'due' | 'present'>>,
  ): Promise<void> {
    const own = sqlOf(tx).updateTable('jointParty').set(change).where('activityId', '=', activityId)
    await own.where('participantId', '=', participantId).returning('activityId').executeTakeFirstOrThrow()
  },

  async close(tx: Tx, id: string, counted: { due: number; present: number; closedOn: string }): Promise<void> {
    const own = sqlOf(tx)
      .updateTable('jointActivity')
      .set({ ...counted, state: 'CLOSED' })
    await own.where('id', '=', id).returning('id').executeTakeFirstOrThrow()
  },

  /** What each of these organisations hosts or is invited to, the newest first. */
  async at(tx: Tx, orgIds: readonly string[]): Promise<Map<string, JointActivity[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('jointParty as party')
      .innerJoin('jointActivity as activity', 'activity.id', 'party.activityId')
      .select(['party.participantId', ...columns.map(column => `activity.${column}` as const)])
      .where('party.participantId', '=', anyOf(orgIds))
      .orderBy('activity.heldOn', 'desc')
      .orderBy('activity.id', 'desc')
      .limit(listedAtMost * Math.max(1, orgIds.length))
      .execute()
    const found = Map.groupBy(rows, ({ participantId }) => participantId)
    return new Map(
      [...found].map(([orgId, all]) => [
        orgId,
        all.slice(0, listedAtMost).map(({ participantId, ...activity }): JointActivity => activity),
      ]),
    )
  },

  parties: (tx: Tx, activityIds: readonly string[]): Promise<(JointParty & { orgId: string })[]> =>
    sqlOf(tx)
      .selectFrom('jointParty')
      .select([...partyColumns, 'orgId'])
      .where('activityId', '=', anyOf(activityIds))
      .orderBy('name')
      .orderBy('participantId')
      .execute(),
}

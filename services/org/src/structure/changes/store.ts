import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { OrganisationChange } from './change.ts'

const columns = [
  ...(['id', 'orgId', 'kind', 'state', 'approvalId', 'reason', 'code', 'name', 'toKind', 'superiorId'] as const),
  ...([
    'requestedOn',
    'decidedOn',
    'doneOn',
    'blockedBy',
    'madeOrgId',
    'intoOrgId',
    'endsOn',
    'memberIds',
    'revision',
  ] as const),
]

export const changeStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<OrganisationChange[]> =>
    sqlOf(tx)
      .selectFrom('organisationChange')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async lock(tx: Tx, countyId: string, id: string): Promise<OrganisationChange | null> {
    const own = sqlOf(tx).selectFrom('organisationChange').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    // Whoever may read it but not write it has locked nothing, and still is to be told so.
    return (await own.select(columns).executeTakeFirst()) ?? null
  },

  async lockByApproval(tx: Tx, approvalId: string): Promise<OrganisationChange | null> {
    const found = sqlOf(tx).selectFrom('organisationChange').where('approvalId', '=', approvalId)
    return (await found.select(columns).forUpdate().executeTakeFirst()) ?? null
  },

  /** What can lose a deadline where an organisation ends: of its own, and what others have asked of it. */
  async openMatters(
    tx: Tx,
    orgId: string,
    apart: string | null,
  ): Promise<{ elections: number; meetings: number; requests: number }> {
    const { rows } = await sql<{ elections: number; meetings: number; requests: number }>`
      select (select count(*)::int from election where org_id = ${orgId}::uuid and phase = 'OPEN') as elections,
        (select count(*)::int from meeting where org_id = ${orgId}::uuid and state in ('PLANNED', 'ANNOUNCED', 'DRAFT')) as meetings,
        (select count(*)::int from approval_request where (org_id = ${orgId}::uuid or decider_org_id = ${orgId}::uuid)
          and state in ('OPEN', 'RETURNED') and id is distinct from ${apart}::uuid) as requests`.execute(sqlOf(tx))
    return rows[0] ?? { elections: 0, meetings: 0, requests: 0 }
  },

  /** Who belongs to a branch on a day, and what each is. */
  async belongingTo(tx: Tx, orgId: string, day: string): Promise<Map<string, string | null>> {
    const { rows } = await sql<{ memberId: string; standing: string | null }>`
      select member_id, standing from app.belonged_on(array[${orgId}::uuid], ${day}::date)`.execute(sqlOf(tx))
    return new Map(rows.map(({ memberId, standing }) => [memberId, standing]))
  },

  /** All that there have ever been, the latest first. */
  of: (tx: Tx, orgIds: readonly string[], stretch: Stretch): Promise<Map<string, OrganisationChange[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => sqlOf(tx).selectFrom('organisationChange').select(columns).where('orgId', '=', orgId),
      stretch,
      { by: ['id'], descending: true },
    ),

  countOf: (tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId =>
      sqlOf(tx).selectFrom('organisationChange').select('id').where('orgId', '=', orgId),
    ),

  async insert(tx: Tx, countyId: string, change: OrganisationChange): Promise<void> {
    await sqlOf(tx)
      .insertInto('organisationChange')
      .values({ ...change, memberIds: JSON.stringify(change.memberIds), countyId })
      .execute()
  },

  async update(
    tx: Tx,
    before: OrganisationChange,
    change: Partial<Omit<OrganisationChange, 'memberIds'>>,
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('organisationChange')
      .set({ ...change, revision: before.revision + 1 })
      .where('id', '=', before.id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },
}

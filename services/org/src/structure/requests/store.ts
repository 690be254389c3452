import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { ApprovalRequest } from './request.ts'

const columns = [
  ...(['id', 'orgId', 'deciderOrgId', 'kind', 'subjectType', 'subjectId', 'state', 'round'] as const),
  ...(['requestedOn', 'requestedBy', 'decidedOn'] as const),
]

export const requestStore = {
  async lock(tx: Tx, countyId: string, id: string): Promise<ApprovalRequest | null> {
    const own = sqlOf(tx).selectFrom('approvalRequest').where('id', '=', id).where('countyId', '=', countyId)
    return (await own.select(columns).forUpdate().executeTakeFirst()) ?? null
  },

  async insert(tx: Tx, countyId: string, request: ApprovalRequest): Promise<void> {
    await sqlOf(tx)
      .insertInto('approvalRequest')
      .values({ ...request, countyId })
      .execute()
  },

  async update(
    tx: Tx,
    id: string,
    change: Partial<Pick<ApprovalRequest, 'state' | 'round' | 'requestedOn' | 'requestedBy' | 'decidedOn'>>,
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('approvalRequest')
      .set(change)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  /** Who stands above an organisation, nearest first. */
  async superiorsOf(tx: Tx, orgId: string): Promise<{ id: string; kind: string }[]> {
    const { rows } = await sql<{ id: string; kind: string }>`
      select id, kind from app.superiors_for_decision(${orgId}::uuid) order by distance`.execute(sqlOf(tx))
    return rows
  },
}

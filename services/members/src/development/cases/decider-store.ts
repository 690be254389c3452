import { anyOf } from '@linghang/database'
import { canDecide, type PowerFacts } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Deliberation } from './deliberation.ts'

type Superior = { id: string } & PowerFacts
const powerFacts = sql`s.id, s.kind, s.approves, s.superior_kind, s.superior_unit_kind`

/** Who decides for a branch, as the tree of organisations and their powers say. */
export const deciderStore = {
  /** The nearest organisations above each branch with the power to approve, nearest first, at most two. */
  async decidersOf(tx: Tx, orgIds: readonly string[]): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ branch: string } & Superior>`
      select b.id as branch, ${powerFacts}
      from unnest(${orgIds}::uuid[]) as b (id) cross join lateral app.superiors_for_decision(b.id) s
      order by b.id, s.distance`.execute(sqlOf(tx))
    const deciders = Map.groupBy(rows.filter(canDecide), row => row.branch)
    return new Map([...deciders].map(([branch, found]) => [branch, found.slice(0, 2).map(row => row.id)]))
  },

  /** Superiors of a branch that stand below the first who may approve: they only deliberate. The nearest first. */
  async deliberatorsOf(tx: Tx, orgId: string): Promise<string[]> {
    const { rows } = await sql<Superior>`
      select ${powerFacts} from app.superiors_for_decision(${orgId}::uuid) s order by s.distance`.execute(sqlOf(tx))
    const first = rows.findIndex(canDecide)
    return rows.slice(0, first < 0 ? rows.length : first).map(({ id }) => id)
  },

  /** What a meeting resolved on somebody's admission; null where it did not, or is not known. */
  async deliberationOn(tx: Tx, meetingId: string, memberId: string): Promise<Deliberation | null> {
    const { rows } = await sql<Deliberation>`
      select org_id, kind, held_on, carried from app.deliberation_on(${meetingId}::uuid, ${memberId}::uuid)`.execute(
      sqlOf(tx),
    )
    return rows[0] ?? null
  },

  /** What of organisations decides who may approve for those below them, as one word to be compared. */
  async powerOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode')
      .select(['id', 'kind', 'unitKind', 'approves'])
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
    return new Map(rows.map(({ id, kind, unitKind, approves }) => [id, [kind, unitKind, approves].join('/')]))
  },
}

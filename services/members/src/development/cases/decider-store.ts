import { canDecide, type PowerFacts } from '@linghang/rulebook'
import type { Tx } from '../../work.ts'
import type { Deliberation } from './deliberation.ts'

/** Who decides for a branch, as the tree of organisations and their powers say. */
export const deciderStore = {
  /** The nearest organisations above each branch with the power to approve, nearest first, at most two. */
  async decidersOf(tx: Tx, orgIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await tx.$queryRawUnsafe<({ branch: string; id: string } & PowerFacts)[]>(
      `select b.id as branch, s.id, s.kind, s.approves, s.superior_kind as "superiorKind", s.superior_unit_kind as "superiorUnitKind"
       from unnest($1::uuid[]) as b (id) cross join lateral app.superiors_for_decision(b.id) s order by b.id, s.distance`,
      orgIds,
    )
    const deciders = Map.groupBy(rows.filter(canDecide), row => row.branch)
    return new Map([...deciders].map(([branch, found]) => [branch, found.slice(0, 2).map(row => row.id)]))
  },

  /** Superiors of a branch that stand below the first who may approve: they only deliberate. The nearest first. */
  async deliberatorsOf(tx: Tx, orgId: string): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<({ id: string } & PowerFacts)[]>(
      `select id, kind, approves, superior_kind as "superiorKind", superior_unit_kind as "superiorUnitKind"
       from app.superiors_for_decision($1::uuid) order by distance`,
      orgId,
    )
    const first = rows.findIndex(canDecide)
    return rows.slice(0, first < 0 ? rows.length : first).map(({ id }) => id)
  },

  /** What a meeting resolved on somebody's admission; null where it did not, or is not known. */
  async deliberationOn(tx: Tx, meetingId: string, memberId: string): Promise<Deliberation | null> {
    const [row] = await tx.$queryRawUnsafe<Deliberation[]>(
      `select org_id as "orgId", kind, held_on::text as "heldOn", carried from app.deliberation_on($1::uuid, $2::uuid)`,
      meetingId,
      memberId,
    )
    return row ?? null
  },

  /** What of organisations decides who may approve for those below them, as one word to be compared. */
  async powerOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; power: string }[]>(
      `select id, concat_ws('/', kind, coalesce(unit_kind, '-'), coalesce(approves::text, '-')) as power
       from org_node where county_id = $1::uuid and id = any ($2::uuid[])`,
      countyId,
      ids,
    )
    return new Map(rows.map(({ id, power }) => [id, power]))
  },
}

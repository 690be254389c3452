import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'

export const bodyStore = {
  /** How many full members of their own these organisations have; one statement for all. */
  async fullMembers(tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('memberRef')
      .select(({ fn, cast }) => ['orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('orgId', '=', anyOf(orgIds))
      .where('kind', '=', 'FULL')
      .where('leftOn', 'is', null)
      .groupBy('orgId')
      .execute()
    return new Map(rows.map(({ orgId, count }) => [orgId, count]))
  },
}

import { anyOf } from '@linghang/database'
import type { HeldMeeting } from '@linghang/rulebook'
import { sqlOf, type Tx } from '../../work.ts'

export const heldStore = {
  /** What was held and closed at these organisations in a time. */
  async at(tx: Tx, orgIds: readonly string[], from: string, until: string): Promise<Map<string, HeldMeeting[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('meeting')
      .select(['orgId', 'id', 'kind', 'heldOn'])
      .where('orgId', '=', anyOf(orgIds))
      .where('state', '=', 'CLOSED')
      .where('heldOn', '>=', from)
      .where('heldOn', '<=', until)
      .execute()
    return Map.groupBy(rows, ({ orgId }) => orgId)
  },
}

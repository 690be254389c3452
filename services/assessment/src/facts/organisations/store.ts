import type { RawTx } from '@linghang/access'
import { insertBatch } from '@linghang/database'
import { sqlOf } from '../../work.ts'

/** Since when organisations are known here. */
export const organisationStore = {
  async write(tx: RawTx, countyId: string, known: readonly { orgId: string; since: string }[]): Promise<void> {
    const rows = known.map(one => ({ ...one, countyId }))
    await insertBatch(sqlOf(tx), 'organisationKnown', ['orgId', 'countyId', 'since'], rows)
      .onConflict(found => found.doNothing())
      .execute()
  },
}

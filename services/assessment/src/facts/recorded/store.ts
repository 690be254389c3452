import { whenTaken } from '@linghang/access'
import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { RecordedFact } from './recorded-fact.ts'

const columns = [
  ...(['id', 'version', 'orgId', 'subjectType', 'subjectId', 'kind', 'day', 'quantity', 'attributes'] as const),
  ...(['evidence', 'reason', 'withdrawn', 'writtenAt'] as const),
]

export const recordedStore = {
  /** The newest version of each. */
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<RecordedFact[]> {
    return await sqlOf(tx)
      .selectFrom('recordedFact')
      .select(columns)
      .distinctOn('id')
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .orderBy('id')
      .orderBy('version', 'desc')
      .execute()
  },

  /** All versions of each, the newest first; 50 at most. */
  async versions(tx: Tx, countyId: string, ids: readonly string[]): Promise<RecordedFact[]> {
    return await sqlOf(tx)
      .selectFrom('recordedFact')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .orderBy('id')
      .orderBy('version', 'desc')
      .execute()
  },

  /** @param refuse where somebody else has written this version */
  async write(
    tx: Tx,
    fact: RecordedFact & { countyId: string; writtenBy: string | null },
    refuse: () => never,
  ): Promise<void> {
    await sqlOf(tx)
      .insertInto('recordedFact')
      .values({ ...fact, attributes: JSON.stringify(fact.attributes) })
      .execute()
      .catch(whenTaken(refuse))
  },
}

import { insertOnce } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { SpendingPolicy } from './policy.ts'

export const policyStore = {
  /** What holds on a day: the newest that has begun by then. */
  on: (tx: Tx, countyId: string, day: string): Promise<SpendingPolicy | undefined> =>
    sqlOf(tx)
      .selectFrom('duesSpendingPolicy')
      .select(['effectiveFrom', 'ownUpToFen', 'superiorUpToFen', 'paperFromFen', 'basis'])
      .where('countyId', '=', countyId)
      .where('effectiveFrom', '<=', day)
      .orderBy('effectiveFrom', 'desc')
      .limit(1)
      .executeTakeFirst(),

  /** @returns false where the county has one of that day */
  async insert(
    tx: Tx,
    policy: SpendingPolicy & {
      effectiveFrom: string
      basis: string
      countyId: string
      setBy: string | null
      setAt: Date
    },
  ): Promise<boolean> {
    return insertOnce(sqlOf(tx).insertInto('duesSpendingPolicy').values(policy))
  },
}

import { insertOnce } from '@linghang/database'
import { type Row, sqlOf, type Tx } from '../../work.ts'

export const policyStore = {
  inForce: (tx: Tx, countyId: string): Promise<Row<'developmentPolicy', 'effectiveFrom' | 'policy'>[]> =>
    sqlOf(tx)
      .selectFrom('developmentPolicy')
      .select(['effectiveFrom', 'policy'])
      .where('countyId', '=', countyId)
      .orderBy('effectiveFrom')
      .execute(),

  /** @returns false where the county has one of that day */
  async insert(
    tx: Tx,
    policy: Row<'developmentPolicy', 'id' | 'countyId' | 'effectiveFrom' | 'policy' | 'setBy' | 'setAt'>,
  ): Promise<boolean> {
    return insertOnce(
      sqlOf(tx)
        .insertInto('developmentPolicy')
        .values({ ...policy, policy: JSON.stringify(policy.policy) }),
    )
  },
}

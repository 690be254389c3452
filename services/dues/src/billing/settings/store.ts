import { insertOnce } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { CountyDuesSettings } from './settings.ts'

export const settingsStore = {
  /** A county's, oldest first; a day each. */
  decided: (tx: Tx, countyId: string): Promise<CountyDuesSettings[]> =>
    sqlOf(tx)
      .selectFrom('duesSettings')
      .select([
        ...(['effectiveFrom', 'rounding', 'farmerFen', 'basis'] as const),
        ...(['yellowAfter', 'redAfter', 'talkAfter', 'warnAfter'] as const),
        ...(['remindBefore', 'askToConfirm'] as const),
        ...(['fixingWithin', 'summaryWithin', 'publicationWithin', 'reportWithin'] as const),
      ])
      .where('countyId', '=', countyId)
      .orderBy('effectiveFrom')
      .execute(),

  /** @returns false where the county has some of that day */
  async insert(
    tx: Tx,
    settings: CountyDuesSettings & {
      effectiveFrom: string
      basis: string
      countyId: string
      setBy: string | null
      setAt: Date
    },
  ): Promise<boolean> {
    return insertOnce(sqlOf(tx).insertInto('duesSettings').values(settings))
  },
}

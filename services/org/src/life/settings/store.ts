import { insertOnce } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { LifeSettings } from './settings.ts'

const columns = [...(['effectiveFrom', 'themeDay', 'themeDayBy', 'plansFiled', 'plansApproved', 'basis'] as const)]

export const settingsStore = {
  /** What a county has decided, oldest first; a day each. */
  decided: (tx: Tx, countyId: string): Promise<LifeSettings[]> =>
    sqlOf(tx)
      .selectFrom('lifeSettings')
      .select(columns)
      .where('countyId', '=', countyId)
      .orderBy('effectiveFrom')
      .execute(),

  /** @returns false where the county has some of that day */
  async insert(
    tx: Tx,
    settings: LifeSettings & {
      effectiveFrom: string
      basis: string
      countyId: string
      setBy: string | null
      setAt: Date
    },
  ): Promise<boolean> {
    return insertOnce(sqlOf(tx).insertInto('lifeSettings').values(settings))
  },
}

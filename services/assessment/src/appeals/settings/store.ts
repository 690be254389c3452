import type { RawTx } from '@linghang/access'
import { insertOnce } from '@linghang/database'
import { sqlOf } from '../../work.ts'
import type { AppealSettings } from './settings.ts'

export const settingsStore = {
  /** What a county has decided, oldest first; a day each. */
  decided: (tx: RawTx, countyId: string): Promise<AppealSettings[]> =>
    sqlOf(tx)
      .selectFrom('appealSettings')
      .select(['effectiveFrom', 'hearDays', 'answerDays', 'basis'])
      .where('countyId', '=', countyId)
      .orderBy('effectiveFrom')
      .execute(),

  /** @returns false where the county has some of that day */
  insert: (
    tx: RawTx,
    settings: AppealSettings & {
      effectiveFrom: string
      basis: string
      countyId: string
      setBy: string | null
      setAt: Date
    },
  ): Promise<boolean> => insertOnce(sqlOf(tx).insertInto('appealSettings').values(settings)),
}

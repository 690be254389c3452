import { insertOnce } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { ElectionSettings } from './settings.ts'

const columns = [...(['effectiveFrom', 'plenaryQuorum', 'electedBase', 'inTimeDays', 'days', 'basis'] as const)]

type Decided = ElectionSettings & {
  effectiveFrom: string
  basis: string
  countyId: string
  setBy: string | null
  setAt: Date
}

export const electionSettingsStore = {
  /** What a county has decided, oldest first; a day each. */
  decided: (tx: Tx, countyId: string): Promise<ElectionSettings[]> =>
    sqlOf(tx)
      .selectFrom('electionSettings')
      .select(columns)
      .where('countyId', '=', countyId)
      .orderBy('effectiveFrom')
      .execute(),

  /** @returns false where the county has some of that day */
  insert: (tx: Tx, settings: Decided): Promise<boolean> =>
    insertOnce(
      sqlOf(tx)
        .insertInto('electionSettings')
        .values({ ...settings, days: JSON.stringify(settings.days) }),
    ),
}

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
  /** What holds on a day: the newest that has begun by then; null where the county has decided nothing. */
  heldOn: async (tx: Tx, countyId: string, day: string): Promise<ElectionSettings | null> =>
    (await sqlOf(tx)
      .selectFrom('electionSettings')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('effectiveFrom', '<=', day)
      .orderBy('effectiveFrom', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? null,

  /** @returns false where the county has some of that day */
  insert: (tx: Tx, settings: Decided): Promise<boolean> =>
    insertOnce(
      sqlOf(tx)
        .insertInto('electionSettings')
        .values({ ...settings, days: JSON.stringify(settings.days) }),
    ),
}

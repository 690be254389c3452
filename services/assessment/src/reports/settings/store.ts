import type { RawTx } from '@linghang/access'
import { excluded, insertBatch, insertOnce } from '@linghang/database'
import { sqlOf } from '../../work.ts'

/** A county's decision on monthly reports: from when on they are made or not, and which document says so (R2). */
export type ReportDecision = {
  isOn: boolean
  effectiveFrom: string
  title: string
  number: string
  organ: string
  decidedOn: string
}

const columns = [...(['isOn', 'effectiveFrom', 'title', 'number', 'organ', 'decidedOn'] as const)]

export const reportSettingsStore = {
  /** @returns false where the county has decided for that day */
  insert: (
    tx: RawTx,
    decision: ReportDecision & { countyId: string; setBy: string | null; setAt: Date },
  ): Promise<boolean> => insertOnce(sqlOf(tx).insertInto('reportDecision').values(decision)),

  /** What holds on a day; without a decision no report is made. */
  on: (tx: RawTx, countyId: string, day: string): Promise<ReportDecision | undefined> =>
    sqlOf(tx)
      .selectFrom('reportDecision')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('effectiveFrom', '<=', day)
      .orderBy('effectiveFrom', 'desc')
      .limit(1)
      .executeTakeFirst(),

  /** Counties that have reports made on a day; the service asks, and learns nothing else of them. */
  async countiesOn(tx: RawTx, day: string): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('reportDecision')
      .distinctOn('countyId')
      .select(['countyId', 'isOn'])
      .where('effectiveFrom', '<=', day)
      .orderBy('countyId')
      .orderBy('effectiveFrom', 'desc')
      .execute()
    return rows.filter(({ isOn }) => isOn).map(({ countyId }) => countyId)
  },

  async decline(tx: RawTx, countyId: string, memberId: string, declined: boolean, at: Date): Promise<void> {
    const row = { memberId, countyId, declined, saidAt: at }
    await insertBatch(sqlOf(tx), 'reportDeclined', ['memberId', 'countyId', 'declined', 'saidAt'], [row])
      .onConflict(found => found.column('memberId').doUpdateSet(excluded(['declined', 'saidAt'])))
      .execute()
  },

  async hasDeclined(tx: RawTx, memberId: string): Promise<boolean> {
    const row = await sqlOf(tx)
      .selectFrom('reportDeclined')
      .select('declined')
      .where('memberId', '=', memberId)
      .executeTakeFirst()
    return row?.declined ?? false
  },
}

import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Report } from './report.ts'

const keys = [
  ...(['id', 'orgId', 'superiorId', 'year', 'edition', 'orgName', 'content', 'contentHash'] as const),
  ...(['submittedOn', 'submittedAt', 'submittedBy', 'returnedOn', 'returnedAt', 'returnReason'] as const),
]

export const reportStore = {
  async insert(tx: Tx, countyId: string, report: Report): Promise<void> {
    await sqlOf(tx)
      .insertInto('duesReport')
      .values({ ...report, countyId })
      .execute()
  },

  /** Held until the transaction ends. */
  async hold(tx: Tx, countyId: string, id: string): Promise<Report | null> {
    const found = await sqlOf(tx)
      .selectFrom('duesReport')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    return found ?? null
  },

  async giveBack(
    tx: Tx,
    id: string,
    by: { returnedOn: string; returnedAt: Date; returnedBy: string | null; returnReason: string },
  ): Promise<void> {
    await sqlOf(tx).updateTable('duesReport').set(by).where('id', '=', id).execute()
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Report[]> =>
    sqlOf(tx)
      .selectFrom('duesReport')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** The latest report of each organisation for a year; one statement for all. */
  async latestOf(tx: Tx, countyId: string, orgIds: readonly string[], year: number): Promise<Map<string, Report>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesReport')
      .distinctOn('orgId')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('orgId', '=', anyOf(orgIds))
      .where('year', '=', year)
      .orderBy('orgId')
      .orderBy('edition', 'desc')
      .execute()
    return new Map(rows.map(report => [report.orgId, report]))
  },

  async superiorOf(tx: Tx, countyId: string, orgId: string): Promise<string | null> {
    const found = await sqlOf(tx)
      .selectFrom('orgNode')
      .select('superiorId')
      .where('countyId', '=', countyId)
      .where('id', '=', orgId)
      .executeTakeFirst()
    return found?.superiorId ?? null
  },
}

import type { RawTx } from '@linghang/access'
import { anyOf } from '@linghang/database'
import type { Period } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { CountySum } from './county-sum.ts'

const columns = [
  ...(['countyId', 'periodFrom as from', 'periodUntil as until', 'part', 'packVersion', 'scale', 'key'] as const),
  ...(['sheets', 'published', 'lit'] as const),
]
type OfCounty = CountySum & { countyId: string }

const byCounty = (rows: readonly OfCounty[]): Map<string, OfCounty[]> => Map.groupBy(rows, ({ countyId }) => countyId)

/** What is summed up of whole counties. */
export const countySumStore = {
  /** Sheets and indices of the newest times of each county; one statement for all. */
  async newest(tx: RawTx, countyIds: readonly string[], times: number): Promise<Map<string, OfCounty[]>> {
    const rows = await sqlOf(tx)
      .selectFrom(
        sqlOf(tx)
          .selectFrom('countySum')
          .select(columns)
          .select(({ cast, ref }) => cast<number>(ref('points'), 'double precision').as('points'))
          .select(sql<number>`dense_rank() over (partition by county_id order by period_from desc)::int`.as('place'))
          .where('countyId', '=', anyOf(countyIds))
          .where('part', 'in', ['SHEETS', 'INDEX'])
          .as('one'),
      )
      .selectAll()
      .where('place', '<=', times)
      .execute()
    return byCounty(rows)
  },

  /** All sums of a time of each county; one statement for all. */
  async ofTime(tx: RawTx, countyIds: readonly string[], { from, until }: Period): Promise<Map<string, OfCounty[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('countySum')
      .select(columns)
      .select(({ cast, ref }) => cast<number>(ref('points'), 'double precision').as('points'))
      .where('countyId', '=', anyOf(countyIds))
      .where('periodFrom', '=', from)
      .where('periodUntil', '=', until)
      .execute()
    return byCounty(rows)
  },

  /** What all sheets of these times come to in a county, by time, pack and scale; one statement for all. */
  async ofSheets(tx: RawTx, countyId: string, from: readonly string[]): Promise<CountySum[]> {
    return await sqlOf(tx)
      .selectFrom('countySum')
      .select(columns)
      .select(({ cast, ref }) => cast<number>(ref('points'), 'double precision').as('points'))
      .where('countyId', '=', countyId)
      .where('part', '=', 'SHEETS')
      .where(sql<boolean>`period_from = any (${from}::date[])`)
      .execute()
  },

  async summedAt(tx: RawTx, countyIds: readonly string[]): Promise<Map<string, Date>> {
    const rows = await sqlOf(tx)
      .selectFrom('scoredCounty')
      .select(['countyId', 'summedAt'])
      .where('countyId', '=', anyOf(countyIds))
      .execute()
    return new Map(rows.flatMap(({ countyId, summedAt }) => (summedAt ? [[countyId, summedAt] as const] : [])))
  },
}

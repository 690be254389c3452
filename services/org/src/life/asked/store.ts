import { type Stretch, stretchUnder } from '@linghang/database'
import type { Span, Times } from '@linghang/subgraph'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** What an organisation had to fill in, and how often. */
export type Burden = { id: string; fields: number; times: number }
/** What the audit names that is a form's, and how many fields of the form have to be filled in each time. */
export type Weights = { actions: readonly string[]; fields: readonly number[] }

type Row = { id: string; action: string; times: number; fields: number }
/** What is below each of these organisations and is a form's, with its weight. @param topIds an array of PostgreSQL */
const counted = (topIds: RawBuilder<unknown>, { from, until }: Span, { actions, fields }: Weights): RawBuilder<Row> =>
  sql<Row>`(select b.top_id, b.org_id as id, b.action, b.times, b.times * weight.fields as fields
    from app.asked_below(${topIds}, ${from}::timestamptz, ${until}::timestamptz) b
    join unnest(${actions}::text[], ${fields}::int[]) as weight (action, fields) on weight.action = b.action)`
const all = (ids: readonly string[]) => sql`${ids}::uuid[]`

export const burdenStore = {
  /** A stretch of the organisations below each of these, who had most to fill in first. */
  burdens: (tx: Tx, topIds: readonly string[], span: Span, weights: Weights, stretch: Stretch) =>
    stretchUnder(
      sqlOf(tx),
      topIds,
      topId =>
        sql<Burden>`(select id, sum(fields)::int as fields, sum(times)::int as times
          from ${counted(sql`array[${topId}]`, span, weights)} as one group by id)`,
      stretch,
      { by: ['fields', 'times', 'id'], descending: true },
    ),

  /** How many organisations have handed something in below each of these. */
  async countBurdened(tx: Tx, topIds: readonly string[], span: Span, weights: Weights): Promise<Map<string, number>> {
    const { rows } = await sql<{ topId: string; count: number }>`
      select top_id, count(distinct id)::int as count from ${counted(all(topIds), span, weights)} as one group by top_id
    `.execute(sqlOf(tx))
    return new Map(rows.map(({ topId, count }) => [topId, count]))
  },

  /** How often each was done below each of these organisations. */
  async timesBelow(tx: Tx, topIds: readonly string[], span: Span, weights: Weights): Promise<Times[]> {
    const { rows } = await sql<Times>`
      select top_id as org_id, action, sum(times)::int as times from ${counted(all(topIds), span, weights)} as one
      group by top_id, action`.execute(sqlOf(tx))
    return rows
  },
}

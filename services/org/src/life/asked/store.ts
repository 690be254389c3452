import { type Stretch, stretchUnder } from '@linghang/database'
import type { AskedSum, Span, Times } from '@linghang/subgraph'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** What an organisation had to fill in in all services, and how often. */
export type Burden = { id: string; fields: number; times: number }
/** What the audit names that is a form's, and how many fields of the form have to be filled in each time. */
export type Weights = { actions: readonly string[]; fields: readonly number[] }

/** Of which month what is counted, by its first day and as a span. */
type Asked = { month: string; span: Span; weights: Weights }

type Row = { id: string; action: string; times: number; fields: number }
/** What offices at and below each of these organisations did that is a form's, with its weight. @param topIds an array of PostgreSQL */
const counted = (topIds: RawBuilder<unknown>, { from, until }: Span, { actions, fields }: Weights): RawBuilder<Row> =>
  sql<Row>`(select b.top_id, b.org_id as id, b.action, b.times, b.times * weight.fields as fields
    from app.asked_by_below(${topIds}, ${from}::timestamptz, ${until}::timestamptz) b
    join unnest(${actions}::text[], ${fields}::int[]) as weight (action, fields) on weight.action = b.action)`
const all = (ids: readonly string[]) => sql`${ids}::uuid[]`

/** What the other services have told of them. */
const told = (topIds: RawBuilder<unknown>, month: string) =>
  sql`(select top.id as top_id, m.org_id as id, m.times, m.fields, m.picked, m.known
    from org_node top join org_node n on n.path <@ top.path
    join asked_month m on m.org_id = n.id and m.month = ${month}::date and m.times > 0
    where top.id = any (${topIds}))`

/** Both, by organisation. */
const burdened = (topIds: RawBuilder<unknown>, { month, span, weights }: Asked) =>
  sql<Burden & { topId: string }>`(select top_id, id, sum(fields)::int as fields, sum(times)::int as times
    from (select top_id, id, fields, times from ${counted(topIds, span, weights)} as own
      union all select top_id, id, fields, times from ${told(topIds, month)} as others) as each
    group by top_id, id)`

export const burdenStore = {
  /** A stretch of the organisations below each of these, who had most to fill in first. */
  burdens: (tx: Tx, topIds: readonly string[], asked: Asked, stretch: Stretch) =>
    stretchUnder(
      sqlOf(tx),
      topIds,
      topId => sql<Burden>`(select id, fields, times from ${burdened(sql`array[${topId}]`, asked)} as one)`,
      stretch,
      { by: ['fields', 'times', 'id'], descending: true },
    ),

  /** How many organisations have handed something in below each of these. */
  async countBurdened(tx: Tx, topIds: readonly string[], asked: Asked): Promise<Map<string, number>> {
    const { rows } = await sql<{ topId: string; count: number }>`
      select top_id, count(*)::int as count from ${burdened(all(topIds), asked)} as one group by top_id
    `.execute(sqlOf(tx))
    return new Map(rows.map(({ topId, count }) => [topId, count]))
  },

  /** How often each was done below each of these organisations. */
  async timesBelow(tx: Tx, topIds: readonly string[], { span, weights }: Asked): Promise<Times[]> {
    const { rows } = await sql<Times>`
      select top_id as org_id, action, sum(times)::int as times from ${counted(all(topIds), span, weights)} as one
      group by top_id, action`.execute(sqlOf(tx))
    return rows
  },

  /** What the other services have told of all below each of these. */
  async toldBelow(tx: Tx, topIds: readonly string[], month: string): Promise<Map<string, AskedSum>> {
    const { rows } = await sql<AskedSum & { topId: string }>`
      select top_id, sum(times)::int as times, sum(fields)::int as fields, sum(picked)::int as picked, sum(known)::int as known
      from ${told(all(topIds), month)} as one group by top_id`.execute(sqlOf(tx))
    return new Map(rows.map(({ topId, ...sum }) => [topId, sum]))
  },
}

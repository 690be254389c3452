import type { RawTx } from '@linghang/access'
import { anyOf, batchOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import type { Period } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import type { SubjectType } from '../../facts/fact.ts'
import { sqlOf } from '../../work.ts'
import type { LineNow } from '../lines/lines-now.ts'

/** A deduction that waits for somebody to confirm it; points in hundredths. */
export type Proposal = {
  id: string
  orgId: string
  subjectType: SubjectType
  subjectId: string
  periodFrom: string
  periodUntil: string
  lineKey: string
  indicator: string
  points: number
}
export type ProposalRow = Pick<Proposal, 'id' | 'lineKey' | 'indicator' | 'points'> & { sheetId: string }

const kept = [
  ...(['id', 'countyId', 'orgId', 'subjectType', 'subjectId', 'periodFrom', 'periodUntil', 'lineKey'] as const),
  ...(['indicator', 'points'] as const),
]

/** What waits at an organisation and below. */
const under = (tx: RawTx, countyId: string, orgId: RawBuilder<string>) =>
  sqlOf(tx)
    .selectFrom('proposedDeduction as p')
    .innerJoin('scoreSheet as s', join =>
      join
        .onRef('s.countyId', '=', 'p.countyId')
        .onRef('s.subjectId', '=', 'p.subjectId')
        .onRef('s.periodFrom', '=', 'p.periodFrom')
        .onRef('s.periodUntil', '=', 'p.periodUntil'),
    )
    .select(['p.id', 'p.lineKey', 'p.indicator', 'p.points', 's.id as sheetId'])
    .where('p.countyId', '=', countyId)
    .where(
      'p.orgId',
      'in',
      sql<string>`(select n.id from org_node root join org_node n on n.path <@ root.path where root.id = ${orgId})`,
    )

export const deductionStore = {
  /** Keeps what waits of the subjects of a period, in the place of what waited. */
  async keep(
    tx: RawTx,
    countyId: string,
    {
      subjectIds,
      period,
      proposals,
    }: { subjectIds: readonly string[]; period: Period; proposals: readonly Proposal[] },
  ): Promise<void> {
    if (subjectIds.length === 0) return
    await sqlOf(tx)
      .deleteFrom('proposedDeduction')
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .where('periodFrom', '=', period.from)
      .where('periodUntil', '=', period.until)
      .execute()
    if (proposals.length === 0) return
    const rows = proposals.map(proposal => ({ ...proposal, countyId }))
    await insertBatch(sqlOf(tx), 'proposedDeduction', kept, rows).execute()
  },

  /** A stretch of what waits at each of these and below, the longest first; one statement. */
  waiting: (tx: RawTx, countyId: string, orgIds: readonly string[], stretch: Stretch) =>
    stretchUnder(sqlOf(tx), orgIds, id => under(tx, countyId, id), stretch, { by: ['id'] }) as Promise<
      Map<string, ProposalRow[]>
    >,

  countWaiting: (tx: RawTx, countyId: string, orgIds: readonly string[]) =>
    countUnder(sqlOf(tx), orgIds, id => under(tx, countyId, id)),

  /** Of these lines those that somebody has appealed, who was not heard and for whose hearing the day is not over. */
  async unheard(
    tx: RawTx,
    countyId: string,
    lines: readonly LineNow[],
    today: string,
  ): Promise<{ lineKey: string; hearBy: string }[]> {
    const named = lines.map(({ row: { subjectId, periodFrom, periodUntil }, line: { key: lineKey } }) => ({
      ...{ subjectId, periodFrom, periodUntil, lineKey },
    }))
    const { rows } = await sql<{ lineKey: string; hearBy: string }>`
      select line_key, hear_by from appeal
      where county_id = ${countyId}::uuid and state = 'OPEN' and hear_by >= ${today}::date
        and (subject_id, period_from, period_until, line_key) in (
          select subject_id, period_from, period_until, line_key from ${batchOf('appeal', named)})
      order by line_key`.execute(sqlOf(tx))
    return rows
  },
}

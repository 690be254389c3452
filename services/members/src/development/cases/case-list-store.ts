import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import { orgsAt } from '../../register/people/place-store.ts'
import { sqlOf, type Tables, type Tx } from '../../work.ts'
import { type CaseRow, caseKeys, toCase } from './store.ts'

/** What lists may ask for; null asks for nothing. */
export type CaseFilter = {
  phases: readonly CaseRow['phase'][] | null
  stages: readonly string[] | null
  steps: readonly string[] | null
  waitingOn: readonly CaseRow['waitingOn'][] | null
  /** Cases whose nearest date lay before this day. */
  overdueOn: string | null
  dueBy: string | null
}
export type CasePage = CaseFilter & { stretch: Stretch }

type Cases = ExpressionBuilder<Tables, 'developmentCase'>
const askedBy =
  ({ phases, stages, steps, waitingOn, overdueOn, dueBy }: CaseFilter) =>
  ({ and, eb }: Cases) =>
    and([
      ...(phases ? [eb('phase', '=', anyOf(phases, 'text'))] : []),
      ...(stages ? [eb('stage', '=', anyOf(stages, 'text'))] : []),
      ...(steps ? [eb('step', '=', anyOf(steps, 'text'))] : []),
      ...(waitingOn ? [eb('waitingOn', '=', anyOf(waitingOn, 'text'))] : []),
      ...(overdueOn ? [eb('dueOn', '<', overdueOn)] : []),
      ...(dueBy ? [eb('dueOn', '<=', dueBy)] : []),
    ])

const casesAt = (tx: Tx, orgId: RawBuilder<string>, below: boolean, filter: CaseFilter) =>
  sqlOf(tx).selectFrom('developmentCase').where('orgId', '=', orgsAt(orgId, below)).where(askedBy(filter))

/** A line of the development plan: what a branch's own people may know of each other. */
export type PlanRow = {
  caseId: string
  orgId: string
  name: string
  stage: string
  since: string | null
  notBefore: string | null
}

/** Cases as lists, counts and plans tell of them, set by set. */
export const caseLists = {
  /** The `size` + 1 cases of a stretch of each organisation's, the most urgent first; one statement for all. */
  async atOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    { stretch, ...filter }: CasePage,
  ): Promise<Map<string, CaseRow[]>> {
    // Cases without a date come last.
    const due = sql<string>`coalesce(due_on, '9999-12-31')`.as('due')
    const listOf = (orgId: RawBuilder<string>) => casesAt(tx, orgId, below, filter).select([...caseKeys, due])
    const cases = await stretchUnder(sqlOf(tx), orgIds, listOf, stretch, { by: ['due', 'id'] })
    return new Map([...cases].map(([orgId, rows]) => [orgId, rows.map(({ due: _, ...row }) => toCase(row))]))
  },

  countAtOrganisations: (
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: CaseFilter,
  ): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId => casesAt(tx, orgId, below, filter).select('id')),

  /** How many open cases stand at each stage, and how many steps of each stage were done in each month since `from`. */
  async statistics(
    tx: Tx,
    orgIds: readonly string[],
    from: string,
  ): Promise<{
    open: { place: string; stage: string; n: number; overdue: number }[]
    done: { place: string; step: string; month: string; n: number }[]
  }> {
    const { rows: open } = await sql<{ place: string; stage: string; n: bigint; overdue: bigint }>`
      select p.id as place, c.stage, count(*) as n, count(*) filter (where c.due_on < ${from}::date) as overdue
      from unnest(${orgIds}::uuid[]) as p (id) join development_case c on c.org_id = ${orgsAt(sql.ref('p.id'), true)}
      where c.phase = 'OPEN'
      group by 1, 2`.execute(sqlOf(tx))
    const { rows: done } = await sql<{ place: string; step: string; month: string; n: bigint }>`
      select p.id as place, f.data ->> 'step' as step, to_char(f.happened_on, 'YYYY-MM') as month, count(*) as n
      from unnest(${orgIds}::uuid[]) as p (id) join development_fact f on f.org_id = ${orgsAt(sql.ref('p.id'), true)}
      where f.type = 'STEP_DONE' and f.happened_on > ${from}::date - interval '12 months'
      group by 1, 2, 3 order by 3`.execute(sqlOf(tx))
    const counted = <T extends { n: bigint }>(row: T) => ({ ...row, n: Number(row.n) })
    return {
      open: open.map(row => ({ ...counted(row), overdue: Number(row.overdue) })),
      done: done.map(counted),
    }
  },

  /** Organisations of a county that nobody is above. */
  async rootsOf(tx: Tx, countyId: string): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode')
      .select('id')
      .where('countyId', '=', countyId)
      .where('superiorId', 'is', null)
      .execute()
    return rows.map(({ id }) => id)
  },

  async plan(tx: Tx, orgIds: readonly string[]): Promise<PlanRow[]> {
    const { rows } = await sql<PlanRow>`
      select case_id, org_id, name, stage, since, not_before from app.development_plan(${orgIds}::uuid[])
      order by array_position(array['PROBATION', 'ADMISSION', 'CANDIDATE', 'ACTIVIST', 'APPLICATION'], stage), since, case_id
      limit 2000`.execute(sqlOf(tx))
    return rows
  },
}

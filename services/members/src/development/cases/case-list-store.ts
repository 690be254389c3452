import { anyOf } from '@linghang/database'
import { type Stretch, walkOf } from '@linghang/subgraph'
import { type ExpressionBuilder, sql } from 'kysely'
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

const placesOf = (orgIds: readonly string[]) =>
  sql<{ id: string }>`unnest(${orgIds}::uuid[])`.as<'place'>(sql`place (id)`)
const orgsUnder = sql<string>`any (app.orgs_under('{' || place.id || '}'))`
const orgsAt = (below: boolean) => (below ? orgsUnder : sql<string>`any (array[place.id])`)
/** Cases without a date come last. */
const dueOn = (table: 'development_case' | 'kase') => sql<string>`coalesce(${sql.ref(`${table}.due_on`)}, '9999-12-31')`

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
    page: CasePage,
  ): Promise<Map<string, CaseRow[]>> {
    const { past, order } = walkOf(page.stretch)
    const [due, id] = page.stretch.from ?? []
    const rows = await sqlOf(tx)
      .selectFrom(placesOf(orgIds))
      .crossJoinLateral(db =>
        db
          .selectFrom('developmentCase')
          .select(caseKeys)
          .where('orgId', '=', orgsAt(below))
          .where(askedBy(page))
          .$if(page.stretch.from !== null, cases =>
            cases.where(sql<boolean>`(${dueOn('development_case')}, id) ${sql.raw(past)} (${due}::date, ${id}::uuid)`),
          )
          .orderBy(dueOn('development_case'), order)
          .orderBy('id', order)
          .limit(page.stretch.size + 1)
          .as('kase'),
      )
      .select('place.id as place')
      .selectAll('kase')
      .orderBy(dueOn('kase'), order)
      .orderBy('kase.id', order)
      .execute()
    const byPlace = Map.groupBy(rows, row => row.place)
    return new Map(orgIds.map(id => [id, (byPlace.get(id) ?? []).map(({ place: _, ...row }) => toCase(row))]))
  },

  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: CaseFilter,
  ): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom(placesOf(orgIds))
      .crossJoinLateral(db =>
        db
          .selectFrom('developmentCase')
          .select(({ fn }) => fn.countAll<bigint>().as('n'))
          .where('orgId', '=', orgsAt(below))
          .where(askedBy(filter))
          .as('counted'),
      )
      .select(['place.id as place', 'counted.n'])
      .execute()
    return new Map(rows.map(row => [row.place, Number(row.n)]))
  },

  /** How many open cases stand at each stage, and how many steps of each stage were done in each month since `from`. */
  async statistics(
    tx: Tx,
    orgIds: readonly string[],
    from: string,
  ): Promise<{
    open: { place: string; stage: string; n: number; overdue: number }[]
    done: { place: string; step: string; month: string; n: number }[]
  }> {
    const open = await sqlOf(tx)
      .selectFrom(placesOf(orgIds))
      .innerJoin('developmentCase as kase', join => join.on('kase.orgId', '=', orgsUnder))
      .where('kase.phase', '=', 'OPEN')
      .groupBy(['place.id', 'kase.stage'])
      .select(({ fn }) => [
        ...(['place.id as place', 'kase.stage', fn.countAll<bigint>().as('n')] as const),
        fn.countAll<bigint>().filterWhere('kase.dueOn', '<', from).as('overdue'),
      ])
      .execute()
    const { rows: done } = await sql<{ place: string; step: string; month: string; n: bigint }>`
      select p.id as place, f.data ->> 'step' as step, to_char(f.happened_on, 'YYYY-MM') as month, count(*) as n
      from unnest(${orgIds}::uuid[]) as p (id) join development_fact f on f.org_id = any (app.orgs_under('{' || p.id || '}'))
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

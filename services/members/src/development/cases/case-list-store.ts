import { type Stretch, walkOf } from '@linghang/subgraph'
import type { Tx } from '../../work.ts'
import { type CaseColumns, type CaseRow, caseColumns, toCase } from './store.ts'

/** What lists may ask for; null asks for nothing. */
export type CaseFilter = {
  phases: string[] | null
  stages: string[] | null
  steps: string[] | null
  waitingOn: string[] | null
  /** Cases whose nearest date lay before this day. */
  overdueOn: string | null
  dueBy: string | null
}
export type CasePage = CaseFilter & { stretch: Stretch }

const noDate = '9999-12-31'
const filterSql = `($3::text[] is null or c.phase = any ($3::text[])) and ($4::text[] is null or c.stage = any ($4::text[]))
  and ($5::text[] is null or c.step = any ($5::text[])) and ($6::text[] is null or c.waiting_on = any ($6::text[]))
  and ($7::date is null or c.due_on < $7::date) and ($8::date is null or c.due_on <= $8::date)`
const filterValues = (filter: CaseFilter) => [
  filter.phases,
  filter.stages,
  filter.steps,
  filter.waitingOn,
  filter.overdueOn,
  filter.dueBy,
]

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
    const rows = await tx.$queryRawUnsafe<(CaseColumns & { place: string })[]>(
      `select p.id as place, c.* from unnest($1::uuid[]) as p (id)
       cross join lateral (
         select ${caseColumns} from development_case c
         where c.org_id = any (case when $2 then app.orgs_under('{' || p.id || '}') else array[p.id] end) and ${filterSql}
           and ($9::date is null or (coalesce(c.due_on, '${noDate}'), c.id) ${past} ($9::date, $10::uuid))
         order by coalesce(c.due_on, '${noDate}') ${order}, c.id ${order} limit $11
       ) c order by coalesce(c.due_on, '${noDate}') ${order}, c.id ${order}`,
      orgIds,
      below,
      ...filterValues(page),
      page.stretch.from?.[0] ?? null,
      page.stretch.from?.[1] ?? null,
      page.stretch.size + 1,
    )
    const byPlace = Map.groupBy(rows, row => row.place)
    return new Map(orgIds.map(id => [id, (byPlace.get(id) ?? []).map(toCase)]))
  },

  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: CaseFilter,
  ): Promise<Map<string, number>> {
    const rows = await tx.$queryRawUnsafe<{ place: string; n: bigint }[]>(
      `select p.id as place, c.n from unnest($1::uuid[]) as p (id)
       cross join lateral (
         select count(*) as n from development_case c
         where c.org_id = any (case when $2 then app.orgs_under('{' || p.id || '}') else array[p.id] end) and ${filterSql}
       ) c`,
      orgIds,
      below,
      ...filterValues(filter),
    )
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
    const open = await tx.$queryRawUnsafe<{ place: string; stage: string; n: bigint; overdue: bigint }[]>(
      `select p.id as place, c.stage, count(*) as n, count(*) filter (where c.due_on < $2::date) as overdue
       from unnest($1::uuid[]) as p (id) join development_case c on c.org_id = any (app.orgs_under('{' || p.id || '}'))
       where c.phase = 'OPEN' group by p.id, c.stage`,
      orgIds,
      from,
    )
    const done = await tx.$queryRawUnsafe<{ place: string; step: string; month: string; n: bigint }[]>(
      `select p.id as place, f.data ->> 'step' as step, to_char(f.happened_on, 'YYYY-MM') as month, count(*) as n
       from unnest($1::uuid[]) as p (id) join development_fact f on f.org_id = any (app.orgs_under('{' || p.id || '}'))
       where f.type = 'STEP_DONE' and f.happened_on > $2::date - interval '12 months' group by 1, 2, 3 order by 3`,
      orgIds,
      from,
    )
    const counted = <T extends { n: bigint }>(row: T) => ({ ...row, n: Number(row.n) })
    return {
      open: open.map(row => ({ ...counted(row), overdue: Number(row.overdue) })),
      done: done.map(counted),
    }
  },

  /** Organisations of a county that nobody is above. */
  async rootsOf(tx: Tx, countyId: string): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      'select id from org_node where county_id = $1::uuid and superior_id is null',
      countyId,
    )
    return rows.map(({ id }) => id)
  },

  async plan(tx: Tx, orgIds: readonly string[]): Promise<PlanRow[]> {
    return tx.$queryRawUnsafe(
      `select case_id as "caseId", org_id as "orgId", name, stage, since::text, not_before::text as "notBefore"
       from app.development_plan($1::uuid[])
       order by array_position(array['PROBATION', 'ADMISSION', 'CANDIDATE', 'ACTIVIST', 'APPLICATION'], stage), since, case_id limit 2000`,
      orgIds,
    )
  },
}

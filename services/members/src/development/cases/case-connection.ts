import { shanghaiDay } from '@linghang/access'
import { openPage, type PageArgs, requireDays } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import type { CaseFilter } from './case-list-store.ts'
import { caseCountOf, casesOf } from './read-cases.ts'
import type { CaseRow } from './store.ts'

type FilterInput = {
  phases?: CaseFilter['phases']
  stages?: string[] | null
  steps?: string[] | null
  waitingOn?: CaseFilter['waitingOn']
  overdue?: boolean | null
  dueWithinDays?: number | null
}
export type CasesArgs = PageArgs & { filter?: FilterInput | null; below?: boolean }

const dayMs = 86_400_000
const daysAtMost = 3_660
const noDate = '9999-12-31'

const inDays = (context: Context, days: number): string => shanghaiDay(new Date(context.now.getTime() + days * dayMs))

const toFilter = (input: FilterInput | null | undefined, context: Context): CaseFilter => ({
  phases: input?.phases ?? ['OPEN'],
  stages: input?.stages ?? null,
  steps: input?.steps ?? null,
  waitingOn: input?.waitingOn ?? null,
  overdueOn: input?.overdue ? context.today : null,
  dueBy:
    input?.dueWithinDays == null
      ? null
      : inDays(context, requireDays('dueWithinDays', input.dueWithinDays, daysAtMost)),
})

export async function connection(
  of: 'Query' | 'Organisation',
  orgIds: readonly string[],
  args: CasesArgs,
  below: boolean,
  context: Context,
) {
  const filter = toFilter(args.filter, context)
  const list = [of, orgIds.toSorted(), below, args.filter ?? {}]
  const { stretch, page } = openPage(context.cursors, list, args)
  const lists = await Promise.all(orgIds.map(orgId => context.load(casesOf, orgId, below, { ...filter, stretch })))
  const key = (row: CaseRow) => `${row.dueOn ?? noDate}/${row.id}`
  const upwards = stretch.backwards ? -1 : 1
  const rows = [...new Map(lists.flat().map(row => [row.id, row])).values()].toSorted((one, other) =>
    key(one) < key(other) ? -upwards : upwards,
  )
  return page(
    rows.slice(0, stretch.size + 1),
    row => [row.dueOn ?? noDate, row.id],
    async () =>
      (await Promise.all(orgIds.map(orgId => context.load(caseCountOf, orgId, below, filter)))).reduce(
        (sum, count) => sum + count,
        0,
      ),
  )
}

import { shanghaiDay } from '@linghang/access'
import { connection, requireDays, type Stretch } from '@linghang/subgraph'
import type { DevelopmentCaseFilter, QueryDevelopmentCasesArgs } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import type { CaseFilter } from './case-list-store.ts'
import { caseCountOf, casesOf, type SeenCase } from './read-cases.ts'
import type { CaseRow } from './store.ts'

const dayMs = 86_400_000
const daysAtMost = 3_660
const noDate = '9999-12-31'

const inDays = (context: Context, days: number): string => shanghaiDay(new Date(context.now.getTime() + days * dayMs))

const toFilter = (input: DevelopmentCaseFilter | null | undefined, context: Context): CaseFilter => ({
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

const placeOf = (row: CaseRow) => [row.dueOn ?? noDate, row.id]

/** One list of the cases of several organisations: what is read of each is put in order, each case once. */
function merged(lists: readonly (readonly SeenCase[])[], { size, backwards }: Stretch): SeenCase[] {
  const key = (row: CaseRow) => placeOf(row).join('/')
  const upwards = backwards ? -1 : 1
  return [...new Map(lists.flat().map(row => [row.id, row])).values()]
    .toSorted((one, other) => (key(one) < key(other) ? -upwards : upwards))
    .slice(0, size + 1)
}

export function casesAt(
  of: 'Query' | 'Organisation',
  orgIds: readonly string[],
  args: Omit<QueryDevelopmentCasesArgs, 'organisationId'>,
  below: boolean,
  context: Context,
) {
  const filter = toFilter(args.filter, context)
  const ofEach = <T>(read: (orgId: string) => Promise<T>) => Promise.all(orgIds.map(read))
  return connection(context, args, {
    of: [of, orgIds.toSorted(), below, args.filter ?? {}],
    read: async stretch =>
      merged(await ofEach(orgId => context.load(casesOf, orgId, below, { ...filter, stretch })), stretch),
    count: async () =>
      (await ofEach(orgId => context.load(caseCountOf, orgId, below, filter))).reduce((sum, count) => sum + count, 0),
    place: placeOf,
  })
}

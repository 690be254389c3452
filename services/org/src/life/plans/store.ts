import { anyOf, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Entry, Plan, Topic } from './plan.ts'

const planColumns = [
  ...(['id', 'orgId', 'every', 'fromDay', 'untilDay', 'state', 'themeDay', 'revision', 'madeAt', 'filedAt'] as const),
  'approvalId' as const,
]
const entryColumns = [
  ...([
    'planId',
    'id',
    'kind',
    'onDay',
    'windowFrom',
    'windowUntil',
    'origin',
    'article',
    'source',
    'certainty',
  ] as const),
]
const topicColumns = [
  ...(['text', 'why', 'memberId', 'dueOn', 'article', 'source', 'certainty', 'discussion'] as const),
]
const at = ['planId', 'countyId', 'orgId'] as const

export const planStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Plan[]> =>
    sqlOf(tx)
      .selectFrom('lifePlan')
      .select(planColumns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async lock(tx: Tx, countyId: string, id: string): Promise<Plan | null> {
    const own = sqlOf(tx).selectFrom('lifePlan').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    return (await own.select(planColumns).executeTakeFirst()) ?? null
  },

  /** The plan of that time, made as an empty one where there is none, held until the transaction ends. */
  async obtain(tx: Tx, plan: Plan & { countyId: string; madeBy: string | null }): Promise<Plan> {
    const db = sqlOf(tx)
    await db
      .insertInto('lifePlan')
      .values(plan)
      .onConflict(found => found.columns(['orgId', 'every', 'fromDay']).doNothing())
      .execute()
    const { orgId, every, fromDay } = plan
    return db
      .selectFrom('lifePlan')
      .select(planColumns)
      .where('orgId', '=', orgId)
      .where('every', '=', every)
      .where('fromDay', '=', fromDay)
      .forUpdate()
      .executeTakeFirstOrThrow()
  },

  async update(tx: Tx, { id, state, themeDay, revision, filedAt, approvalId }: Plan): Promise<void> {
    await sqlOf(tx)
      .updateTable('lifePlan')
      .set({ state, themeDay, revision, filedAt, approvalId })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  /** The meetings of each plan in the order of their days, with what is on their agenda. Two statements. */
  async entries(tx: Tx, planIds: readonly string[]): Promise<Map<string, Entry[]>> {
    const db = sqlOf(tx)
    const entries = await db
      .selectFrom('lifePlanEntry')
      .select(entryColumns)
      .where('planId', '=', anyOf(planIds))
      .orderBy('onDay')
      .orderBy('id')
      .execute()
    const topics = await db
      .selectFrom('lifePlanTopic')
      .select(['entryId', ...topicColumns])
      .where('planId', '=', anyOf(planIds))
      .orderBy('n')
      .execute()
    const of = Map.groupBy(topics, ({ entryId }) => entryId)
    const read = (entry: (typeof entries)[number]): Entry => ({
      ...entry,
      topics: (of.get(entry.id) ?? []).map(({ entryId, ...topic }): Topic => topic),
    })
    return Map.groupBy(entries.map(read), ({ planId }) => planId)
  },

  /** Writes the meetings of a plan instead of those that it had. */
  async writeEntries(tx: Tx, countyId: string, { id: planId, orgId }: Plan, entries: readonly Entry[]): Promise<void> {
    const db = sqlOf(tx)
    await db.deleteFrom('lifePlanTopic').where('planId', '=', planId).execute()
    await db.deleteFrom('lifePlanEntry').where('planId', '=', planId).execute()
    const place = { planId, countyId, orgId }
    const rows = entries.map(({ topics, ...entry }) => ({ ...entry, ...place }))
    const topics = entries.flatMap(({ id: entryId, topics: said }) =>
      said.map((topic, i) => ({ ...place, entryId, n: i + 1, ...topic })),
    )
    if (rows.length > 0) await insertBatch(db, 'lifePlanEntry', [...new Set([...at, ...entryColumns])], rows).execute()
    if (topics.length > 0)
      await insertBatch(db, 'lifePlanTopic', [...at, 'entryId', 'n', ...topicColumns], topics).execute()
  },

  atOrganisations: (tx: Tx, orgIds: readonly string[], stretch: Stretch): Promise<Map<string, Plan[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => sqlOf(tx).selectFrom('lifePlan').select(planColumns).where('orgId', '=', orgId),
      stretch,
      { by: ['fromDay', 'id'], descending: true },
    ),

  async countAtOrganisations(tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('lifePlan')
      .select(({ fn, cast }) => ['orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('orgId', '=', anyOf(orgIds))
      .groupBy('orgId')
      .execute()
    return new Map(rows.map(({ orgId, count }) => [orgId, count]))
  },

  /** Of these organisations those that have ended. */
  async ended(tx: Tx, orgIds: readonly string[]): Promise<Set<string>> {
    const rows = await sqlOf(tx)
      .selectFrom('organisation')
      .select('id')
      .where('id', '=', anyOf(orgIds))
      .where('endedOn', 'is not', null)
      .execute()
    return new Set(rows.map(({ id }) => id))
  },

  /** The plans of these organisations that are not over, as told once more. */
  tellRunning: (tx: Tx, orgIds: readonly string[], today: string): Promise<(Plan & { told: bigint })[]> =>
    sqlOf(tx)
      .updateTable('lifePlan')
      .set(({ eb }) => ({ told: eb('told', '+', 1n) }))
      .where('orgId', '=', anyOf(orgIds))
      .where('untilDay', '>=', today)
      .returning([...planColumns, 'told'])
      .execute(),
}

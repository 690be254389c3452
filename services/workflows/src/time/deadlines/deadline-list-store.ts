import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { type DeadlineRule, defaultLadders, type IsoDate, type Rung, rungReach, rungs } from '@linghang/rulebook'
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tables, type Tx } from '../../work.ts'
import { type DeadlineRow, deadlineKeys } from './store.ts'

/** Where a date stands: on a rung of its ladder, or still ahead of it. */
export type DeadlineState = Rung | 'UPCOMING'

/**
 * Whose dates a list holds: those of an organisation, alone or with all below, of a whole county, or of all that the
 * caller's offices reach.
 */
export type DeadlineScope =
  | { kind: 'ORGANISATION'; below: boolean }
  | { kind: 'COUNTY' }
  | { kind: 'OFFICES'; orgIds: readonly string[] }

/** Which dates; null asks for nothing. */
export type DeadlineFilter = {
  scope: DeadlineScope
  rules: readonly string[] | null
  states: readonly DeadlineState[] | null
  dueBy: IsoDate | null
  today: IsoDate
}

export type RuleCount = { rule: DeadlineRule; count: number; overdue: number }
export type OrganisationCount = { orgId: string; count: number; overdue: number }

const reachedBy = (today: IsoDate): IsoDate[] => rungs.map(rung => rungReach(rung, today))

/** No date that stands in one of these states is due later: that bounds what the index is asked for. */
const lastDayOf = (states: readonly DeadlineState[] | null, today: IsoDate): IsoDate | null =>
  states === null || states.includes('UPCOMING')
    ? null
    : (rungs
        .filter(rung => states.includes(rung))
        .map(rung => rungReach(rung, today))
        .toSorted()
        .at(-1) ?? null)

const earlier = (one: IsoDate | null, other: IsoDate | null): IsoDate | null =>
  one === null || (other !== null && other < one) ? other : one

/** The organisations, or the county, whose dates a place of such a scope holds. */
const isWithin = (scope: DeadlineScope, place: RawBuilder<string>) => {
  if (scope.kind === 'COUNTY') return sql<boolean>`county_id = ${place}`
  if (scope.kind === 'OFFICES')
    return sql<boolean>`org_id = any ((select app.orgs_under(${`{${scope.orgIds.join(',')}}`}::text))::uuid[])`
  return scope.below
    ? sql<boolean>`org_id = any (app.orgs_under('{' || ${place} || '}'))`
    : sql<boolean>`org_id = ${place}`
}

/** The rung that was climbed last, by the date's own ladder: as `currentRung` tells it, for many dates at once. */
const stateOn = (today: IsoDate) => sql<DeadlineState>`coalesce((
  select climbed.rung from unnest(${[...rungs]}::text[], ${reachedBy(today)}::date[]) with ordinality as climbed (rung, reach, n)
  where due_on <= climbed.reach and jsonb_exists(coalesce(ladder, ${JSON.stringify(defaultLadders)}::jsonb -> rule), climbed.rung)
  order by climbed.n desc limit 1), 'UPCOMING')`

/** Open dates that a filter asks for. */
const askedBy =
  ({ rules, states, dueBy, today }: DeadlineFilter) =>
  ({ and, eb }: ExpressionBuilder<Tables, 'deadline'>) => {
    const dueAtLatest = earlier(dueBy, lastDayOf(states, today))
    return and([
      eb('closedAt', 'is', null),
      ...(dueAtLatest === null ? [] : [eb('dueOn', '<=', dueAtLatest)]),
      ...(rules === null ? [] : [eb('rule', '=', anyOf(rules as readonly DeadlineRule[], 'text'))]),
      ...(states === null ? [] : [eb(stateOn(today), '=', anyOf(states, 'text'))]),
    ])
  }

const datesOf = (tx: Tx, filter: DeadlineFilter) => (place: RawBuilder<string>) =>
  sqlOf(tx).selectFrom('deadline').where(isWithin(filter.scope, place)).where(askedBy(filter))

/** How many there are, and how many of them should have been done before today. */
const counts =
  (today: IsoDate) =>
  ({ fn, cast, and, eb }: ExpressionBuilder<Tables, 'deadline'>) => {
    const late = fn.countAll().filterWhere(and([eb('nature', '=', 'LATEST'), eb('dueOn', '<', today)]))
    return [cast<number>(fn.countAll(), 'integer').as('count'), cast<number>(late, 'integer').as('overdue')] as const
  }

/** Open dates of `places` set by set: ids of organisations, or of the county where the scope is wider. */
export const deadlineLists = {
  /** The `size` + 1 of a stretch of each place's, by date; one statement for all. */
  page: (
    tx: Tx,
    places: readonly string[],
    filter: DeadlineFilter,
    stretch: Stretch,
  ): Promise<Map<string, DeadlineRow[]>> =>
    stretchUnder(sqlOf(tx), places, place => datesOf(tx, filter)(place).select(deadlineKeys), stretch, {
      by: ['dueOn', 'id'],
    }),

  count: (tx: Tx, places: readonly string[], filter: DeadlineFilter): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), places, datesOf(tx, filter)),

  async countByRule(tx: Tx, places: readonly string[], filter: DeadlineFilter): Promise<Map<string, RuleCount[]>> {
    const counted = datesOf(tx, filter)(sql.ref('place.id')).select('rule').select(counts(filter.today)).groupBy('rule')
    const { rows } = await sql<RuleCount & { place: string }>`
      select place.id as place, counted.* from unnest(${places}::uuid[]) as place (id)
      cross join lateral ${counted} as counted order by counted.rule`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ place }) => place)
  },

  /** The `size` organisations of each place that have most overdue, then most open. */
  async countByOrganisation(
    tx: Tx,
    places: readonly string[],
    filter: DeadlineFilter,
    size: number,
  ): Promise<Map<string, OrganisationCount[]>> {
    const counted = datesOf(
      tx,
      filter,
    )(sql.ref('place.id'))
      .select('orgId')
      .select(counts(filter.today))
      .groupBy('orgId')
      .orderBy('overdue', 'desc')
      .orderBy('count', 'desc')
      .orderBy('orgId')
      .limit(size)
    const { rows } = await sql<OrganisationCount & { place: string }>`
      select place.id as place, counted.* from unnest(${places}::uuid[]) as place (id)
      cross join lateral ${counted} as counted
      order by counted.overdue desc, counted.count desc, counted.org_id`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ place }) => place)
  },
}

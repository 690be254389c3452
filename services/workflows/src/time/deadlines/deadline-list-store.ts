import { type DeadlineRule, defaultLadders, type IsoDate, type Rung, rungReach, rungs } from '@linghang/rulebook'
import { type Stretch, walkOf } from '@linghang/subgraph'
import type { Tx } from '../../work.ts'
import type { DeadlineRow } from './store.ts'

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

const within: Record<DeadlineScope['kind'], string> = {
  ORGANISATION: `d.org_id = any (case when $2::text = 'BELOW' then app.orgs_under('{' || p.id || '}') else array[p.id] end)`,
  COUNTY: 'd.county_id = p.id and $2::text is not null',
  OFFICES: 'd.org_id = any ((select app.orgs_under($2::text))::uuid[])',
}
const scopeValue = (scope: DeadlineScope): string => {
  if (scope.kind === 'OFFICES') return `{${scope.orgIds.join(',')}}`
  return scope.kind === 'ORGANISATION' && !scope.below ? 'ALONE' : 'BELOW'
}

/** The rung that was climbed last, by the date's own ladder: as `currentRung` tells it, for many dates at once. */
const stateSql = `coalesce((
  select r.rung from unnest($6::text[], $7::date[]) with ordinality as r (rung, reach, n)
  where d.due_on <= r.reach and jsonb_exists(coalesce(d.ladder, $8::jsonb -> d.rule), r.rung) order by r.n desc limit 1), 'UPCOMING')`

const conditionOf = ({ scope }: DeadlineFilter) => `${within[scope.kind]} and d.closed_at is null
  and ($3::date is null or d.due_on <= $3::date) and ($4::text[] is null or d.rule = any ($4::text[]))
  and ($5::text[] is null or ${stateSql} = any ($5::text[]))`

const valuesOf = (places: readonly string[], { scope, rules, states, dueBy, today }: DeadlineFilter) => [
  places,
  scopeValue(scope),
  earlier(dueBy, lastDayOf(states, today)),
  rules,
  states,
  rungs,
  reachedBy(today),
  JSON.stringify(defaultLadders),
]

/** Open dates of `places` set by set: ids of organisations, or of the county where the scope is wider. */
export const deadlineLists = {
  /** The `size` + 1 of a stretch of each place's, by date; one statement for all. */
  async page(
    tx: Tx,
    places: readonly string[],
    filter: DeadlineFilter,
    stretch: Stretch,
  ): Promise<Map<string, DeadlineRow[]>> {
    const { past, order } = walkOf(stretch)
    const rows = await tx.$queryRawUnsafe<(DeadlineRow & { place: string })[]>(
      `select p.id as place, d.* from unnest($1::uuid[]) as p (id)
       cross join lateral (
         select d.id, d.org_id as "orgId", d.subject_id as "subjectId", d.subject_type as "subjectType", d.rule, d.due_on::text as "dueOn",
           d.nature, d.article, d.source, d.certainty, d.office_role as "officeRole", d.office_org_id as "officeOrgId", d.ladder
         from deadline d where ${conditionOf(filter)}
           and ($9::date is null or (d.due_on, d.id) ${past} ($9::date, $10::uuid))
         order by d.due_on ${order}, d.id ${order} limit $11
       ) d order by d."dueOn" ${order}, d.id ${order}`,
      ...valuesOf(places, filter),
      stretch.from?.[0] ?? null,
      stretch.from?.[1] ?? null,
      stretch.size + 1,
    )
    return Map.groupBy(rows, row => row.place)
  },

  async count(tx: Tx, places: readonly string[], filter: DeadlineFilter): Promise<Map<string, number>> {
    const rows = await tx.$queryRawUnsafe<{ place: string; n: bigint }[]>(
      `select p.id as place, c.n from unnest($1::uuid[]) as p (id)
       cross join lateral (select count(*) as n from deadline d where ${conditionOf(filter)}) c`,
      ...valuesOf(places, filter),
    )
    return new Map(rows.map(({ place, n }) => [place, Number(n)]))
  },

  async countByRule(tx: Tx, places: readonly string[], filter: DeadlineFilter): Promise<Map<string, RuleCount[]>> {
    const rows = await tx.$queryRawUnsafe<{ place: string; rule: DeadlineRule; n: bigint; late: bigint }[]>(
      `select p.id as place, c.* from unnest($1::uuid[]) as p (id)
       cross join lateral (
         select d.rule, count(*) as n, count(*) filter (where d.nature = 'LATEST' and d.due_on < $9::date) as late
         from deadline d where ${conditionOf(filter)} group by d.rule
       ) c order by c.rule`,
      ...valuesOf(places, filter),
      filter.today,
    )
    const counts = rows.map(({ place, rule, n, late }) => ({ place, rule, count: Number(n), overdue: Number(late) }))
    return Map.groupBy(counts, ({ place }) => place)
  },

  /** The `size` organisations of each place that have most overdue, then most open. */
  async countByOrganisation(
    tx: Tx,
    places: readonly string[],
    filter: DeadlineFilter,
    size: number,
  ): Promise<Map<string, OrganisationCount[]>> {
    const rows = await tx.$queryRawUnsafe<{ place: string; org: string; n: bigint; late: bigint }[]>(
      `select p.id as place, c.* from unnest($1::uuid[]) as p (id)
       cross join lateral (
         select d.org_id as org, count(*) as n, count(*) filter (where d.nature = 'LATEST' and d.due_on < $9::date) as late
         from deadline d where ${conditionOf(filter)} group by d.org_id order by late desc, n desc, d.org_id limit $10
       ) c order by c.late desc, c.n desc, c.org`,
      ...valuesOf(places, filter),
      filter.today,
      size,
    )
    const counts = rows.map(({ place, org, n, late }) => ({
      place,
      orgId: org,
      count: Number(n),
      overdue: Number(late),
    }))
    return Map.groupBy(counts, ({ place }) => place)
  },
}

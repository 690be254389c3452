import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Counted, Dimension } from './statistics.ts'

/** Of posts the most frequent are read one by one, the others together. */
const mostValues = 200

export const statisticsStore = {
  /** Who stands at organisations and below them, counted by each dimension for itself; one statement for all. */
  async counted(tx: Tx, countyId: string, orgIds: readonly string[], today: string): Promise<Map<string, Counted[]>> {
    const { rows } = await sql<Counted & { place: string }>`
      with person as materialized (
        select root.id as place, m.kind in ('PROBATIONARY', 'FULL') as is_member, m.kind, m.sex, m.education, m.dues_category,
          m.post, extract(year from age(${today}::date, m.birth_date))::int::text as years
        from org_node root
          join org_node n on n.county_id = root.county_id and n.path <@ root.path
          join member m on m.org_id = n.id and m.left_on is null
        where root.county_id = ${countyId}::uuid and root.id = any (${orgIds}::uuid[])
      ),
      valued as (
        select p.place, v.dimension, v.value from person p cross join lateral (values
          ('standing', p.kind, true), ('age', p.years, p.is_member), ('sex', p.sex, p.is_member),
          ('education', p.education, p.is_member), ('work', p.dues_category, p.is_member), ('post', p.post, p.is_member)
        ) as v (dimension, value, counts) where v.counts
      ),
      counted as (
        select place, dimension, value, count(*)::int as count,
          row_number() over (partition by place, dimension order by count(*) desc, value) as place_in
        from valued group by place, dimension, value
      )
      select place, dimension, value, count from counted where place_in <= ${mostValues}
      union all
      select place, dimension, '', sum(count)::int from counted where place_in > ${mostValues} group by place, dimension`.execute(
      sqlOf(tx),
    )
    return Map.groupBy(rows, ({ place }) => place) as Map<string, (Counted & { place: string; dimension: Dimension })[]>
  },
}

import type { RawTx } from '@linghang/access'
import { anyOf, excluded, insertBatch } from '@linghang/database'
import { monthOf, type Period } from '@linghang/rulebook'
import { sql } from 'kysely'
import type { Lit, Sheet } from '../../engine/sheet.ts'
import type { SubjectType } from '../../facts/fact.ts'
import { sqlOf } from '../../work.ts'

export type Claimed = { subjectId: string; fromDay: string; orgIds: string[] }
type Known = { since: string; joinedOn: string | null }
/** A sheet that is another one now; `before`: what it was, null where there was none. */
export type Scored = {
  id: string
  version: number
  publishedOn: string | null
  subjectId: string
  orgId: string
  before: { orgId: string; score: number; grade: string | null; lights: Lit[] } | null
}

const summary = [
  ...(['orgId', 'packKey', 'packVersion', 'scale', 'score', 'attainable', 'grade', 'groups', 'totals'] as const),
  ...(['lights', 'litMonths', 'hash', 'workedOutAt'] as const),
]
const written = [
  ...(['id', 'countyId', 'subjectType', 'subjectId', 'periodFrom', 'periodUntil', 'version', ...summary] as const),
]

const was = sql<Scored['before']>`case when old.id is not null then
  jsonb_build_object('orgId', old.org_id, 'score', old.score, 'grade', old.grade, 'lights', old.lights) end`

/** In so many lanes a county is scored at once: somebody is always of the same one, so that their sheets are written in order. */
export const lanes = 2

/** What is scored and what waits for it. */
export const scoreStore = {
  /**
   * Whether this transaction alone scores a lane of the county, or turns its pages: two at once would write what the other no
   * longer knows.
   */
  async isAlone(tx: RawTx, countyId: string, at: number | 'pages'): Promise<boolean> {
    const { rows } = await sql<{ alone: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`scores/${countyId}/${at}`}, 0)) as alone`.execute(sqlOf(tx))
    return rows[0]?.alone === true
  },

  /** Takes the subjects of a lane that have waited longest; of organisations the deepest first. */
  async claim(tx: RawTx, countyId: string, subjectType: SubjectType, lane: number, most: number): Promise<Claimed[]> {
    const isOfLane = sql`t.county_id = ${countyId}::uuid and t.subject_type = ${subjectType}
      and abs(hashtext(t.subject_id::text) % ${lanes}) = ${lane}`
    const next =
      subjectType === 'MEMBER'
        ? sql`select distinct subject_id from (select t.subject_id from touched t where ${isOfLane} order by t.seq limit ${most}) one`
        : sql`select t.subject_id from touched t left join org_node n on n.id = t.subject_id where ${isOfLane}
            group by t.subject_id, n.path order by nlevel(n.path) desc nulls last, min(t.seq) limit ${most}`
    const { rows } = await sql<Claimed>`
      with next as (${next}), taken as (
        delete from touched t using next where ${isOfLane} and t.subject_id = next.subject_id
        returning t.subject_id, t.org_id, t.from_day
      )
      select subject_id, min(from_day) as from_day, array_agg(distinct org_id) as org_ids from taken group by subject_id`.execute(
      sqlOf(tx),
    )
    return rows
  },

  /** Where a county stands; null where it was never scored. */
  standing: (tx: RawTx, countyId: string) =>
    sqlOf(tx)
      .selectFrom('scoredCounty')
      .select(['month', 'day', 'packs'])
      .where('countyId', '=', countyId)
      .executeTakeFirst(),

  async keepStanding(tx: RawTx, countyId: string, day: string, packs: string): Promise<void> {
    const row = { countyId, month: monthOf(day), day, packs }
    await insertBatch(sqlOf(tx), 'scoredCounty', ['countyId', 'month', 'day', 'packs'], [row])
      .onConflict(found => found.column('countyId').doUpdateSet(excluded(['month', 'day', 'packs'])))
      .execute()
  },

  /** Whoever has left undone what was to be done by a day of these is to be scored anew: nobody tells that a day is over. */
  async touchOverdue(tx: RawTx, countyId: string, { from, until }: Period): Promise<void> {
    await sql`
      insert into touched (county_id, subject_type, subject_id, org_id, from_day)
      select f.county_id, f.subject_type, f.subject_id, f.org_id, min(f.day) from fact_now f
      where f.county_id = ${countyId}::uuid and f.attributes ->> 'outcome' = 'OPEN'
        and f.day between ${from}::date and ${until}::date
      group by f.county_id, f.subject_type, f.subject_id, f.org_id`.execute(sqlOf(tx))
  },

  /** Notes that sheets of times that end on a day or later were written: what they come to is to be worked out again. */
  async markSums(tx: RawTx, countyId: string, from: string): Promise<void> {
    await sql`
      insert into scored_county (county_id, month, packs, sums_from, sums_marks)
      values (${countyId}::uuid, date '1970-01-01', '', ${from}::date, 1)
      on conflict (county_id) do update set sums_from = least(scored_county.sums_from, excluded.sums_from),
        sums_marks = scored_county.sums_marks + 1`.execute(sqlOf(tx))
  },

  /**
   * Everybody who has ever belonged anywhere, and every organisation, is to be scored from a day on: those of a branch one after
   * the other, so that few branches are to be scored after each turn.
   */
  async touchAll(tx: RawTx, countyId: string, fromDay: string): Promise<void> {
    await sql`
      insert into touched (county_id, subject_type, subject_id, org_id, from_day)
      (select ${countyId}::uuid, 'MEMBER', s.member_id, min(s.org_id::text)::uuid, ${fromDay}::date
      from member_stay s where s.county_id = ${countyId}::uuid group by s.member_id order by 4, 3)
      union all
      select ${countyId}::uuid, 'ORGANISATION', n.id, n.id, ${fromDay}::date from org_node n
      where n.county_id = ${countyId}::uuid`.execute(sqlOf(tx))
  },

  /** Since when people are known here, and since when they are members. */
  async known(tx: RawTx, countyId: string, memberIds: readonly string[]): Promise<Map<string, Known>> {
    const { rows } = await sql<Known & { memberId: string }>`
      select s.member_id, min(s.day) as since, (array_agg(s.joined_on order by s.version desc))[1] as joined_on
      from member_stay s where s.county_id = ${countyId}::uuid and s.member_id = ${anyOf(memberIds)}
      group by s.member_id`.execute(sqlOf(tx))
    return new Map(rows.map(({ memberId, ...known }) => [memberId, known]))
  },

  /** The scores of a period of those who belong to these organisations, or of these themselves. */
  async scores(tx: RawTx, countyId: string, of: SubjectType, orgIds: readonly string[], period: Period) {
    return await sqlOf(tx)
      .selectFrom('scoreSheet')
      .select(['orgId', 'score', 'litMonths'])
      .where('countyId', '=', countyId)
      .where('orgId', '=', anyOf(orgIds))
      .where('subjectType', '=', of)
      .where('periodFrom', '=', period.from)
      .where('periodUntil', '=', period.until)
      .orderBy('subjectId')
      .execute()
  },

  /** The lights of these subjects that were on in the period that ended before a day. */
  async litBefore(
    tx: RawTx,
    countyId: string,
    subjectIds: readonly string[],
    day: string,
  ): Promise<Map<string, Lit[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('scoreSheet')
      .distinctOn('subjectId')
      .select(['subjectId', 'lights'])
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .where('periodUntil', '<', day)
      .orderBy('subjectId')
      .orderBy('periodUntil', 'desc')
      .execute()
    return new Map(rows.map(({ subjectId, lights }) => [subjectId, lights]))
  },

  /** Writes what has changed of a period. @returns whose sheet is another one now, and where it stood before */
  async write(
    tx: RawTx,
    countyId: string,
    sheets: readonly (Sheet & { id: string; totals: Record<string, number>; hash: Uint8Array<ArrayBuffer> })[],
    at: Date,
  ): Promise<Scored[]> {
    // Its lines are not kept: they follow from the facts.
    const rows = sheets.map(({ period, pack, lines: _lines, ...sheet }) => ({
      ...{ ...sheet, countyId, version: 1, workedOutAt: at, periodFrom: period.from, periodUntil: period.until },
      ...{ packKey: pack.key, packVersion: pack.version },
    }))
    const changed = await insertBatch(sqlOf(tx), 'scoreSheet', written, rows)
      .onConflict(found =>
        found
          .columns(['countyId', 'subjectId', 'periodFrom', 'periodUntil'])
          .doUpdateSet({ ...excluded(summary), version: sql<number>`score_sheet.version + 1` })
          .whereRef('excluded.hash', '<>', 'scoreSheet.hash'),
      )
      .returning(['id', 'version', 'publishedOn', 'subjectId', 'orgId', was.as('before')])
      .execute()
    return changed
  },

  /** Takes away the sheets of who is not scored in a period after all; what was published stays. */
  async drop(tx: RawTx, countyId: string, subjectIds: readonly string[], period: Period): Promise<string[]> {
    if (subjectIds.length === 0) return []
    const rows = await sqlOf(tx)
      .deleteFrom('scoreSheet')
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .where('periodFrom', '=', period.from)
      .where('periodUntil', '=', period.until)
      .where('publishedOn', 'is', null)
      .returning('orgId')
      .execute()
    return rows.map(({ orgId }) => orgId)
  },
}

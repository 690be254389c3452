import type { RawTx } from '@linghang/access'
import { anyOf, batchOf, excluded, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { Fact } from '../fact.ts'
import type { FactKind } from '../kinds/fact-kinds.ts'
import type { Telling } from '../telling/telling.ts'
import { factReader, rowsOf, type Touch, touchesOf } from './fact-rows.ts'

const source = ['countyId', 'toldAs', 'sourceId'] as const
const changedColumns = ['subjectType', 'subjectId', 'orgId', 'day'] as const

/** A fact as a line of text; no value of it can hold a tab, and in JSON a tab is written out. */
const line = sql<string>`string_agg(concat_ws(e'\t', f.subject_type, f.subject_id, f.org_id, f.kind, f.day, f.quantity,
  f.source_type, f.source_id, f.source_version, f.attributes), e'\n'
  order by f.day, f.kind collate "C", f.source_type collate "C", f.source_id, f.subject_id, f.told_as collate "C", f.n)`

type Told = { id: string; lines: string }
const factsBy = (rows: readonly Told[]): Map<string, Fact[]> => {
  const read = factReader()
  return new Map(rows.map(({ id, lines }) => [id, read(lines)]))
}

/** What counts now, whatever has counted at any time, and whom a change has touched. */
export const factStore = {
  /**
   * Facts and where people belong are not changed at one moment: who writes facts reads where people belong, and who writes
   * that has to find the facts. Until the transaction ends.
   */
  async lock(tx: RawTx, countyId: string, writes: 'FACTS' | 'STAYS'): Promise<void> {
    const lock = sql.raw(writes === 'FACTS' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
    await sql`select ${lock}(hashtextextended('facts/' || ${countyId}::text, 0))::text`.execute(sqlOf(tx))
  },

  /**
   * Takes over what is newer than what is known: all that an older version has said goes, and whom either names is touched.
   * @param tellings of one record at most one
   * @param takes ALSO_SAME for what is told from all versions of a record together: one that came late says more of the newest
   * @returns whom it has touched
   */
  async write(
    tx: RawTx,
    countyId: string,
    tellings: readonly Telling[],
    takes: 'NEWER' | 'ALSO_SAME' = 'NEWER',
  ): Promise<Touch[]> {
    const db = sqlOf(tx)
    await factStore.lock(tx, countyId, 'FACTS')
    const told = tellings.map(({ toldAs, source: { id, version }, orgId }) => ({
      ...{ countyId, toldAs, sourceId: id, orgId, version: BigInt(version) },
    }))
    const newer = await insertBatch(db, 'factSource', [...source, 'orgId', 'version'], told)
      .onConflict(found =>
        found
          .columns(source)
          .doUpdateSet(excluded(['orgId', 'version']))
          .whereRef('excluded.version', takes === 'NEWER' ? '>' : '>=', 'factSource.version'),
      )
      .returning(['toldAs', 'sourceId'])
      .execute()
    const isNewer = new Set(newer.map(({ toldAs, sourceId }) => `${toldAs}/${sourceId}`))
    const winning = tellings.filter(({ toldAs, source: { id } }) => isNewer.has(`${toldAs}/${id}`))
    if (winning.length === 0) return []
    const keys = batchOf(
      'fact_now',
      winning.map(({ toldAs, source: { id } }) => ({ toldAs, sourceId: id })),
    )
    const isOfThem = sql<boolean>`(told_as, source_id) in (select told_as, source_id from ${keys})`
    const before = await db
      .deleteFrom('factNow')
      .where('countyId', '=', countyId)
      .where(isOfThem)
      .returning(changedColumns)
      .execute()
    const facts = winning.flatMap(telling => rowsOf(countyId, telling))
    const { rows: after } = await sql<(typeof before)[number]>`
      insert into fact_now (county_id, told_as, source_id, n, source_type, source_version, subject_type, subject_id, org_id,
        told_org_id, kind, day, quantity, attributes)
      select county_id, told_as, source_id, n, source_type, source_version, subject_type, subject_id,
        coalesce(case when subject_type = 'MEMBER' then app.org_on(county_id, subject_id, day) end, told_org_id),
        told_org_id, kind, day, quantity, attributes
      from ${batchOf('fact_now', facts)}
      returning subject_type, subject_id, org_id, day`.execute(db)
    await sql`
      insert into fact (county_id, told_as, source_id, source_version, n, source_type, subject_type, subject_id, org_id, kind,
        day, quantity, attributes)
      select county_id, told_as, source_id, source_version, n, source_type, subject_type, subject_id, org_id, kind, day,
        quantity, attributes
      from fact_now where county_id = ${countyId}::uuid and ${isOfThem}
      on conflict do nothing`.execute(db)
    const touches = touchesOf([...before, ...after])
    await factStore.touch(tx, countyId, touches)
    return touches
  },

  /** Facts of people whose stays have changed go where they belonged on that day. @returns what has moved, from and to */
  async follow(tx: RawTx, countyId: string, memberIds: readonly string[]): Promise<Touch[]> {
    const { rows } = await sql<{ subjectId: string; before: string; orgId: string; day: string }>`
      update fact_now f set org_id = app.org_on(f.county_id, f.subject_id, f.day)
      where f.county_id = ${countyId}::uuid and f.subject_type = 'MEMBER' and f.subject_id = ${anyOf(memberIds)}
        and f.org_id <> app.org_on(f.county_id, f.subject_id, f.day)
      returning f.subject_id, old.org_id as before, new.org_id, f.day`.execute(sqlOf(tx))
    return touchesOf(
      rows.flatMap(({ before, ...row }) => [
        { ...row, subjectType: 'MEMBER' as const },
        { ...row, subjectType: 'MEMBER' as const, orgId: before },
      ]),
    )
  },

  async touch(tx: RawTx, countyId: string, touches: readonly Touch[]): Promise<void> {
    if (touches.length === 0) return
    const rows = touches.map(touch => ({ ...touch, countyId }))
    await insertBatch(
      sqlOf(tx),
      'touched',
      ['countyId', 'subjectType', 'subjectId', 'orgId', 'fromDay'],
      rows,
    ).execute()
  },

  /** Something holds for everybody from a day on: noted at the county's top, where whoever scores looks. */
  async touchTop(tx: RawTx, countyId: string, fromDay: string): Promise<void> {
    await sql`
      insert into touched (county_id, subject_type, subject_id, org_id, from_day)
      select county_id, 'ORGANISATION', id, id, ${fromDay}::date from org_node
      where county_id = ${countyId}::uuid and superior_id is null`.execute(sqlOf(tx))
  },

  /** A county's top organisation; null before its register has begun. */
  async topOf(tx: RawTx, countyId: string): Promise<string | null> {
    const top = sqlOf(tx).selectFrom('orgNode').select('id').where('countyId', '=', countyId)
    return (await top.where('superiorId', 'is', null).orderBy('id').executeTakeFirst())?.id ?? null
  },

  /** What counts of these subjects, both days within, in the order of `inOrder`; one statement for all. */
  async ofSubjects(
    tx: RawTx,
    countyId: string,
    subjectIds: readonly string[],
    from: string,
    to: string,
  ): Promise<Map<string, Fact[]>> {
    const { rows } = await sql<Told>`
      select f.subject_id as id, ${line} as lines from fact_now f
      where f.county_id = ${countyId}::uuid and f.subject_id = ${anyOf(subjectIds)}
        and f.day between ${from}::date and ${to}::date
      group by f.subject_id`.execute(sqlOf(tx))
    return factsBy(rows)
  },

  /** What counts of the people of these organisations, as of the day of each fact; one statement for all. */
  async ofMembersAt(
    tx: RawTx,
    countyId: string,
    orgIds: readonly string[],
    kinds: readonly FactKind[],
    from: string,
    to: string,
  ): Promise<Map<string, Fact[]>> {
    const { rows } = await sql<Told>`
      select f.org_id as id, ${line} as lines from fact_now f
      where f.county_id = ${countyId}::uuid and f.org_id = ${anyOf(orgIds)} and f.kind = ${anyOf(kinds, 'text')}
        and f.subject_type = 'MEMBER' and f.day between ${from}::date and ${to}::date
      group by f.org_id`.execute(sqlOf(tx))
    return factsBy(rows)
  },
}

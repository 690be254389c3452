import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { DuesRecord } from '../records/dues-record.ts'
import type { Fixing, LineFilter } from './fixing.ts'
import type { FixingLine, LastBase } from './fixing-line.ts'

export const lineKeys = [
  ...(['id', 'orgId', 'memberId', 'fixingId', 'year', 'ground', 'changedOn', 'fromMonth', 'category'] as const),
  ...(['incomeFen', 'baseFen', 'dueFen', 'payKind', 'lastCategory', 'lastBaseFen', 'lastDueFen', 'why'] as const),
  ...(['state', 'confirmedHow', 'confirmedOn', 'checkedOn', 'version'] as const),
]
const table = 'duesFixingLine'
const named = lineKeys.map(key => `${table}.${key}` as const)
type Row = Omit<FixingLine, 'version'> & { version: bigint }
export const toLine = (row: Row): FixingLine => ({ ...row, version: Number(row.version) })

export type Owing = Pick<DuesRecord, 'memberId' | 'orgId' | 'category' | 'baseFen' | 'owesSince' | 'complete'>

/** Lines of those who owe, at an organisation and all below it. */
const linesAt = (tx: Tx, orgId: RawBuilder<string>, year: number, { states, whys }: LineFilter) =>
  sqlOf(tx)
    .selectFrom(table)
    .innerJoin('duesRecord', 'duesRecord.memberId', `${table}.memberId`)
    .select(named)
    .where(`${table}.orgId`, '=', sql<string>`any (app.orgs_under('{' || ${orgId} || '}'))`)
    .where(`${table}.year`, '=', year)
    .where('duesRecord.owes', '=', true)
    .$if(states !== null, found => found.where(`${table}.state`, '=', anyOf(states ?? [], 'text')))
    .$if(whys !== null, found => found.where(`${table}.why`, '=', anyOf(whys ?? [], 'text')))

export const fixingStore = {
  /** One after the other in a county and year: runs that meet propose nobody twice, and the later one finds the earlier. */
  async lockYear(tx: Tx, countyId: string, year: number): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`dues-fixing/${countyId}/${year}`}, 0))::text`.execute(
      sqlOf(tx),
    )
  },

  /** Who changes what is fixed for somebody looks at their last line and adds one: one after the other. */
  async lockMember(tx: Tx, memberId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`dues-fixing-of/${memberId}`}, 0))::text`.execute(
      sqlOf(tx),
    )
  },

  /** The run that was begun at an organisation or nearest above it. */
  async covering(tx: Tx, orgId: string, year: number): Promise<string | undefined> {
    const found = await sqlOf(tx)
      .selectFrom('orgNode as own')
      .innerJoin('orgNode as above', 'above.countyId', 'own.countyId')
      .innerJoin('duesFixing', 'duesFixing.orgId', 'above.id')
      .select('duesFixing.id')
      .where('own.id', '=', orgId)
      .where('above.path', sql`@>`, ({ ref }) => ref('own.path'))
      .where('duesFixing.year', '=', year)
      .orderBy(sql`nlevel(above.path)`, 'desc')
      .executeTakeFirst()
    return found?.id
  },

  async begin(
    tx: Tx,
    run: { id: string; countyId: string; orgId: string; year: number; begunAt: Date; begunBy: string | null },
  ): Promise<void> {
    await sqlOf(tx).insertInto('duesFixing').values(run).execute()
  },

  /** Who owes in a year at an organisation or below it, and has not been proposed for it. */
  toPropose: (tx: Tx, countyId: string, orgId: string, year: number): Promise<Owing[]> =>
    sqlOf(tx)
      .selectFrom('orgNode as top')
      .innerJoin('orgNode as below', join => join.on(sql<boolean>`below.path <@ top.path`))
      .innerJoin('duesRecord', 'duesRecord.orgId', 'below.id')
      .select([
        ...(['duesRecord.memberId', 'duesRecord.orgId', 'duesRecord.category', 'duesRecord.baseFen'] as const),
        ...(['duesRecord.owesSince', 'duesRecord.complete'] as const),
      ])
      .where('top.id', '=', orgId)
      .where('top.countyId', '=', countyId)
      .where('duesRecord.owes', '=', true)
      .where(({ or, eb }) =>
        or([eb('owesSince', 'is', null), eb('owesSince', '<', sql<string>`make_date(${year + 1}, 1, 1)`)]),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom(table)
              .select(`${table}.id`)
              .whereRef(`${table}.memberId`, '=', 'duesRecord.memberId')
              .where(`${table}.year`, '=', year)
              .where(`${table}.ground`, '=', 'YEAR'),
          ),
        ),
      )
      .orderBy('duesRecord.memberId')
      .$narrowType<Owing>()
      .execute(),

  /** What stood at the end of a year, by person: the last line that was checked. */
  async lastOf(tx: Tx, memberIds: readonly string[], year: number): Promise<Map<string, LastBase>> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .distinctOn('memberId')
      .select(['memberId', 'category', 'incomeFen', 'baseFen', 'dueFen'])
      .where('memberId', '=', anyOf(memberIds))
      .where('year', '=', year)
      .where('state', '=', 'CHECKED')
      .orderBy('memberId')
      .orderBy('fromMonth', 'desc')
      .$narrowType<LastBase & { memberId: string }>()
      .execute()
    return new Map(rows.map(({ memberId, ...last }) => [memberId, last]))
  },

  /** Adds lines; whoever has one of that year already keeps it. @returns how many were added */
  async propose(tx: Tx, countyId: string, lines: readonly FixingLine[]): Promise<number> {
    const rows = lines.map(line => ({ ...line, countyId, version: BigInt(line.version) }))
    const { numInsertedOrUpdatedRows } = await insertBatch(sqlOf(tx), table, ['countyId', ...lineKeys], rows)
      .onConflict(found => found.doNothing())
      .executeTakeFirst()
    return Number(numInsertedOrUpdatedRows)
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<FixingLine[]> =>
    sqlOf(tx)
      .selectFrom(table)
      .select(lineKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
      .then(rows => rows.map(toLine)),

  /** A year's lines of each person, at most thirteen: one at its beginning, and one a month. */
  ofMembers: (tx: Tx, countyId: string, memberIds: readonly string[], year: number): Promise<FixingLine[]> =>
    sqlOf(tx)
      .selectFrom(table)
      .select(lineKeys)
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .where('year', '=', year)
      .orderBy('fromMonth')
      .execute()
      .then(rows => rows.map(toLine)),

  /** How far each organisation's fixing has come, with all below it; none where nobody is proposed. One statement. */
  async progressOf(tx: Tx, orgIds: readonly string[], year: number): Promise<Map<string, Fixing>> {
    const { rows } = await sql<Fixing>`
      select top.id as org_id, ${year}::int as year, counted.*
      from unnest(${orgIds}::uuid[]) as top (id)
      cross join lateral (
        select min(f.begun_at) as begun_at, count(*)::int as total,
          count(*) filter (where l.state in ('CONFIRMED', 'CHECKED'))::int as confirmed,
          count(*) filter (where l.state = 'CHECKED')::int as checked,
          count(*) filter (where l.state = 'CLAIMED')::int as claimed,
          count(*) filter (where l.due_fen is null)::int as incomplete,
          coalesce(sum(l.due_fen) filter (where not exists (select from dues_fixing_line later
            where later.member_id = l.member_id and later.year = l.year and later.from_month > l.from_month)), 0)::bigint as due_fen
        from dues_fixing_line l join dues_fixing f on f.id = l.fixing_id
        join dues_record r on r.member_id = l.member_id and r.owes
        where l.org_id = any (app.orgs_under('{' || top.id || '}')) and l.year = ${year}::int) counted
      where counted.total > 0`.execute(sqlOf(tx))
    return new Map(rows.map(row => [row.orgId, row]))
  },

  /** The `size` + 1 lines of a stretch of each organisation's, with all below it; one statement for all. */
  async linesIn(
    tx: Tx,
    orgIds: readonly string[],
    { year, filter, stretch }: { year: number; filter: LineFilter; stretch: Stretch },
  ): Promise<Map<string, FixingLine[]>> {
    const listOf = (orgId: RawBuilder<string>) => linesAt(tx, orgId, year, filter)
    const found = await stretchUnder(sqlOf(tx), orgIds, listOf, stretch, { by: ['id'] })
    return new Map([...found].map(([orgId, rows]) => [orgId, rows.map(toLine)]))
  },

  countIn: (
    tx: Tx,
    orgIds: readonly string[],
    { year, filter }: { year: number; filter: LineFilter },
  ): Promise<Map<string, number>> => countUnder(sqlOf(tx), orgIds, orgId => linesAt(tx, orgId, year, filter)),
}

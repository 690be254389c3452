import { type Expression, type Kysely, type RawBuilder, sql } from 'kysely'

/** Which stretch of a list is read: `size` elements and one more, from behind the place `from` onwards or `backwards`. */
export type Stretch = { size: number; from: readonly string[] | null; backwards: boolean }

/**
 * How SQL walks a stretch: rows `past` the place it begins at, in this `order`.
 * @param descending whether the list itself begins with its greatest key
 */
export const walkOf = ({ backwards }: Stretch, descending = false): { past: '<' | '>'; order: 'asc' | 'desc' } =>
  backwards === descending ? { past: '>', order: 'asc' } : { past: '<', order: 'desc' }

/** By which of its rows' keys a list is ordered; together no two rows have them alike. `descending`: the greatest first. */
export type ListOrder<Row> = { by: readonly (keyof Row & string)[]; descending?: boolean }

const orderOf = <Row>(table: string, { by, descending }: ListOrder<Row>, stretch: Stretch): RawBuilder<unknown> => {
  const order = sql.raw(walkOf(stretch, descending).order)
  return sql.join(by.map(key => sql`${sql.ref(`${table}.${key}`)} ${order}`))
}

/**
 * Of a list the `size` + 1 rows of a stretch, in the direction in which it is read: `.execute(db)`, or `.as('page')`.
 *
 * @param list the rows of the whole list, without order or limit: PostgreSQL takes it and this for one statement, so that
 *   an index in the list's order is walked from the place on
 */
export function stretchOf<Row>(list: Expression<Row>, stretch: Stretch, inOrder: ListOrder<Row>): RawBuilder<Row> {
  const places = sql.join(inOrder.by.map(key => sql.ref(`list.${key}`)))
  const { past } = walkOf(stretch, inOrder.descending)
  const behind = stretch.from ? sql`where (${places}) ${sql.raw(past)} (${sql.join(stretch.from)})` : sql``
  return sql<Row>`(select * from ${list} as list ${behind}
    order by ${orderOf('list', inOrder, stretch)} limit ${stretch.size + 1})`
}

/**
 * The same stretch of the list under each of many parents, in one statement:
 *
 *     stretchUnder(db, orgIds, orgId => db.selectFrom('office').select(['id', 'role']).where('orgId', '=', orgId),
 *       stretch, { by: ['id'], descending: true })
 *
 * @returns a list for each parent, an empty one too
 */
export async function stretchUnder<DB, Row>(
  db: Kysely<DB>,
  parentIds: readonly string[],
  listOf: (parentId: RawBuilder<string>) => Expression<Row>,
  stretch: Stretch,
  inOrder: ListOrder<Row>,
): Promise<Map<string, Row[]>> {
  const page = stretchOf(listOf(sql.ref('parent.id')), stretch, inOrder)
  const { rows } = await sql<Row & { underParent: string }>`
    select parent.id as under_parent, page.* from unnest(${parentIds}::uuid[]) as parent (id)
    cross join lateral ${page} as page order by ${orderOf('page', inOrder, stretch)}`.execute(db)
  const byParent = Map.groupBy(rows, row => row.underParent)
  return new Map(parentIds.map(id => [id, byParent.get(id) ?? []]))
}

/** How long the list under each of many parents is, in one statement. */
export async function countUnder<DB>(
  db: Kysely<DB>,
  parentIds: readonly string[],
  listOf: (parentId: RawBuilder<string>) => Expression<unknown>,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; rows: number }>`
    select parent.id, counted.rows from unnest(${parentIds}::uuid[]) as parent (id)
    cross join lateral (select count(*)::integer as rows from ${listOf(sql.ref('parent.id'))} as list) as counted`.execute(
    db,
  )
  return new Map(rows.map(({ id, rows }) => [id, rows]))
}

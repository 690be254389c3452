import type { InsertQueryBuilder, InsertResult } from 'kysely'

/** Writes a row, unless one with its key is there. @returns whether it was written */
export async function insertOnce<DB, Table extends keyof DB>(
  insert: InsertQueryBuilder<DB, Table, InsertResult>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await insert.onConflict(found => found.doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

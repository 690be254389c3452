import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A migration as it lies in its folder. */
export interface MigrationFile {
  name: string
  sql: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What is recorded of a file: Prisma's own checksum, so that either of us knows what the other has applied. */
export const checksumOf = ({ sql }: MigrationFile): string => sha256(sql)

/** Whether a recorded checksum is of this text, with whatever line ends a checkout gives it. */
export const isOf = (checksum: string, { sql }: MigrationFile): boolean => {
  const unix = sql.replaceAll('\r\n', '\n')
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some(text => sha256(text) === checksum)
}

/**
 * The migrations of a folder, in the order of their names. A file may be a link into another folder; reading follows it.
 *
 * @param migrationsDir folder that holds `<time>_<name>/migration.sql`
 */
export const readMigrations = async (migrationsDir: string): Promise<MigrationFile[]> => {
  const names = existsSync(migrationsDir) ? (await readdir(migrationsDir)).sort() : []
  const paths = names.map(name => [name, join(migrationsDir, name, 'migration.sql')] as const)
  return Promise.all(
    paths
      .filter(([, path]) => existsSync(path))
      .map(async ([name, path]) => ({ name, sql: await readFile(path, 'utf8') })),
  )
}

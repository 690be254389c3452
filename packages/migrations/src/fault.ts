/** Why a database could not be brought up to date. */
export type MigrationCode =
  /** PostgreSQL refused a migration, and all of it is undone. */
  | 'MIGRATION_FAILED'
  /** A file that was applied has another text now. */
  | 'MIGRATION_CHANGED'
  /** A migration that was applied has no file, though later ones have. */
  | 'MIGRATION_MISSING'
  /** A file may not be run: it ends its transaction itself. */
  | 'MIGRATION_REFUSED'
  /** A program that was cut off has left a migration of which nobody knows how much is there. */
  | 'MIGRATION_HALF_DONE'
  /** The database is of a newer release, which this one's services cannot work with. */
  | 'DATABASE_AHEAD'
  /** The lock of another run, or of whoever uses a table, was not free in time. */
  | 'DATABASE_BUSY'
  /** The roles, or what the owner may do, are not as `roles.sql` and `database.sql` make them. */
  | 'DATABASE_UNPREPARED'
  /** No connection. */
  | 'DATABASE_UNREACHABLE'

/** A database that could not be migrated: one sentence in each language, with PostgreSQL's own words. */
export type MigrationFault = Error & { readonly code: MigrationCode; readonly zh: string; readonly en: string }

/** Makes the one error of this package. */
export const migrationFault = (
  code: MigrationCode,
  text: { zh: string; en: string },
  cause?: unknown,
): MigrationFault =>
  Object.assign(new Error(`${text.zh}\n${text.en}`, { cause }), { name: 'MigrationFault', code, ...text })

/** Whether an unknown thrown value is a fault of this package. */
export const isMigrationFault = (value: unknown): value is MigrationFault =>
  value instanceof Error && value.name === 'MigrationFault'

/** PostgreSQL's own words and SQLSTATE, without its details, which quote rows. */
export const saidBy = (error: unknown): string => {
  const { message = String(error), code } = (error ?? {}) as { message?: string; code?: unknown }
  const words = message.split('\n').filter(Boolean).slice(0, 3).join(' ') || 'no answer'
  return typeof code === 'string' ? `${words} (${code})` : words
}

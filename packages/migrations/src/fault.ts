/** A database that could not be migrated: one sentence in each language, with PostgreSQL's own words. */
export type MigrationFault = Error & { readonly code: 'MIGRATION_FAILED'; readonly zh: string; readonly en: string }

/** Makes the one error of this package. */
export const migrationFault = (text: { zh: string; en: string }, cause: unknown): MigrationFault =>
  Object.assign(new Error(`${text.zh}\n${text.en}`, { cause }), {
    name: 'MigrationFault',
    code: 'MIGRATION_FAILED' as const,
    ...text,
  })

/** Whether an unknown thrown value is a fault of this package. */
export const isMigrationFault = (value: unknown): value is MigrationFault =>
  value instanceof Error && value.name === 'MigrationFault'

type FromAdapter = { code?: string; meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }

/** PostgreSQL's SQLSTATE of an error that a statement of Prisma or Kysely has thrown; undefined where there is none. */
export const sqlStateOf = (error: unknown): string | undefined =>
  (error as FromAdapter | null | undefined)?.meta?.driverAdapterError?.cause?.originalCode

/** Whether a row was refused since one with its key is there already, through a model or through Kysely. */
export const isTaken = (error: unknown): boolean =>
  sqlStateOf(error) === '23505' || (error as FromAdapter | null | undefined)?.code === 'P2002'

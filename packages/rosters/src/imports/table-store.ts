import type { RawTx } from '@linghang/access'
import { type SharedTables, sqlOf } from '@linghang/database'
import { type Selectable, sql } from 'kysely'
import type { RosterImport } from './roster-import.ts'

export const importKeys = [
  'id',
  'countyId',
  'orgId',
  'state',
  'mode',
  'fileName',
  'fileBytes',
  'rowsTotal',
  'rowsJudged',
  'rowsValid',
  'rowsDone',
  'doneThrough',
  'added',
  'changed',
  'unchanged',
  'refused',
  'errors',
  'warnings',
  'failureCode',
  'failureZh',
  'failureEn',
  'createdAt',
] as const
type ImportRow = Pick<Selectable<SharedTables['rosterImport']>, (typeof importKeys)[number]>

export const toImport = ({ fileBytes, failureCode, failureZh, failureEn, ...row }: ImportRow): RosterImport => ({
  ...row,
  fileBytes: Number(fileBytes),
  failure: failureCode ? { code: failureCode, zh: failureZh ?? '', en: failureEn ?? '' } : null,
})

/** The lease under which a worker has an import; whoever holds an older token has lost it. */
export type Lease = {
  importId: string
  countyId: string
  token: bigint
  traceparent: string | null
  accountId: string | null
  /** How often it was taken up, this time too, without a step forward. */
  claims: number
}

/** An instant of the database's clock, which all workers share. */
export const now = sql<Date>`now()`
export const secondsFromNow = (seconds: number) => sql<Date>`now() + make_interval(secs => ${seconds}::float8)`
export const leaseSeconds = 15
export const uploadSeconds = 60

/** What a file has brought, before anything of it has been looked at. */
export const nothingJudged = {
  rowsTotal: 0,
  rowsJudged: 0,
  rowsValid: 0,
  rowsDone: 0,
  doneThrough: -1,
  added: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  errors: 0,
  warnings: 0,
}

type Part = 'rosterChunk' | 'rosterRow' | 'rosterFinding' | 'rosterMissing'
export async function clearParts(tx: RawTx, importId: string, parts: readonly Part[]): Promise<void> {
  for (const part of parts) await sqlOf(tx).deleteFrom(part).where('importId', '=', importId).execute()
}

/** The import itself, to be changed. */
export const change = (tx: RawTx, importId: string) => sqlOf(tx).updateTable('rosterImport').where('id', '=', importId)

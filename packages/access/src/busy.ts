import { sqlStateOf } from '@linghang/database'

/**
 * There was no connection, no turn or no lock in time. Nothing was written: whoever asked may ask again, with the same key
 * or without one.
 */
export class Busy extends Error {
  override name = 'Busy'
}

// What PostgreSQL has undone because it took too long or met another one: a statement cancelled, a lock not given, a
// deadlock, a transaction that would have seen another's writing; no connection left.
const undone = new Set(['57014', '55P03', '40P01', '40001', '53300', '57P03'])

/**
 * Whether a transaction was given up for want of time or room, so that nothing of it was written. A connection that was
 * lost is none of these: whether its commit arrived is not known.
 */
export function isUndoneByLoad(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  // Prisma: no transaction begun in time, or one that has lasted too long and was taken back (P2028); no connection (P2024).
  if (code === 'P2028' || code === 'P2024') return true
  if (undone.has(sqlStateOf(error) ?? '')) return true
  // The pool itself, before there was a connection.
  return typeof message === 'string' && message.includes('timeout exceeded when trying to connect')
}

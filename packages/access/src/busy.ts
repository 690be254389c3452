import { sqlStateOf, whyUnserved } from '@linghang/database'

/**
 * There was no connection, no turn or no lock in time, or the database could not go on. Nothing was written: whoever asked
 * may ask again, with the same key or without one.
 */
export class Busy extends Error {
  override name = 'Busy'
}

/**
 * The connection was lost while what was done was being committed: it is done or it is not. Whoever asked asks again with
 * the same key, by which it is known whether it was.
 */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown'
}

// What PostgreSQL has undone because it took too long or met another one: a statement cancelled, a lock not given, a
// deadlock, a transaction that would have seen another's writing.
const undone = new Set(['57014', '55P03', '40P01', '40001'])

/**
 * What an error of a transaction is told as, where it was given up for want of time or room or of a database.
 * @param committing whether everything was done and the commit is on its way: a connection lost then may have taken it there
 * @returns null for anything else
 */
export function givenUp(error: unknown, committing: boolean): Busy | OutcomeUnknown | null {
  const { code } = (error ?? {}) as { code?: unknown }
  // Prisma: no transaction begun in time, or one that has lasted too long and was taken back (P2028); no connection (P2024).
  const isUndone = code === 'P2028' || code === 'P2024' || undone.has(sqlStateOf(error) ?? '')
  const why = isUndone ? 'REFUSED' : whyUnserved(error)
  if (why === null) return null
  if (why === 'LOST' && committing) return new OutcomeUnknown('the connection was lost in the commit', { cause: error })
  return new Busy('no database, no connection or no lock in time', { cause: error })
}

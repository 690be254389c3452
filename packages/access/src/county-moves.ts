import { sqlStateOf } from '@linghang/database'
import { sql } from 'kysely'

/** How far a county is that moves to another cell: what was begun is carried to its end, nothing is written any more, gone; there, not yet open. */
export type Standing = 'LEAVING' | 'STILL' | 'LEFT' | 'ARRIVING'

/** The county moves to another cell, or has moved: of what was asked nothing was written. */
export class CountyMoves extends Error {
  override name = 'CountyMoves'
  readonly standing: Standing
  constructor(standing: Standing, cause: unknown) {
    super(`the county cannot be written to: ${standing}`, { cause })
    this.standing = standing
  }
}

/** Whether a statement was refused since its transaction may not write: of Prisma's, or of the driver's own. */
export const triedToWrite = (error: unknown): boolean =>
  (sqlStateOf(error) ?? (error as { code?: unknown } | null)?.code) === '25006'

/** What is done for a county, or null where it stands still: for whoever goes through counties, of which none holds up the others. */
export const unlessItMoves = <T>(done: Promise<T>): Promise<T | null> =>
  done.catch(error => {
    if (error instanceof CountyMoves) return null
    throw error
  })

/**
 * Whether a row is of a county that lives here: what the service looks for by itself, to work on it, leaves the others out.
 * @param column of the county's id, as the statement calls it
 * @param begunBefore whether that is carried on while a county is leaving
 */
export const livesHere = (column: string, begunBefore = false) =>
  sql<boolean>`not exists (select from county_move m where m.county_id = ${sql.ref(column)}
    and not (${sql.lit(begunBefore)} and m.state = 'LEAVING'))`

import { sqlStateOf } from '@linghang/database'

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

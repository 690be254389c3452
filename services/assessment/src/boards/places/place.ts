import type { Audience, BoardDecision } from '../decisions/decision.ts'

/** An average of fewer would tell of one of them (B8); and of fewer nobody is put on a list either. */
const fewest = 5

/** Who is compared with whom: a scale, the same kind of branch where the pack says so, a committee where it is its own order. */
export type Group = {
  key: string
  scale: string
  kind: string
  committeeId: string | null
  peers: number
  /** In hundredths, of all that are compared. */
  score: number
}
/** A place on a board: points in hundredths, of who has the same the rank is the same. */
export type Place = {
  groupKey: string
  subjectId: string
  orgId: string
  rank: number
  score: number
  /** Of how many times it is the mean; 1 but in a year's order. */
  periods: number
}
export type List = 'RED' | 'BLACK'
/** Ranks through which the red list goes, and from which on the black one does. */
export type Bounds = { redThrough: number; blackFrom: number }

/** The mean of peers; of fewer than five there is none. */
export const averageOf = ({ peers, score }: Pick<Group, 'peers' | 'score'>): number | null =>
  peers < fewest ? null : score

/**
 * Which ranks stand on the lists (S3-27). Neither holds more than half, so that nobody is on both, and of fewer than five peers
 * nobody is on one. Of those who have the same points all are on the red list or none is on the black: rank says how many have
 * more, so that nobody is behind another for nothing.
 */
export function boundsOf(peers: number, { redSize, blackSize }: Pick<BoardDecision, 'redSize' | 'blackSize'>): Bounds {
  if (redSize === null || blackSize === null) return { redThrough: peers, blackFrom: peers + 1 }
  const half = peers < fewest ? 0 : Math.floor(peers / 2)
  return { redThrough: Math.min(redSize, half), blackFrom: peers - Math.min(blackSize, half) + 1 }
}

/** On which list a rank stands; null on neither. */
export function listOf(rank: number, { redThrough, blackFrom }: Bounds): List | null {
  if (rank <= redThrough) return 'RED'
  return rank >= blackFrom ? 'BLACK' : null
}

/** Whether a board for these is for somebody at all: people alone, since no app pushes ranks (R3). */
export function isAddressed(
  audience: Audience,
  { isPerson, holdsOffice, belongs }: { isPerson: boolean; holdsOffice: boolean; belongs: boolean },
): boolean {
  return isPerson && (holdsOffice || (belongs && audience !== 'OFFICES'))
}

export type { Peers as ScoreIndexPeers, Point as ScoreIndexPoint, Series as ScoreIndex } from './series.ts'
/** An organisation directly below, with the one index that was asked for. */
export type ScoreIndexBelow = { id: string; code: string; index: string }

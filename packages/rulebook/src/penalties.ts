import type { Citation } from './deadline.ts'

/** Probation within the party (留党察看): a year or two. Meanwhile the member neither votes, elects nor is elected. */
export const penaltyMonths = { atLeast: 12, atMost: 24 } as const
export const penaltyCitation: Citation = {
  article: '留党察看',
  source: '《中国共产党纪律处分条例》',
  certainty: 'SECONDARY',
}

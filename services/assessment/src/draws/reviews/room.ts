import { room } from '../../work.ts'
import { table } from './errors.ts'
import { hearEnded } from './hear-ended.ts'
import { reviewById } from './read-reviews.ts'
import { reviewResolvers } from './resolvers.ts'

/** What was drawn is judged by two people and published (S0-19): from then on it is a fact of the branch. */
export const reviews = room({
  ...{ errors: table, nodes: { LedgerReview: reviewById }, resolvers: reviewResolvers },
  reactions: { 'ledger-draws': [hearEnded] },
})

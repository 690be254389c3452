import { room } from '../../work.ts'
import { table } from './errors.ts'
import { keepRecordsAndBills } from './follow-register.ts'
import { billById } from './read-bills.ts'
import { billResolvers } from './resolvers.ts'

/** What each member owes for which month. */
export const bills = room({
  errors: table,
  nodes: { DuesBill: billById },
  resolvers: billResolvers,
  reactions: { 'member-register': [keepRecordsAndBills] },
})

import { room } from '../../work.ts'
import { recordOfMember } from './read-records.ts'
import { recordResolvers } from './resolvers.ts'

/** What is known of each person's dues. */
export const records = room({
  nodes: { DuesRecord: recordOfMember },
  resolvers: recordResolvers,
})

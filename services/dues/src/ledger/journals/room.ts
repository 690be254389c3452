import { room } from '../../work.ts'
import { table } from './errors.ts'
import { journalById } from './read-journals.ts'
import { journalResolvers } from './resolvers.ts'

/** What moved money, in double entry. */
export const journals = room({ errors: table, nodes: { DuesJournal: journalById }, resolvers: journalResolvers })

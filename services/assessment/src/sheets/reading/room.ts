import { room } from '../../work.ts'
import { sheetById } from './read-sheets.ts'
import { sheetResolvers } from './resolvers.ts'

/** What a score is of a person or an organisation in a time, and why. */
export const sheets = room({ nodes: { ScoreSheet: sheetById }, resolvers: sheetResolvers })

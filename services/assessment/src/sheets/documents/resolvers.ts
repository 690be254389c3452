import type { Links } from '@linghang/papers/links'
import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { linkSheet } from './open-sheet.ts'

export const sheetDocumentResolvers = (links: Links): Resolvers => ({
  Query: {
    scoreSheetLink: (_, { sheetId }, context) => linkSheet(context, links, fromId('ScoreSheet', sheetId, 'sheetId')),
  },
})

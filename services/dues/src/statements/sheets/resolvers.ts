import type { Links } from '@linghang/papers/links'
import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { linkSheet } from './open-sheet.ts'

export const sheetResolvers = (links: Links): Resolvers => ({
  Query: {
    duesFixingSheetLink: (_, { lineId }, context) =>
      linkSheet(context, links, fromId('DuesFixingLine', lineId, 'lineId')),
  },
})

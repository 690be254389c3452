import type { Links } from '@linghang/papers/links'
import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { linkExport } from './open-export.ts'

export const exportResolvers = (links: Links): Resolvers => ({
  Query: {
    duesExportLink: (_, { organisationId, ...period }, context) =>
      linkExport(context, links, { ...period, orgId: fromId('Organisation', organisationId, 'organisationId') }),
  },
})

import type { Links } from '@linghang/papers/links'
import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { yearOf } from '../settings/year.ts'
import { linkLifeArchive } from './open-archive.ts'

export const archiveResolvers = (links: Links): Resolvers => ({
  Query: {
    lifeArchiveLink: (_, { organisationId, year }, context) =>
      linkLifeArchive(context, links, {
        ...{ orgId: fromId('Organisation', organisationId, 'organisationId'), year: yearOf(year, context.today) },
      }),
  },
})

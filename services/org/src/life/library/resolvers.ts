import type { Links } from '@linghang/papers/links'
import type { Resolvers } from '../../generated/schema-types.ts'
import { isFlow } from './all-texts.ts'
import { fail } from './errors.ts'
import { libraryOn, linkText } from './read-library.ts'
import { setLibraryText } from './set-text.ts'

export const libraryResolvers = (links: Links): Resolvers => ({
  Query: {
    library: async (_, { on }, context) => (await context.load(libraryOn, on ?? context.today)) ?? [],
    libraryTextLink: (_, { name }, context) => linkText(context, links, name),
  },
  LibraryEntry: { isFlow: ({ name }) => isFlow(name) },
  Mutation: {
    setLibraryText: async (_, { input }, context) => {
      const { idempotencyKey, ...wanted } = input
      const name = await context.run(setLibraryText, wanted, idempotencyKey)
      const all = (await context.load(libraryOn, input.effectiveFrom)) ?? []
      const entry = all.find(one => one.name === name)
      return { entry: entry ?? fail('NOT_FOUND', { what: `Library:${name}` }) }
    },
  },
})

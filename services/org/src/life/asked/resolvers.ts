import type { Resolvers } from '../../generated/schema-types.ts'
import type { FieldCount } from './asked-fields.ts'
import { createAskedOf } from './read-asked.ts'

export function createAskedResolvers(fields: ReadonlyMap<string, FieldCount>): Resolvers {
  const askedOf = createAskedOf(fields)
  return {
    Organisation: {
      askedFor: async ({ id }, { month }, context) =>
        (await context.load(askedOf, id, month ?? context.today))?.[0] ?? null,
    },
    AskedOfOrganisation: {
      forms: ({ lines }) => [...lines],
      times: ({ lines }) => lines.reduce((sum, { times }) => sum + times, 0),
      fields: ({ lines }) => lines.reduce((sum, { times, asked }) => sum + times * asked, 0),
    },
    AskedForm: {
      name: ({ mutation }) => mutation,
      fields: ({ asked }) => asked,
      article: ({ citation }) => citation.article,
      source: ({ citation }) => citation.source,
      certainty: ({ citation }) => citation.certainty,
    },
  }
}

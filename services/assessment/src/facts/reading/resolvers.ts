import { connection, ref } from '@linghang/subgraph'
import type { FactKind, OrganisationFactsArgs, Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { factCountOf, factsOfSubject } from './read-facts.ts'
import { sourceOf } from './source.ts'

const facts = (subject: 'Member' | 'Organisation', id: string, args: OrganisationFactsArgs, context: Context) => {
  const filter = { kind: args.kind ?? null, from: args.from ?? null, until: args.until ?? null }
  return connection(context, args, {
    of: [`${subject}.facts`, id, filter.kind ?? '', filter.from ?? '', filter.until ?? ''],
    read: stretch => context.load(factsOfSubject, id, filter, stretch),
    count: () => context.load(factCountOf, id, filter),
    place: fact => [fact.day, fact.sourceId, fact.toldAs, `${fact.n}`],
  })
}

export const readingResolvers: Resolvers = {
  Member: { facts: ({ uuid }, args, context) => facts('Member', uuid, args, context) },
  Organisation: { facts: ({ uuid }, args, context) => facts('Organisation', uuid, args, context) },
  Fact: {
    // What is kept is of the kinds that there are: nothing else is ever told.
    kind: ({ kind }) => kind as FactKind,
    quantity: ({ quantity }) => quantity / 100,
    attributes: ({ attributes }) => Object.entries(attributes).map(([key, value]) => ({ key, value: `${value}` })),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    source: (fact, _, context) => sourceOf(context, fact),
    sourceVersion: ({ sourceVersion }) => Number(sourceVersion),
  },
}

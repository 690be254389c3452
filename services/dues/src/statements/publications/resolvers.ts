import type { Links } from '@linghang/papers/links'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { readFrozen } from '../books/year-statement.ts'
import { linkPublication } from './open-publication.ts'
import { undecided } from './policy.ts'
import type { PublishedContent } from './publication.ts'
import { publishDues } from './publish-dues.ts'
import { policyOfDay, publicationById, publicationCountOf, publicationsOf } from './read-publications.ts'
import { setPublicationPolicy } from './set-policy.ts'

const policyFor = async (context: Context, day: string) => (await context.load(policyOfDay, day)) ?? undecided

export const publicationResolvers = (links: Links): Resolvers => ({
  DuesPublication: {
    id: ({ id }) => toId('DuesPublication', id),
    ref: ({ id }) => toId('DuesPublication', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    organisationName: ({ orgName }) => orgName,
    corrects: ({ replaces }, _, context) => (replaces === null ? null : context.load(publicationById, replaces)),
    contentHash: ({ contentHash }) => Buffer.from(contentHash).toString('hex'),
    statement: ({ content }) => readFrozen<PublishedContent>(content),
    members: ({ content }) => [...(readFrozen<PublishedContent>(content).members ?? [])],
    namesMembers: ({ content }) => readFrozen<PublishedContent>(content).members !== null,
  },
  DuesPaidByMember: { member: ({ memberId }) => ref('Member', memberId) },
  Organisation: {
    duesPublications: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.duesPublications', uuid],
        read: stretch => context.load(publicationsOf, uuid, stretch),
        count: () => context.load(publicationCountOf, uuid),
        place: ({ id }) => [id],
      }),
  },
  Query: {
    duesPublicationPolicy: (_, { on }, context) => policyFor(context, on ?? context.today),
    duesPublicationLink: (_, { publicationId }, context) =>
      linkPublication(context, links, fromId('DuesPublication', publicationId, 'publicationId')),
  },
  Mutation: {
    publishDues: async (_, { input }, context) => {
      const { organisationId, year, remarks, correction, idempotencyKey } = input
      const wanted = {
        ...{ orgId: fromId('Organisation', organisationId, 'organisationId'), year, remarks: remarks ?? null },
        correction: correction
          ? {
              replaces: fromId('DuesPublication', correction.publicationId, 'publicationId'),
              reason: correction.reason,
            }
          : null,
      }
      return {
        publication: await context.load(publicationById, await context.run(publishDues, wanted, idempotencyKey)),
      }
    },
    setDuesPublicationPolicy: async (_, { input: { idempotencyKey, ...input } }, context) => ({
      policy: await policyFor(context, await context.run(setPublicationPolicy, input, idempotencyKey)),
    }),
  },
})

import { connection, fromId, requireGiven, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { changeOrganisation } from './change-organisation.ts'
import { moveOrganisation } from './move-organisation.ts'
import {
  childCountOf,
  childrenOf,
  countOrganisations,
  listOrganisations,
  organisationByCode,
  organisationById,
  superiorsOf,
} from './read-organisations.ts'
import { recordApprovalPower } from './record-approval-power.ts'
import { registerOrganisation } from './register-organisation.ts'

const payload = async (context: Context, id: string) => ({ organisation: await context.load(organisationById, id) })

export const organisationResolvers: Resolvers = {
  Query: {
    organisation: (_, args, context) =>
      args.id != null
        ? context.load(organisationById, fromId('Organisation', args.id))
        : args.code != null
          ? context.load(organisationByCode, args.code)
          : null,
    organisations: (_, args, context) => {
      const filter = {
        kind: args.kind ?? null,
        ended: args.ended,
        nameStartsWith: args.nameStartsWith?.normalize('NFKC').replace(/\s+/gu, '') ?? null,
      }
      return connection(context, args, {
        of: ['Query.organisations', filter],
        read: stretch => context.perform(work => listOrganisations(work, filter, stretch)),
        count: () => context.perform(work => countOrganisations(work, filter)),
        place: row => [row.code],
      })
    },
  },
  Organisation: {
    id: organisation => toId('Organisation', organisation.id),
    endedInto: ({ endedInto }, _, context) => (endedInto === null ? null : context.load(organisationById, endedInto)),
    superior: async (organisation, _, context) => (await context.load(superiorsOf, organisation.id))[0] ?? null,
    superiors: (organisation, _, context) => context.load(superiorsOf, organisation.id),
    children: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Organisation.children', id],
        read: stretch => context.load(childrenOf, id, stretch),
        count: () => context.load(childCountOf, id),
        place: row => [row.code],
      }),
  },
  Mutation: {
    registerOrganisation: async (_, { input }, context) => {
      const { idempotencyKey, superiorId, establishedOn, term, ...rest } = input
      const record = {
        ...rest,
        superiorId: fromId('Organisation', superiorId, 'superiorId'),
        establishedOn: establishedOn ?? null,
        term: term ?? null,
      }
      return payload(context, await context.run(registerOrganisation, record, idempotencyKey))
    },
    changeOrganisation: async (_, { input }, context) => {
      const { id, expectedVersion, idempotencyKey, ...change } = input
      requireGiven(change, ['name', 'kind'])
      const wanted = { id: fromId('Organisation', id), change, expectedVersion: expectedVersion ?? null }
      return payload(context, await context.run(changeOrganisation, wanted, idempotencyKey))
    },
    recordApprovalPower: async (_, { input }, context) => {
      const { approves = null, basis } = input
      const power = approves === null ? null : { approves, basis: basis ?? '' }
      const wanted = { id: fromId('Organisation', input.id), power }
      return payload(context, await context.run(recordApprovalPower, wanted, input.idempotencyKey))
    },
    moveOrganisation: async (_, { input }, context) => {
      const id = fromId('Organisation', input.id)
      const superiorId = fromId('Organisation', input.superiorId, 'superiorId')
      return payload(context, await context.run(moveOrganisation, { id, superiorId }, input.idempotencyKey))
    },
  },
}

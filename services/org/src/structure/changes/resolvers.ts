import { connection, fromId, optionalId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import { changeById, changeCountOf, changesOf } from './read-changes.ts'
import { requestOrganisationChange, resubmitOrganisationChange, withdrawOrganisationChange } from './request-change.ts'

const payload = async (context: Context, id: string) => ({ change: await context.load(changeById, id) })
const organisation = (context: Context, id: string | null) => (id === null ? null : context.load(organisationById, id))

export const changeResolvers: Resolvers = {
  Organisation: {
    changes: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Organisation.changes', id],
        read: stretch => context.load(changesOf, id, stretch),
        count: () => context.load(changeCountOf, id),
        place: row => [row.id],
      }),
  },
  OrganisationChange: {
    id: change => toId('OrganisationChange', change.id),
    organisation: ({ orgId }, _, context) => organisation(context, orgId),
    approval: ({ approvalId }) => ref('Approval', approvalId),
    organisationKind: ({ toKind }) => toKind,
    superior: ({ superiorId }, _, context) => organisation(context, superiorId),
    into: ({ intoOrgId }, _, context) => organisation(context, intoOrgId),
    memberIds: ({ memberIds }) => memberIds.map(id => toId('Member', id)),
    made: ({ madeOrgId }, _, context) => organisation(context, madeOrgId),
  },
  Mutation: {
    requestOrganisationChange: async (_, { input }, context) => {
      const wanted = {
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        kind: input.kind,
        reason: input.reason,
        code: input.code ?? null,
        name: input.name ?? null,
        toKind: input.organisationKind ?? null,
        superiorId: optionalId('Organisation', input.superiorId, 'superiorId'),
        endsOn: input.endsOn ?? null,
        memberIds: (input.memberIds ?? []).map(id => fromId('Member', id, 'memberIds')),
        intoOrgId: optionalId('Organisation', input.intoOrganisationId, 'intoOrganisationId'),
      }
      return payload(context, await context.run(requestOrganisationChange, wanted, input.idempotencyKey))
    },
    resubmitOrganisationChange: async (_, { input }, context) => {
      const wanted = { id: fromId('OrganisationChange', input.id), reason: input.reason }
      return payload(context, await context.run(resubmitOrganisationChange, wanted, input.idempotencyKey))
    },
    withdrawOrganisationChange: async (_, { input }, context) => {
      const wanted = { id: fromId('OrganisationChange', input.id) }
      return payload(context, await context.run(withdrawOrganisationChange, wanted, input.idempotencyKey))
    },
  },
}

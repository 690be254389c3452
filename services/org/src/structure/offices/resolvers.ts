import { isOfCity, NotForCity } from '@linghang/access'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { accountById } from '../accounts/read-accounts.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import { appointOffice } from './appoint-office.ts'
import { endOffice } from './end-office.ts'
import type { Me } from './models.ts'
import { isSelfAppointed } from './office.ts'
import { officeById, officeCountAt, officesAt, ownOffices } from './read-offices.ts'
import { releaseAccount } from './release-account.ts'

const meOf = ({ actor: { accountId, kind, memberId } }: Context): Me => ({ id: accountId ?? '', kind, memberId })
const officePayload = async (context: Context, id: string) => ({ office: await context.load(officeById, id) })

export const officeResolvers: Resolvers = {
  Query: {
    me: (_, __, context) => {
      if (isOfCity(context.actor)) throw new NotForCity()
      return meOf(context)
    },
  },
  Me: {
    __resolveReference: (reference, context) =>
      reference.id === toId('Account', meOf(context).id) ? meOf(context) : null,
    id: me => toId('Account', me.id),
    member: me => ref('Member', me.memberId),
    offices: (me, _, context) => context.load(ownOffices, me.id),
  },
  Organisation: {
    offices: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Organisation.offices', id, args.history],
        read: stretch => context.load(officesAt, id, args.history, stretch),
        count: () => context.load(officeCountAt, id, args.history),
        place: row => [row.id],
      }),
  },
  Office: {
    id: office => toId('Office', office.id),
    organisation: ({ orgId }, _, context) => (orgId === null ? null : context.load(organisationById, orgId)),
    account: (office, _, context) => context.load(accountById, office.accountId),
    appointedBy: ({ appointedBy }, _, context) =>
      appointedBy === null ? null : context.load(accountById, appointedBy),
    selfAppointed: isSelfAppointed,
  },
  Mutation: {
    releaseAccount: async (_, { input }, context) => {
      const wanted = { accountId: fromId('Account', input.accountId, 'accountId'), reason: input.reason }
      const id = await context.run(releaseAccount, wanted, input.idempotencyKey)
      return { account: await context.load(accountById, id) }
    },
    appointOffice: async (_, { input }, context) => {
      const appointment = {
        accountId: fromId('Account', input.accountId, 'accountId'),
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        role: input.role,
        startsOn: input.startsOn ?? null,
        endsOn: input.endsOn ?? null,
      }
      return officePayload(context, await context.run(appointOffice, appointment, input.idempotencyKey))
    },
    endOffice: async (_, { input }, context) => {
      const end = {
        officeId: fromId('Office', input.officeId, 'officeId'),
        endsOn: input.endsOn ?? null,
        reason: input.reason,
      }
      return officePayload(context, await context.run(endOffice, end, input.idempotencyKey))
    },
  },
}

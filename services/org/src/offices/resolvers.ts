import type { Role } from '@linghang/access'
import { fromId, openPage, type PageArgs, type ResolverMap, toId } from '@linghang/subgraph'
import { accountById } from '../accounts/read-accounts.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import type { Context } from '../work.ts'
import { appointOffice } from './appoint-office.ts'
import { endOffice } from './end-office.ts'
import { isSelfAppointed, type Office } from './office.ts'
import { officeById, officeCountAt, officesAt, ownOffices } from './read-offices.ts'
import { releaseAccount } from './release-account.ts'

type Me = { id: string; kind: string; memberId: string | null }
type Input<T> = { input: T & { idempotencyKey?: string | null } }
type AppointOfficeInput = {
  accountId: string
  organisationId: string
  role: Role
  startsOn?: string
  endsOn?: string
}

const meOf = ({ actor: { accountId, kind, memberId } }: Context): Me => ({ id: accountId ?? '', kind, memberId })
const officePayload = async (context: Context, id: string) => ({ office: await context.load(officeById, id) })

export const officeResolvers: ResolverMap = {
  Query: {
    me: (_: unknown, __: unknown, context: Context) => meOf(context),
  },
  Me: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      reference.id === toId('Account', meOf(context).id) ? meOf(context) : null,
    id: (me: Me) => toId('Account', me.id),
    member: (me: Me) => me.memberId && { id: toId('Member', me.memberId) },
    offices: (me: Me, _: unknown, context: Context) => context.load(ownOffices, me.id),
  },
  Organisation: {
    offices: async (organisation: Organisation, args: PageArgs & { history: boolean }, context: Context) => {
      const list = ['Organisation.offices', organisation.id, args.history]
      const { stretch, page } = openPage(context.cursors, list, args)
      return page(
        await context.load(officesAt, organisation.id, args.history, stretch),
        row => [row.id],
        () => context.load(officeCountAt, organisation.id, args.history),
      )
    },
  },
  Office: {
    id: (office: Office) => toId('Office', office.id),
    organisation: (office: Office, _: unknown, context: Context) =>
      office.orgId && context.load(organisationById, office.orgId),
    account: (office: Office, _: unknown, context: Context) => context.load(accountById, office.accountId),
    appointedBy: (office: Office, _: unknown, context: Context) =>
      office.appointedBy && context.load(accountById, office.appointedBy),
    selfAppointed: isSelfAppointed,
  },
  Mutation: {
    releaseAccount: async (_: unknown, { input }: Input<{ accountId: string; reason: string }>, context: Context) => {
      const wanted = { accountId: fromId('Account', input.accountId, 'accountId'), reason: input.reason }
      const id = await context.run(releaseAccount, wanted, input.idempotencyKey)
      return { account: await context.load(accountById, id) }
    },
    appointOffice: async (_: unknown, { input }: Input<AppointOfficeInput>, context: Context) => {
      const appointment = {
        accountId: fromId('Account', input.accountId, 'accountId'),
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        role: input.role,
        startsOn: input.startsOn ?? null,
        endsOn: input.endsOn ?? null,
      }
      return officePayload(context, await context.run(appointOffice, appointment, input.idempotencyKey))
    },
    endOffice: async (
      _: unknown,
      { input }: Input<{ officeId: string; endsOn?: string; reason: string }>,
      context: Context,
    ) => {
      const end = {
        officeId: fromId('Office', input.officeId, 'officeId'),
        endsOn: input.endsOn ?? null,
        reason: input.reason,
      }
      return officePayload(context, await context.run(endOffice, end, input.idempotencyKey))
    },
  },
}

import type { Role } from '@linghang/access'
import { fromId, openPage, optionalId, type PageArgs, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { type Account, type AccountKind, isSelfAppointed, type Office } from './office.ts'

type Me = { id: string; kind: string; memberId: string | null }

export const officeResolvers = {
  Query: {
    me: (_: unknown, __: unknown, context: Context): Me => ({
      id: context.actor.accountId ?? '',
      kind: context.actor.kind,
      memberId: context.actor.memberId,
    }),
  },
  Me: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      reference.id === toId('Account', context.actor.accountId ?? '')
        ? { id: context.actor.accountId, kind: context.actor.kind, memberId: context.actor.memberId }
        : null,
    id: (me: Me) => toId('Account', me.id),
    county: async (_: Me, __: unknown, context: Context) => (await context.load.me()).county,
    member: (me: Me) => me.memberId && { id: toId('Member', me.memberId) },
    offices: async (_: Me, __: unknown, context: Context) => (await context.load.me()).offices,
  },
  Organisation: {
    offices: async (organisation: Organisation, args: PageArgs & { history: boolean }, context: Context) => {
      const list = ['Organisation.offices', organisation.id, args.history]
      const { stretch, page } = openPage(context.cursors, list, args)
      return page(
        await context.load.officesAt(organisation.id, args.history, stretch),
        row => [row.id],
        () => context.load.officeCount(organisation.id, args.history),
      )
    },
  },
  Office: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      context.load.office(fromId('Office', reference.id)),
    id: (office: Office) => toId('Office', office.id),
    organisation: (office: Office, _: unknown, context: Context) =>
      office.orgId && context.load.organisation(office.orgId),
    account: (office: Office, _: unknown, context: Context) => context.load.account(office.accountId),
    appointedBy: (office: Office, _: unknown, context: Context) =>
      office.appointedBy && context.load.account(office.appointedBy),
    selfAppointed: isSelfAppointed,
  },
  Account: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      context.load.account(fromId('Account', reference.id)),
    id: (account: Account) => toId('Account', account.id),
    confirmed: (account: Account) => account.confirmedAt !== null,
    member: (account: Account) => account.memberId && { id: toId('Member', account.memberId) },
  },
  Mutation: {
    linkAccount: async (
      _: unknown,
      {
        input,
      }: {
        input: {
          organisationId: string
          kind: AccountKind
          issuer: string
          subject: string
          memberId?: string
          idempotencyKey?: string
        }
      },
      context: Context,
    ) => {
      const { organisationId, memberId, idempotencyKey, ...rest } = input
      const link = {
        ...rest,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        memberId: optionalId('Member', memberId, 'memberId'),
      }
      const id = await context.rooms.linkAccount(context.actor, link, idempotencyKey ?? null)
      return { account: await context.load.account(id) }
    },
    confirmAccount: async (
      _: unknown,
      { input }: { input: { accountId: string; idempotencyKey?: string } },
      context: Context,
    ) => {
      const accountId = fromId('Account', input.accountId, 'accountId')
      const id = await context.rooms.confirmAccount(context.actor, { accountId }, input.idempotencyKey ?? null)
      return { account: await context.load.account(id) }
    },
    releaseAccount: async (
      _: unknown,
      { input }: { input: { accountId: string; reason: string; idempotencyKey?: string } },
      context: Context,
    ) => {
      const { reason, idempotencyKey } = input
      const wanted = { accountId: fromId('Account', input.accountId, 'accountId'), reason }
      const id = await context.rooms.releaseAccount(context.actor, wanted, idempotencyKey ?? null)
      return { account: await context.load.account(id) }
    },
    appointOffice: async (
      _: unknown,
      {
        input,
      }: {
        input: {
          accountId: string
          organisationId: string
          role: Role
          startsOn?: string
          endsOn?: string
          idempotencyKey?: string
        }
      },
      context: Context,
    ) => {
      const appointment = {
        accountId: fromId('Account', input.accountId, 'accountId'),
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        role: input.role,
        startsOn: input.startsOn ?? null,
        endsOn: input.endsOn ?? null,
      }
      const id = await context.rooms.appointOffice(context.actor, appointment, input.idempotencyKey ?? null)
      return { office: await context.load.office(id) }
    },
    endOffice: async (
      _: unknown,
      { input }: { input: { officeId: string; endsOn?: string; reason: string; idempotencyKey?: string } },
      context: Context,
    ) => {
      const end = {
        officeId: fromId('Office', input.officeId, 'officeId'),
        endsOn: input.endsOn ?? null,
        reason: input.reason,
      }
      const id = await context.rooms.endOffice(context.actor, end, input.idempotencyKey ?? null)
      return { office: await context.load.office(id) }
    },
  },
}

import { fromId, openPage, type PageArgs, type ResolverMap, requireGiven, toId } from '@linghang/subgraph'
import type { Context } from '../work.ts'
import { changeOrganisation } from './change-organisation.ts'
import { moveOrganisation } from './move-organisation.ts'
import type { Organisation, OrganisationKind, Term } from './organisation.ts'
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

type Input<T> = { input: T & { idempotencyKey?: string | null } }

const payload = async (context: Context, id: string) => ({ organisation: await context.load(organisationById, id) })

export const organisationResolvers: ResolverMap = {
  Query: {
    organisation: (_: unknown, args: { id?: string; code?: string }, context: Context) =>
      args.id != null
        ? context.load(organisationById, fromId('Organisation', args.id))
        : args.code != null
          ? context.load(organisationByCode, args.code)
          : null,
    organisations: async (
      _: unknown,
      args: PageArgs & { kind?: OrganisationKind; nameStartsWith?: string },
      context: Context,
    ) => {
      const filter = {
        kind: args.kind ?? null,
        nameStartsWith: args.nameStartsWith?.normalize('NFKC').replace(/\s+/gu, '') ?? null,
      }
      const { stretch, page } = openPage(context.cursors, ['Query.organisations', filter], args)
      return page(
        await context.perform(work => listOrganisations(work, filter, stretch)),
        row => [row.code],
        () => context.perform(work => countOrganisations(work, filter)),
      )
    },
  },
  Organisation: {
    id: (organisation: Organisation) => toId('Organisation', organisation.id),
    superior: async (organisation: Organisation, _: unknown, context: Context) =>
      (await context.load(superiorsOf, organisation.id))[0] ?? null,
    superiors: (organisation: Organisation, _: unknown, context: Context) => context.load(superiorsOf, organisation.id),
    children: async (organisation: Organisation, args: PageArgs, context: Context) => {
      const { stretch, page } = openPage(context.cursors, ['Organisation.children', organisation.id], args)
      return page(
        await context.load(childrenOf, organisation.id, stretch),
        row => [row.code],
        () => context.load(childCountOf, organisation.id),
      )
    },
  },
  Mutation: {
    registerOrganisation: async (
      _: unknown,
      {
        input,
      }: Input<{
        superiorId: string
        code: string
        name: string
        kind: OrganisationKind
        establishedOn?: string
        term?: Term | null
      }>,
      context: Context,
    ) => {
      const { idempotencyKey, superiorId, establishedOn, term, ...rest } = input
      const record = {
        ...rest,
        superiorId: fromId('Organisation', superiorId, 'superiorId'),
        establishedOn: establishedOn ?? null,
        term: term ?? null,
      }
      return payload(context, await context.run(registerOrganisation, record, idempotencyKey))
    },
    changeOrganisation: async (
      _: unknown,
      { input }: Input<{ id: string; expectedVersion?: number }>,
      context: Context,
    ) => {
      const { id, expectedVersion, idempotencyKey, ...change } = input
      requireGiven(change as { name?: unknown; kind?: unknown }, ['name', 'kind'])
      const wanted = { id: fromId('Organisation', id), change, expectedVersion: expectedVersion ?? null }
      return payload(context, await context.run(changeOrganisation, wanted, idempotencyKey))
    },
    recordApprovalPower: async (
      _: unknown,
      { input }: Input<{ id: string; approves?: boolean | null; basis?: string | null }>,
      context: Context,
    ) => {
      const { approves = null, basis } = input
      const power = approves === null ? null : { approves, basis: basis ?? '' }
      const wanted = { id: fromId('Organisation', input.id), power }
      return payload(context, await context.run(recordApprovalPower, wanted, input.idempotencyKey))
    },
    moveOrganisation: async (_: unknown, { input }: Input<{ id: string; superiorId: string }>, context: Context) => {
      const id = fromId('Organisation', input.id)
      const superiorId = fromId('Organisation', input.superiorId, 'superiorId')
      return payload(context, await context.run(moveOrganisation, { id, superiorId }, input.idempotencyKey))
    },
  },
}

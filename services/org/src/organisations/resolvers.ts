import { auditTrailOf, fromId, openPage, type PageArgs, parseId, requireGiven, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { Organisation, OrganisationKind, Term } from './organisation.ts'

type TermInput = Term | null | undefined

/** Things of other subgraphs, which give their ids and the rest, or answer null. */
const typesElsewhere = [
  ...['Member', 'MemberImport', 'DevelopmentCase', 'Material', 'DuesRecord'],
  ...['Deadline', 'Approval', 'Delegation'],
]
const elsewhere: ReadonlySet<string> = new Set(typesElsewhere)
const byReference = { ref: ({ id }: { id: string }) => id }

/** Where an id leads, told by what it begins with; a thing that is not the actor's to see is null as one that is not. */
async function nodeOf(context: Context, id: string): Promise<object | null> {
  const parsed = parseId(id)
  if (!parsed) return null
  const { type, uuid } = parsed
  if (elsewhere.has(type)) return { __typename: type, id }
  const loaders: Record<string, (uuid: string) => Promise<object | null>> = {
    Organisation: context.load.organisation,
    Office: context.load.office,
    Account: context.load.account,
    OrganisationImport: context.load.rosterImport,
    Meeting: context.load.meeting,
  }
  const found = await loaders[type]?.(uuid)
  return found ? { ...found, __typename: type } : null
}

const payload = async (context: Context, id: string) => ({ organisation: await context.load.organisation(id) })

export const organisationResolvers = {
  ...Object.fromEntries(typesElsewhere.map(type => [type, byReference])),
  Node: { __resolveType: (node: { __typename: string }) => node.__typename },
  Query: {
    node: (_: unknown, args: { id: string }, context: Context) => nodeOf(context, args.id),
    organisation: (_: unknown, args: { id?: string; code?: string }, context: Context) =>
      args.id != null
        ? context.load.organisation(fromId('Organisation', args.id))
        : args.code != null
          ? context.load.organisationByCode(args.code)
          : null,
    auditTrail: (_: unknown, __: unknown, context: Context) => auditTrailOf(context.actor),
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
        await context.rooms.listOrganisations(context.actor, filter, stretch),
        row => [row.code],
        () => context.rooms.countOrganisations(context.actor, filter),
      )
    },
  },
  Organisation: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      context.load.organisation(fromId('Organisation', reference.id)),
    id: (organisation: Organisation) => toId('Organisation', organisation.id),
    superior: async (organisation: Organisation, _: unknown, context: Context) =>
      (await context.load.superiors(organisation.id))[0] ?? null,
    superiors: (organisation: Organisation, _: unknown, context: Context) => context.load.superiors(organisation.id),
    children: async (organisation: Organisation, args: PageArgs, context: Context) => {
      const { stretch, page } = openPage(context.cursors, ['Organisation.children', organisation.id], args)
      return page(
        await context.load.children(organisation.id, stretch),
        row => [row.code],
        () => context.load.childCount(organisation.id),
      )
    },
  },
  Mutation: {
    registerOrganisation: async (
      _: unknown,
      {
        input,
      }: {
        input: {
          superiorId: string
          code: string
          name: string
          kind: OrganisationKind
          establishedOn?: string
          term?: TermInput
          idempotencyKey?: string
        }
      },
      context: Context,
    ) => {
      const { idempotencyKey, superiorId, establishedOn, term, ...rest } = input
      const record = {
        ...rest,
        superiorId: fromId('Organisation', superiorId, 'superiorId'),
        establishedOn: establishedOn ?? null,
        term: term ?? null,
      }
      return payload(context, await context.rooms.registerOrganisation(context.actor, record, idempotencyKey ?? null))
    },
    changeOrganisation: async (
      _: unknown,
      { input }: { input: { id: string; expectedVersion?: number; idempotencyKey?: string } },
      context: Context,
    ) => {
      const { id, expectedVersion, idempotencyKey, ...change } = input
      requireGiven(change as { name?: unknown; kind?: unknown }, ['name', 'kind'])
      const uuid = fromId('Organisation', id)
      return payload(
        context,
        await context.rooms.changeOrganisation(
          context.actor,
          uuid,
          change,
          expectedVersion ?? null,
          idempotencyKey ?? null,
        ),
      )
    },
    recordApprovalPower: async (
      _: unknown,
      { input }: { input: { id: string; approves?: boolean | null; basis?: string | null; idempotencyKey?: string } },
      context: Context,
    ) => {
      const { approves = null, basis, idempotencyKey } = input
      const power = approves === null ? null : { approves, basis: basis ?? '' }
      const id = fromId('Organisation', input.id)
      return payload(context, await context.rooms.recordApprovalPower(context.actor, id, power, idempotencyKey ?? null))
    },
    moveOrganisation: async (
      _: unknown,
      { input }: { input: { id: string; superiorId: string; idempotencyKey?: string } },
      context: Context,
    ) => {
      const id = fromId('Organisation', input.id)
      const superiorId = fromId('Organisation', input.superiorId, 'superiorId')
      return payload(
        context,
        await context.rooms.moveOrganisation(context.actor, id, superiorId, input.idempotencyKey ?? null),
      )
    },
  },
}

import { fromId, type PageArgs, pageSize, parseId, toId, toPage } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { Organisation, OrganisationKind, Term } from './organisation.ts'

type TermInput = Term | null | undefined

/** Things of other subgraphs, which fill in the rest or answer null. */
const elsewhere: ReadonlySet<string> = new Set(['Member', 'MemberImport', 'Deadline', 'DevelopmentCase', 'Approval'])

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
  Node: { __resolveType: (node: { __typename: string }) => node.__typename },
  Query: {
    node: (_: unknown, args: { id: string }, context: Context) => nodeOf(context, args.id),
    organisation: (_: unknown, args: { id?: string; code?: string }, context: Context) =>
      args.id
        ? context.load.organisation(fromId('Organisation', args.id))
        : args.code
          ? context.load.organisationByCode(args.code)
          : null,
    organisations: async (
      _: unknown,
      args: PageArgs & { kind?: OrganisationKind; nameStartsWith?: string },
      context: Context,
    ) => {
      const size = pageSize(args)
      const filter = { kind: args.kind ?? null, nameStartsWith: args.nameStartsWith ?? null }
      const after = args.after ? (context.cursors.decode(args.after)[0] ?? null) : null
      const rows = await context.rooms.listOrganisations(context.actor, filter, size, after)
      return toPage(
        rows,
        size,
        context.cursors,
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
      const size = pageSize(args)
      const after = args.after ? (context.cursors.decode(args.after)[0] ?? null) : null
      const rows = await context.load.children(organisation.id, size, after)
      return toPage(
        rows,
        size,
        context.cursors,
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

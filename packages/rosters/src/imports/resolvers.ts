import type { Actor } from '@linghang/access'
import { type Cursors, type EntityType, fromId, type PageArgs, pageSize, toId, toPage } from '@linghang/subgraph'
import type { Severity } from '../finding.ts'
import type { ImportMode, RosterImport } from './roster-import.ts'
import type { ImportUseCases } from './use-cases.ts'

type ImportContext = {
  actor: Actor
  cursors: Cursors
  imports: ImportUseCases
  load: { rosterImport: (id: string) => Promise<RosterImport | null> }
}

/**
 * The resolvers of one kind of import; the two services that take rosters differ in names alone.
 * @param names of the type and of what a row is about: `MemberImport`, `Member`
 * @param service part of the address to which the file is put
 */
export function createImportResolvers(names: {
  type: Extract<EntityType, 'OrganisationImport' | 'MemberImport'>
  subject: 'Organisation' | 'Member'
  service: string
}) {
  const { type, subject, service } = names
  const uuidOf = (id: string) => fromId(type, id)
  const payload = async (context: ImportContext, id: string) => ({ import: await context.load.rosterImport(id) })
  return {
    Query: {
      [lowerFirst(type)]: (_: unknown, args: { id: string }, context: ImportContext) =>
        context.load.rosterImport(uuidOf(args.id)),
    },
    Mutation: {
      [`create${type}`]: async (
        _: unknown,
        { input }: { input: { organisationId?: string; fileName?: string } },
        context: ImportContext,
      ) => {
        const orgId = input.organisationId ? fromId('Organisation', input.organisationId, 'organisationId') : null
        const id = await context.imports.create(context.actor, orgId, input.fileName ?? null)
        return { import: await context.load.rosterImport(id), putTo: `/imports/${service}/${id}/file` }
      },
      [`preview${type}`]: async (_: unknown, { input }: { input: { id: string } }, context: ImportContext) => {
        await context.imports.preview(context.actor, uuidOf(input.id))
        return payload(context, uuidOf(input.id))
      },
      [`commit${type}`]: async (
        _: unknown,
        { input }: { input: { id: string; mode: ImportMode } },
        context: ImportContext,
      ) => {
        await context.imports.commit(context.actor, uuidOf(input.id), input.mode)
        return payload(context, uuidOf(input.id))
      },
    },
    [type]: {
      __resolveReference: (reference: { id: string }, context: ImportContext) =>
        context.load.rosterImport(uuidOf(reference.id)),
      id: (found: RosterImport) => toId(type, found.id),
      failure: (found: RosterImport) =>
        found.failure && { code: found.failure.code, message: { zh: found.failure.zh, en: found.failure.en } },
      findingsFile: (found: RosterImport) => `/imports/${service}/${found.id}/findings.csv`,
      findings: async (found: RosterImport, args: PageArgs & { severity?: Severity }, context: ImportContext) => {
        const size = pageSize(args)
        const severity = args.severity ?? null
        const after = args.after ? Number(context.cursors.decode(args.after)[0]) : -1
        const rows = await context.imports.findings(context.actor, found.id, severity, size + 1, after)
        return toPage(
          rows,
          size,
          context.cursors,
          row => [String(row.n)],
          () => context.imports.countFindings(context.actor, found.id, severity),
        )
      },
      missing: async (found: RosterImport, args: PageArgs, context: ImportContext) => {
        const size = pageSize(args)
        const after = args.after ? (context.cursors.decode(args.after)[0] ?? null) : null
        const ids = await context.imports.missing(context.actor, found.id, size + 1, after)
        const rows = ids.map(uuid => ({ __typename: subject, uuid, id: toId(subject, uuid) }))
        return toPage(
          rows,
          size,
          context.cursors,
          row => [row.uuid],
          () => context.imports.countMissing(context.actor, found.id),
        )
      },
    },
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

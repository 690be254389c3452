import type { Actor } from '@linghang/access'
import {
  type Cursors,
  type EntityType,
  fromId,
  fromReference,
  openPage,
  optionalId,
  type PageArgs,
  type Reference,
  toId,
} from '@linghang/subgraph'
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
 * @param names.service part of the address to which the file is put
 * @param names.loadSubject what a row is about, as the service's own resolvers expect it; null where it is not the caller's to see
 */
export function createImportResolvers<Context extends ImportContext>(names: {
  type: Extract<EntityType, 'OrganisationImport' | 'MemberImport'>
  service: string
  loadSubject: (context: Context, uuid: string) => Promise<{ id: string } | null>
}) {
  const { type, service, loadSubject } = names
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
        { input }: { input: { organisationId?: string; fileName?: string } & Keyed },
        context: ImportContext,
      ) => {
        const orgId = optionalId('Organisation', input.organisationId, 'organisationId')
        const id = await context.imports.create(context.actor, orgId, input.fileName ?? null, keyOf(input))
        return { import: await context.load.rosterImport(id), putTo: `/imports/${service}/${id}/file` }
      },
      [`preview${type}`]: async (_: unknown, { input }: { input: { id: string } & Keyed }, context: ImportContext) => {
        await context.imports.preview(context.actor, uuidOf(input.id), keyOf(input))
        return payload(context, uuidOf(input.id))
      },
      [`commit${type}`]: async (
        _: unknown,
        { input }: { input: { id: string; mode: ImportMode } & Keyed },
        context: ImportContext,
      ) => {
        await context.imports.commit(context.actor, uuidOf(input.id), input.mode, keyOf(input))
        return payload(context, uuidOf(input.id))
      },
      [`withdraw${type}`]: async (_: unknown, { input }: { input: { id: string } & Keyed }, context: ImportContext) => {
        await context.imports.withdraw(context.actor, uuidOf(input.id), keyOf(input))
        return payload(context, uuidOf(input.id))
      },
    },
    [type]: {
      __resolveReference: (reference: Reference, context: ImportContext) =>
        context.load.rosterImport(fromReference(type, reference)),
      id: (found: RosterImport) => toId(type, found.id),
      // Imports of people are met by org too, which knows them by this alone.
      ...(type === 'MemberImport' ? { ref: (found: RosterImport) => toId(type, found.id) } : {}),
      failure: (found: RosterImport) =>
        found.failure && { code: found.failure.code, message: { zh: found.failure.zh, en: found.failure.en } },
      findingsFile: (found: RosterImport) => `/imports/${service}/${found.id}/findings.csv`,
      findings: async (found: RosterImport, args: PageArgs & { severity?: Severity }, context: ImportContext) => {
        const severity = args.severity ?? null
        const { stretch, page } = openPage(context.cursors, [`${type}.findings`, found.id, severity], args)
        return page(
          await context.imports.findings(context.actor, found.id, severity, stretch),
          row => [String(row.n)],
          () => context.imports.countFindings(context.actor, found.id, severity),
        )
      },
      missing: async (found: RosterImport, args: PageArgs, context: Context) => {
        const opened = openPage(context.cursors, [`${type}.missing`, found.id], args)
        const page = opened.page(
          await context.imports.missing(context.actor, found.id, opened.stretch),
          id => [id],
          () => context.imports.countMissing(context.actor, found.id),
        )
        // Whoever is no longer the caller's to see is left out; the page's end stays where it was.
        const subjects = await Promise.all(page.nodes.map(id => loadSubject(context, id)))
        const nodes = subjects.filter(subject => subject !== null)
        const edges = page.edges.flatMap(({ cursor }, i) => (subjects[i] ? [{ node: subjects[i], cursor }] : []))
        return { ...page, nodes, edges }
      },
    },
  }
}

type Keyed = { idempotencyKey?: string | null }
const keyOf = (input: Keyed): string | null => input.idempotencyKey ?? null

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

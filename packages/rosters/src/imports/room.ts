import {
  connection,
  fromId,
  type Load,
  optionalId,
  type PageArgs,
  type RequestContext,
  type Room,
  toId,
} from '@linghang/subgraph'
import { table } from '../errors.ts'
import type { Severity } from '../finding.ts'
import { countFindings, countMissing, importById, readFindings, readMissing } from './read-imports.ts'
import { commitImport, createImport, previewImport, withdrawImport } from './request-import.ts'
import type { ImportMode, ImportWork, RosterImport } from './roster-import.ts'
import { importRoutes } from './routes.ts'

type Keyed<Input> = { input: Input & { idempotencyKey?: string | null } }

/**
 * The room of one kind of import; the two services that take rosters differ in names alone.
 * @param names.service part of the address to which the file is put
 * @param names.subject what a row is about; null where it is not the caller's to see
 */
export function importRoom<W extends ImportWork>(names: {
  type: 'OrganisationImport' | 'MemberImport'
  service: string
  subject: Load<W, [], object | null>
}): Room<W> {
  type Context = RequestContext<W>
  const { type, service, subject } = names
  const uuidOf = (id: string) => fromId(type, id)
  const payload = async (context: Context, id: string) => ({ import: await context.load(importById, id) })
  const resolvers = {
    Query: {
      [lowerFirst(type)]: (_: object, args: { id: string }, context: Context) =>
        context.load(importById, uuidOf(args.id)),
    },
    Mutation: {
      [`create${type}`]: async (
        _: object,
        { input }: Keyed<{ organisationId?: string; fileName?: string }>,
        context: Context,
      ) => {
        const orgId = optionalId('Organisation', input.organisationId, 'organisationId')
        const wanted = { orgId, fileName: input.fileName ?? null }
        const id = await context.run(createImport, wanted, input.idempotencyKey)
        return { ...(await payload(context, id)), putTo: `/imports/${service}/${id}/file` }
      },
      [`preview${type}`]: async (_: object, { input }: Keyed<{ id: string }>, context: Context) => {
        await context.run(previewImport, { id: uuidOf(input.id) }, input.idempotencyKey)
        return payload(context, uuidOf(input.id))
      },
      [`commit${type}`]: async (_: object, { input }: Keyed<{ id: string; mode: ImportMode }>, context: Context) => {
        await context.run(commitImport, { id: uuidOf(input.id), mode: input.mode }, input.idempotencyKey)
        return payload(context, uuidOf(input.id))
      },
      [`withdraw${type}`]: async (_: object, { input }: Keyed<{ id: string }>, context: Context) => {
        await context.run(withdrawImport, { id: uuidOf(input.id) }, input.idempotencyKey)
        return payload(context, uuidOf(input.id))
      },
    },
    [type]: {
      id: (found: RosterImport) => toId(type, found.id),
      // Imports of people are met by org too, which knows them by this alone.
      ...(type === 'MemberImport' ? { ref: (found: RosterImport) => toId(type, found.id) } : {}),
      failure: (found: RosterImport) =>
        found.failure && { code: found.failure.code, message: { zh: found.failure.zh, en: found.failure.en } },
      findingsFile: (found: RosterImport) => `/imports/${service}/${found.id}/findings.csv`,
      findings: ({ id }: RosterImport, args: PageArgs & { severity?: Severity }, context: Context) => {
        const severity = args.severity ?? null
        return connection(context, args, {
          of: [`${type}.findings`, id, severity],
          read: stretch => context.perform(work => readFindings(work, id, severity, stretch)),
          count: () => context.perform(work => countFindings(work, id, severity)),
          place: row => [String(row.n)],
        })
      },
      missing: async ({ id }: RosterImport, args: PageArgs, context: Context) => {
        const page = await connection(context, args, {
          of: [`${type}.missing`, id],
          read: stretch => context.perform(work => readMissing(work, id, stretch)),
          count: () => context.perform(work => countMissing(work, id)),
          place: missing => [missing],
        })
        // Whoever is no longer the caller's to see is left out; the page's end stays where it was.
        const subjects = await Promise.all(page.nodes.map(missing => context.load(subject, missing)))
        const nodes = subjects.filter(found => found !== null)
        const edges = page.edges.flatMap(({ cursor }, i) => (subjects[i] ? [{ node: subjects[i], cursor }] : []))
        return { ...page, nodes, edges }
      },
    },
  }
  return { errors: table, nodes: { [type]: importById }, resolvers, routes: importRoutes }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

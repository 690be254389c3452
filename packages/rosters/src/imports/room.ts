import { connection, fromId, type Load, optionalId, type RequestContext, type Room, toId } from '@linghang/subgraph'
import { table } from '../errors.ts'
import type { MutationResolvers, QueryResolvers, RosterImportResolvers } from '../generated/schema-types.ts'
import { countFindings, countMissing, importById, readFindings, readMissing } from './read-imports.ts'
import { commitImport, createImport, previewImport, withdrawImport } from './request-import.ts'
import type { ImportWork } from './roster-import.ts'
import { importRoutes } from './routes.ts'

type ImportType = 'OrganisationImport' | 'MemberImport'

/** What sets one kind of import apart from another. */
type Names<W> = {
  type: ImportType
  /** Part of the address to which the file is put. */
  service: string
  /** What a row is about; null where it is not the caller's to see. */
  subject: Load<W, [], object | null>
}

/** What is asked and done, under the names of the contract as the package has it (`imports.graphql`). */
function rootsOf<W extends ImportWork>({ type, service }: Names<W>) {
  const uuidOf = (id: string) => fromId(type, id)
  const payload = async (context: RequestContext<W>, id: string) => ({ import: await context.load(importById, id) })
  const Query: QueryResolvers<RequestContext<W>> = {
    rosterImport: (_, { id }, context) => context.load(importById, uuidOf(id)),
  }
  const Mutation: MutationResolvers<RequestContext<W>> = {
    createRosterImport: async (_, { input }, context) => {
      const orgId = optionalId('Organisation', input.organisationId, 'organisationId')
      const wanted = { orgId, fileName: input.fileName ?? null }
      const id = await context.run(createImport, wanted, input.idempotencyKey)
      return { ...(await payload(context, id)), putTo: `/imports/${service}/${id}/file` }
    },
    previewRosterImport: async (_, { input }, context) => {
      await context.run(previewImport, { id: uuidOf(input.id) }, input.idempotencyKey)
      return payload(context, uuidOf(input.id))
    },
    commitRosterImport: async (_, { input }, context) => {
      await context.run(commitImport, { id: uuidOf(input.id), mode: input.mode }, input.idempotencyKey)
      return payload(context, uuidOf(input.id))
    },
    withdrawRosterImport: async (_, { input }, context) => {
      await context.run(withdrawImport, { id: uuidOf(input.id) }, input.idempotencyKey)
      return payload(context, uuidOf(input.id))
    },
  }
  return { Query, Mutation }
}

const fieldsOf = <W extends ImportWork>({
  type,
  service,
  subject,
}: Names<W>): RosterImportResolvers<RequestContext<W>> => ({
  id: found => toId(type, found.id),
  failure: found =>
    found.failure && { code: found.failure.code, message: { zh: found.failure.zh, en: found.failure.en } },
  findingsFile: found => `/imports/${service}/${found.id}/findings.csv`,
  findings: ({ id }, args, context) => {
    const severity = args.severity ?? null
    return connection(context, args, {
      of: [`${type}.findings`, id, severity],
      read: stretch => context.perform(work => readFindings(work, id, severity, stretch)),
      count: () => context.perform(work => countFindings(work, id, severity)),
      place: row => [String(row.n)],
    })
  },
  missing: async ({ id }, args, context) => {
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
})

/** Imports of people are met by org too, which knows them by this alone. */
const byRef: RosterImportResolvers = { ref: found => toId('MemberImport', found.id) }

/** Fields under the names that the service's contract has for them. */
const named = (type: ImportType, fields: object) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, resolver]) => [
      name.replace('RosterImport', type).replace('rosterImport', type.charAt(0).toLowerCase() + type.slice(1)),
      resolver,
    ]),
  )

/** The room of one kind of import; the two services that take rosters differ in names alone. */
export function importRoom<W extends ImportWork>(names: Names<W>): Room<W> {
  const { type } = names
  const { Query, Mutation } = rootsOf(names)
  const fields = fieldsOf(names)
  return {
    errors: table,
    nodes: { [type]: importById },
    resolvers: {
      Query: named(type, Query),
      Mutation: named(type, Mutation),
      [type]: type === 'MemberImport' ? { ...fields, ...byRef } : fields,
    },
    routes: importRoutes,
  }
}

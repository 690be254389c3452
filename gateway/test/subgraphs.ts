import { createHash } from 'node:crypto'
import { dateScalar, defineErrors, type RequestContext, type SubgraphOptions } from '@linghang/subgraph'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])`
const { fail } = defineErrors({
  NAME_TAKEN: { zh: '名称“{name}”已被使用', en: 'The name "{name}" is taken' },
})

/** Lets a test decide when a resolver goes on. */
export function createGate() {
  let release: () => void = () => undefined
  let arrived: () => void = () => undefined
  let closed: Promise<void> | null = null
  let waiting = 0
  let wanted = 0
  return {
    close(): void {
      closed = new Promise(resolve => {
        release = () => {
          closed = null
          waiting = 0
          resolve()
        }
      })
    },
    open: (): void => release(),
    /** Resolves when so many are waiting. */
    atGate: (count: number): Promise<void> =>
      new Promise(resolve => {
        wanted = count
        arrived = resolve
        if (waiting >= count) resolve()
      }),
    async pass(): Promise<void> {
      if (!closed) return
      waiting += 1
      if (waiting >= wanted) arrived()
      await closed
    },
  }
}
export const gate = createGate()

type Organisation = { id: string; code: string; name: string; kind: string }
const organisations: Organisation[] = [
  { id: '1', code: 'LC', name: '罗城区委', kind: 'COMMITTEE' },
  { id: '2', code: 'LC01', name: '第一支部', kind: 'BRANCH' },
  { id: '3', code: 'LC02', name: '第二支部', kind: 'BRANCH' },
]
const names = new Map<string, string>()
const nameOf = (organisation: Organisation) => names.get(organisation.id) ?? organisation.name

export type TestSubgraph = {
  name: string
  sdl: string
  resolvers: SubgraphOptions<RequestContext>['resolvers']
  routes?: NonNullable<SubgraphOptions<never>['routes']>
}

/** Files that have arrived, by import id: bytes and digest. */
export const received = new Map<string, { bytes: number; sha256: string; contentType: string | undefined }>()

const importRoutes: TestSubgraph['routes'] = app => {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    routes.put<{ Params: { id: string } }>('/imports/:id/file', async (request, reply) => {
      const [kind] = request.params.id
      if (kind === '0' || kind === '1') {
        if (kind === '1') for await (const _ of bodyOf(request)) break
        const messages = { 'zh-CN': '导入正在进行', en: 'The import is under way' }
        return reply.code(409).send({ code: 'IMPORT_BUSY', params: { id: request.params.id }, messages })
      }
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of bodyOf(request)) {
        hash.update(chunk)
        bytes += chunk.length
      }
      received.set(request.params.id, {
        bytes,
        sha256: hash.digest('hex'),
        contentType: request.headers['content-type'],
      })
      return reply.send({ bytes })
    })
    routes.put<{ Params: { kind: string; id: string } }>('/files/:kind/:id', async (request, reply) => {
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of request.body as AsyncIterable<Buffer>) {
        hash.update(chunk)
        bytes += chunk.length
      }
      const said = request.headers['content-length']
      return reply.send({ bytes, sha256: hash.digest('hex'), said: said === undefined ? null : Number(said) })
    })
    for (const path of [
      '/files/materials/:id',
      '/files/documents/:id/:template.docx',
      '/files/dossiers/:id.zip',
      '/files/dues-receipts/:id.docx',
      '/files/dues-books/:id.xlsx',
      '/files/dues-books/:id.docx',
      '/files/dues-publications/:id.docx',
      '/files/dues-reports/:id.docx',
      '/files/dues-exports/:id.zip',
      '/files/life-archives/:id.zip',
      '/files/election-papers/:id/:template.docx',
      '/files/election-papers/:id.zip',
    ]) {
      routes.get(path, async (request, reply) =>
        reply
          .header('content-type', 'application/pdf')
          .header('content-disposition', 'attachment; filename="file.pdf"')
          .header('x-content-type-options', 'nosniff')
          .header('content-security-policy', 'sandbox')
          .header('cache-control', 'private, no-store')
          .header('x-inside', 'stays inside')
          .send(Buffer.from(request.url)),
      )
    }
    routes.get('/imports/:id/findings.csv', async (_, reply) =>
      reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="findings.csv"')
        .send('\uFEFFline,code\n2,NAME_EMPTY\n'),
    )
  })
}

export const subgraphs: TestSubgraph[] = [
  {
    name: 'org',
    sdl: `${link}
      scalar Date
      enum OrganisationKind { COMMITTEE BRANCH }
      type Query {
        organisation(code: String!): Organisation
        organisations(kind: OrganisationKind, foundedAfter: Date): [Organisation!]!
        gated: String!
        broken: String
        breaksItsWord: String!
        refused(name: String!): String
      }
      type Mutation { renameOrganisation(code: String!, name: String!): Organisation! }
      type Subscription { organisationRenamed: Organisation! }
      type Organisation @key(fields: "id") {
        id: ID!
        code: String!
        name: String!
        kind: OrganisationKind!
        superior: Organisation
        children: [Organisation!]!
      }`,
    resolvers: [
      {
        Date: dateScalar,
        Query: {
          organisation: (_: unknown, { code }: { code: string }) =>
            organisations.find(one => one.code === code) ?? null,
          organisations: (_: unknown, { kind }: { kind?: string }) =>
            organisations.filter(one => kind === undefined || one.kind === kind),
          gated: async () => {
            await gate.pass()
            return 'passed'
          },
          broken: () => {
            throw new Error('connect ECONNREFUSED postgres://app:secret@db')
          },
          breaksItsWord: () => 'kept',
          refused: (_: unknown, { name }: { name: string }) => fail('NAME_TAKEN', { name }),
        },
        Mutation: {
          renameOrganisation: (_: unknown, { code, name }: { code: string; name: string }) => {
            const found = organisations.find(one => one.code === code) as Organisation
            names.set(found.id, name)
            return found
          },
        },
        Subscription: { organisationRenamed: { subscribe: () => ({ [Symbol.asyncIterator]: () => ({}) }) } },
        Organisation: {
          __resolveReference: ({ id }: { id: string }) => organisations.find(one => one.id === id),
          name: nameOf,
          superior: (one: Organisation) => (one.id === '1' ? null : organisations[0]),
          children: (one: Organisation) => (one.id === '1' ? organisations.slice(1) : []),
        },
      },
    ],
    routes: importRoutes,
  },
  {
    name: 'members',
    sdl: `${link}
      type Organisation @key(fields: "id") { id: ID! members(first: Int = 20): [Member!]! }
      type Member @key(fields: "id") { id: ID! name: String! superior: Organisation }
      type Query { member(id: ID!): Member }`,
    resolvers: [
      {
        Query: { member: (_: unknown, { id }: { id: string }) => ({ id, name: `党员${id}` }) },
        Organisation: {
          members: ({ id }: { id: string }) => [1, 2].map(n => ({ id: `${id}-${n}`, name: `党员${id}-${n}` })),
        },
        Member: {
          __resolveReference: ({ id }: { id: string }) => ({ id, name: `党员${id}` }),
          superior: ({ id }: { id: string }) => ({ __typename: 'Organisation', id: id.split('-')[0] }),
        },
      },
    ],
    routes: importRoutes,
  },
  {
    name: 'dues',
    sdl: `${link}
      type Member @key(fields: "id") { id: ID! duesRecord: DuesRecord }
      type DuesRecord { category: String! complete: Boolean! }
      type Organisation @key(fields: "id") { id: ID! balance: String }
      type Query { duesCategories: [String!]! }`,
    resolvers: [
      {
        Query: { duesCategories: () => ['MONTHLY_SALARY', 'RETIRED'] },
        Member: { duesRecord: () => ({ category: 'MONTHLY_SALARY', complete: true }) },
        Organisation: { balance: () => '0' },
      },
    ],
    routes: importRoutes,
  },
]

import { Transform } from 'node:stream'
import type { Language } from '@linghang/subgraph/errors'
import { isUuid } from '@linghang/subgraph/ids'
import type { Log } from '@linghang/telemetry'
import { context as otel, propagation } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Dispatcher, request as send } from 'undici'
import type { Limits } from '../limits.ts'
import { refuse } from '../refusals.ts'
import type { Door, GuardedDoor } from '../serving/door.ts'
import { presentError } from '../serving/present-errors.ts'

type Subgraph = { name: string; url: string; dispatcher: Dispatcher }
type Deps = {
  /** The subgraphs that take files or give them, by name. */
  services: ReadonlyMap<string, Subgraph>
  door: Door
  guarded: GuardedDoor
  limits: Limits
  log: Log
}
type Params = { service: string; id: string }
type PaperParams = { id: string; template?: string }

const templateName = /^[a-z0-9-]{1,60}$/
/** Files that are fetched by a link, by the service that makes them: minutes, papers of elections and development cases, statements of dues, score sheets, monthly reports. */
const fetched = {
  org: [
    '/files/meeting-minutes/:id.docx',
    '/files/library/:id/:template.docx',
    '/files/life-archives/:id.zip',
    '/files/election-papers/:id/:template.docx',
    '/files/election-papers/:id.zip',
  ],
  members: ['/files/materials/:id', '/files/documents/:id/:template.docx', '/files/dossiers/:id.zip'],
  dues: [
    '/files/dues-vouchers/:id',
    '/files/dues-receipts/:id.docx',
    '/files/dues-fixing-sheets/:id.docx',
    '/files/dues-books/:id.xlsx',
    '/files/dues-books/:id.docx',
    '/files/dues-publications/:id.docx',
    '/files/dues-reports/:id.docx',
    '/files/dues-exports/:id.zip',
  ],
  assessment: ['/files/score-sheets/:id.docx', '/files/monthly-reports/:id.docx'],
} as const
type FileService = keyof typeof fetched
/** The services that take rosters. */
const importing: ReadonlySet<string> = new Set(['org', 'members'])
const passedOn = [
  'content-type',
  'content-disposition',
  'content-length',
  'retry-after',
  'x-content-type-options',
  'content-security-policy',
  'cache-control',
] as const
const errorBodyBytes = 64 * 1024

/** Rosters and papers in, findings, papers and dossiers out: streamed past the gateway to the service that owns them, and never kept here. */
export function fileRoutes(app: FastifyInstance, deps: Deps): void {
  // The body stays a stream, whatever it says it is.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.put<{ Params: Params }>('/imports/:service/:id/file', (request, reply) =>
    deps.guarded.work(request, reply, () => takeFile(deps, request, reply, targetOf(deps, request.params, 'file'))),
  )
  app.get<{ Params: Params }>('/imports/:service/:id/findings.csv', (request, reply) =>
    deps.guarded.work(request, reply, async () => {
      const { subgraph, path } = targetOf(deps, request.params, 'findings.csv')
      return passOn(deps, request, reply, await ask(deps, request, subgraph, { method: 'GET', path }))
    }),
  )
  app.put<{ Params: PaperParams }>('/files/materials/:id', (request, reply) =>
    deps.guarded.work(request, reply, () => takeFile(deps, request, reply, paperOf(deps, request, 'members'))),
  )
  for (const path of ['/files/statements/:id', '/files/dues-vouchers/:id'])
    app.put<{ Params: PaperParams }>(path, (request, reply) =>
      deps.guarded.work(request, reply, () => takeFile(deps, request, reply, paperOf(deps, request, 'dues'))),
    )
  for (const [service, path] of fetchedPaths)
    app.get<{ Params: PaperParams }>(path, (request, reply) =>
      deps.guarded.work(request, reply, async () => {
        const { subgraph, path } = paperOf(deps, request, service)
        return passOn(deps, request, reply, await ask(deps, request, subgraph, { method: 'GET', path }))
      }),
    )
}

const fetchedPaths = (Object.keys(fetched) as FileService[]).flatMap(service =>
  fetched[service].map(path => [service, path] as const),
)

type Target = { subgraph: Subgraph; path: string }

/** Papers have the same address behind the gateway as before it; the signature of a link is for the whole of it. */
function paperOf(deps: Deps, request: FastifyRequest<{ Params: PaperParams }>, service: FileService): Target {
  const { id, template } = request.params
  const subgraph = deps.services.get(service)
  if (!subgraph || !isUuid(id) || (template !== undefined && !templateName.test(template)))
    throw refuse(404, 'PATH_UNKNOWN')
  // A proxy may name the whole address; the service is asked for its path.
  const { pathname, search } = new URL(request.url, 'http://gateway')
  return { subgraph, path: `${pathname}${search}` }
}

async function takeFile(deps: Deps, request: FastifyRequest, reply: FastifyReply, { subgraph, path }: Target) {
  const limit = deps.limits.uploadBytes
  const said = request.headers['content-length']
  const tooLarge = (found: string | number) => refuse(413, 'BODY_TOO_LARGE', { found, limit })
  if (said !== undefined && Number(said) > limit) throw tooLarge(Number(said))

  let passed = 0
  let cutOff = false
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length
      cutOff = passed > limit
      done(cutOff ? new Error('too large') : null, chunk)
    },
  })
  // Piped, not in a pipeline: that would end the caller's connection with the one behind, and the answer with it.
  counted.on('error', () => undefined)
  // A caller who goes away in the middle ends the upload behind as well; the failure itself is met below.
  request.raw.once('close', () => request.raw.complete || counted.destroy(new Error('the caller went away')))
  request.raw.pipe(counted)
  const headers = { ...(said === undefined ? {} : { 'content-length': said }), ...contentType(request) }
  try {
    const answer = await ask(deps, request, subgraph, { method: 'PUT', path, body: counted, headers })
    return await passOn(deps, request, reply, answer)
  } catch (error) {
    throw cutOff ? tooLarge(`> ${limit}`) : error
  }
}

function targetOf(deps: Deps, { service, id }: Params, what: string): Target {
  const subgraph = importing.has(service) ? deps.services.get(service) : undefined
  if (!subgraph || !isUuid(id)) throw refuse(404, 'PATH_UNKNOWN')
  return { subgraph, path: `/imports/${id}/${what}` }
}

const contentType = (request: FastifyRequest): Record<string, string> => {
  const type = request.headers['content-type']
  return type === undefined ? {} : { 'content-type': type }
}

type Question = { method: 'GET' | 'PUT'; path: string; body?: Transform; headers?: Record<string, string> }

async function ask(deps: Deps, request: FastifyRequest, subgraph: Subgraph, question: Question) {
  const headers: Record<string, string> = {
    ...question.headers,
    authorization: `Bearer ${deps.guarded.callerOf(request).internalToken}`,
    'accept-language': deps.door.visitOf(request).language,
  }
  propagation.inject(otel.active(), headers)
  try {
    return await send(`${subgraph.url}${question.path}`, {
      dispatcher: subgraph.dispatcher,
      method: question.method,
      headers,
      body: question.body ?? null,
      headersTimeout: deps.limits.uploadTimeoutMs,
      bodyTimeout: deps.limits.uploadTimeoutMs,
    })
  } catch (error) {
    deps.log.error({ subgraph: subgraph.name, reason: (error as Error).message }, 'a subgraph did not take a file')
    throw refuse(503, 'SUBGRAPH_UNAVAILABLE', { subgraph: subgraph.name }, { 'retry-after': '2' })
  }
}

async function passOn(deps: Deps, request: FastifyRequest, reply: FastifyReply, answer: Dispatcher.ResponseData) {
  const { statusCode, headers, body } = answer
  const visit = deps.door.visitOf(request)
  if (statusCode >= 400) {
    visit.outcome = statusCode < 500 ? 'refused' : 'failed'
    const errors = await errorsIn(answer, visit.language, visit.traceId, deps.log)
    return reply.code(statusCode).type('application/json; charset=utf-8').send({ errors })
  }
  for (const name of passedOn) {
    const value = headers[name]
    if (value !== undefined) void reply.header(name, value)
  }
  return reply.code(statusCode).send(body)
}

/** A service's refusal of a file, in the caller's language as any other error. */
async function errorsIn(answer: Dispatcher.ResponseData, language: Language, traceId: string, log: Log) {
  const onMasked = () => log.error({ traceId, status: answer.statusCode }, 'a subgraph refused a file without a reason')
  const error = { message: 'refused', extensions: refusalIn(await textUpTo(answer, errorBodyBytes)) }
  return [presentError(error, { language, traceId, onMasked })]
}

/** Code, parameters and both texts, as services answer plain HTTP; nothing when it is something else. */
function refusalIn(text: string): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === 'object' && said !== null && 'code' in said ? { ...said } : {}
  } catch {
    return {}
  }
}

async function textUpTo(answer: Dispatcher.ResponseData, limit: number): Promise<string> {
  let text = ''
  for await (const chunk of answer.body.setEncoding('utf8')) {
    if (text.length + chunk.length > limit) break
    text += chunk
  }
  return text
}

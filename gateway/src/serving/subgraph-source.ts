import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import type { Language } from '@linghang/subgraph/errors'
import type { Log } from '@linghang/telemetry'
import { context as otel, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Pool } from 'undici'
import type { Price } from '../guards/prices.ts'
import type { Caller } from '../identity/identify-caller.ts'
import { createCarrier, type Fetched } from './carry-together.ts'
import { createInFlightReads } from './in-flight-reads.ts'
import type { CountFetch } from './measurements.ts'
import { createPlanSteps, type PlanStep } from './plan-step.ts'
import { postJson, type TextAnswer } from './post-json.ts'

/** What one request brings along to every subgraph it reaches. */
export type CallContext = { caller: Caller; language: Language; traceId: string; untilMs: number; price: Price }

type Call = GraphQLDataSourceProcessOptions<CallContext>
type Outcome = Awaited<ReturnType<GraphQLDataSource<CallContext>['process']>>

export type SourceOptions = {
  name: string
  /** Where its GraphQL is answered, on the pool's origin. */
  path: string
  pool: Pool
  timeoutMs: number
  nowMs: () => number
  countFetch: CountFetch
  log: Log
}

const tracer = trace.getTracer('linghang.gateway')
/** The whole request is given up first, so that its answer says so; the fetch ends soon after. */
const giveUpMs = 1_000

/**
 * Asks one subgraph. Equal reads of the same actor that are under way together are sent once, and each caller gets
 * its own parsed copy, since the gateway merges into it. A subgraph that does not answer is an error on what was asked
 * of it; the rest of the answer stands.
 */
export function createSubgraphSource(options: SourceOptions): GraphQLDataSource<CallContext> {
  const stepOf = createPlanSteps()
  const reads = createInFlightReads<Fetched>()

  const send = async (body: string, context: CallContext, isQuery: boolean, fetches = 1): Promise<TextAnswer> => {
    const leftMs = context.untilMs - options.nowMs()
    if (leftMs <= 0) throw new Error('no time is left')
    const timeoutMs = Math.min(options.timeoutMs, leftMs + giveUpMs)
    const span = tracer.startSpan(`fetch ${options.name}`, {
      kind: SpanKind.CLIENT,
      attributes: { 'linghang.subgraph': options.name, 'linghang.fetches': fetches },
    })
    const startedMs = performance.now()
    const headers = headersOf(context, trace.setSpan(otel.active(), span))
    const post = () => postJson(options.pool, options.path, headers, body, timeoutMs)
    try {
      const answer = await (isQuery ? post().catch(error => againIfDropped(error, post)) : post())
      span.setAttribute('http.response.status_code', answer.status)
      options.countFetch(options.name, answer.status < 500 ? 'answered' : 'failed', performance.now() - startedMs)
      return answer
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      options.countFetch(options.name, 'failed', performance.now() - startedMs)
      throw error
    } finally {
      span.end()
    }
  }

  const carrier = createCarrier<CallContext>(context => (body, fetches) => send(body, context, true, fetches))

  const ask = async (call: Call, context: CallContext, step: PlanStep): Promise<Fetched> => {
    const body = `{"query":${step.json},"variables":${JSON.stringify(call.request.variables ?? {})}}`
    if (step.isQuery) {
      const key = `${context.caller.internalToken}\n${context.language}\n${body}`
      let shared = true
      const answer = reads.share(key, isJoined => {
        shared = false
        return carrier.fetch(context, body, isJoined)
      })
      if (shared) options.countFetch(options.name, 'shared', 0)
      return answer
    }
    try {
      const { status, text } = await send(body, context, false)
      return { status, read: () => JSON.parse(text) }
    } finally {
      reads.written()
    }
  }

  return {
    async process(call) {
      const context = call.context as CallContext
      const step = stepOf(call.request.query ?? '')
      try {
        return readAnswer(await ask(call, context, step))
      } catch (error) {
        options.log.error(
          { subgraph: options.name, reason: (error as Error).message, code: (error as { code?: string }).code },
          'a subgraph did not answer',
        )
        return unavailable(options.name, step.fields, call)
      }
    },
  }
}

/** A connection that the subgraph closed while it lay idle says nothing about the subgraph: a read is sent once more. */
function againIfDropped(error: Error & { code?: string }, post: () => Promise<TextAnswer>): Promise<TextAnswer> {
  if (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE') return post()
  throw error
}

function headersOf(context: CallContext, span: ReturnType<typeof otel.active>): string[] {
  const headers = [
    'content-type',
    'application/json',
    'authorization',
    `Bearer ${context.caller.internalToken}`,
    'accept-language',
    context.language,
  ]
  propagation.inject(span, headers, { set: (carrier, name, value) => carrier.push(name, value) })
  return headers
}

/**
 * A GraphQL answer of any status below 500 but 401: subgraphs answer 400 to an input that only they can judge, and 401
 * to a gateway whose token they do not take, which is not the caller's mistake.
 */
function readAnswer({ status, read }: Fetched): Outcome {
  if (status >= 500 || status === 401) throw new Error(`answered ${status}`)
  const answer = read()
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new Error(`answered ${status} without data or errors`)
  }
  return answer as Outcome
}

function unavailable(name: string, fields: readonly string[], call: Call): Outcome {
  const path = ('pathInIncomingRequest' in call && call.pathInIncomingRequest) || []
  const error = (errorPath: readonly string[]) => ({
    message: 'unavailable',
    path: errorPath,
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', params: { subgraph: name } },
  })
  // Below a list there are as many places as elements: one error stands for all, at the list.
  const errors = path.includes('@') ? [error([])] : fields.map(field => error([field]))
  return { data: null, errors } as unknown as Outcome
}

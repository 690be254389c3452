import type { FastifyInstance, FastifyRequest } from 'fastify'
import { OperationTypeNode } from 'graphql'
import { chooseOperation, createDocumentJudge } from '../guards/judge-document.ts'
import type { PriceOf } from '../guards/prices.ts'
import { type OperationRequest, readRequest } from '../guards/read-request.ts'
import { judgeTexts } from '../guards/texts.ts'
import type { Limits } from '../limits.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { RunningApollo } from './apollo.ts'
import type { Door, GuardedDoor } from './door.ts'
import { createInFlightReads } from './in-flight-reads.ts'
import { codesIn, outcomeOf } from './outcome.ts'
import type { CallContext } from './subgraph-source.ts'

type Deps = {
  apollo: RunningApollo
  priceOf: PriceOf
  door: Door
  guarded: GuardedDoor
  limits: Limits
  countShared: () => void
  nowMs: () => number
}
type Answered = Awaited<ReturnType<RunningApollo['answer']>>
type Run = () => Promise<Answered>

const timedOut = (status: number, limitMs: number): Refusal => ({
  status,
  code: 'REQUEST_TIMEOUT',
  params: { limitMs },
  headers: status === 408 ? { connection: 'close' } : { 'retry-after': '5' },
})

/** `POST /graphql`: judged before anything is asked of a subgraph, answered within the time a request has. */
export function graphqlRoute(app: FastifyInstance, deps: Deps): void {
  const { limits, door, guarded } = deps
  const judge = createDocumentJudge(limits)
  const reads = createInFlightReads<Answered>()
  const receiving = new WeakMap<object, NodeJS.Timeout>()

  // The same question of the same actor, asked again while it is being answered, is answered once: screens of one
  // person open together, and a page that everybody reloads at nine o'clock.
  const shared = (asked: OperationRequest, request: FastifyRequest, context: CallContext, run: Run) => {
    const { query, operationName, variables } = asked
    const { accept = '' } = request.headers
    const said = JSON.stringify([context.caller.internalToken, context.language, accept, operationName, variables])
    let joined = true
    const answer = reads.share(`${said}\n${query}`, () => {
      joined = false
      return run()
    })
    if (joined) deps.countShared()
    return answer
  }
  const write = (run: Run) => run().finally(reads.written)

  app.post('/graphql', {
    bodyLimit: limits.bodyBytes,
    onRequest: async (request, reply) => {
      // Whoever sends a small body drop by drop would hold a connection for ever.
      const timer = setTimeout(() => {
        if (!reply.sent) void door.refuseWith(request, reply, timedOut(408, limits.bodyTimeoutMs))
      }, limits.bodyTimeoutMs)
      receiving.set(request, timer)
      reply.raw.once('close', () => clearTimeout(timer))
    },
    handler: (request, reply) => {
      clearTimeout(receiving.get(request))
      return guarded.work(request, reply, async () => {
        const asked = readRequest(request.body)
        const judged = judge(asked.query)
        const operation = chooseOperation(judged, asked.operationName)
        const { operation: kind } = operation
        judgeTexts(judged.document, asked.variables)
        const visit = door.visitOf(request)
        visit.told = {
          ...visit.told,
          kind,
          ...(asked.operationName ? { operation: asked.operationName.slice(0, 80) } : {}),
        }
        const context: CallContext = {
          caller: guarded.callerOf(request),
          language: visit.language,
          traceId: visit.traceId,
          untilMs: deps.nowMs() + limits.requestTimeoutMs,
          price: deps.priceOf(
            guarded.callerOf(request).actor.accountId ?? '',
            judged.document,
            operation,
            asked.variables,
          ),
        }
        const run = () => deps.apollo.answer(request.body, request.headers.accept, context)
        const answering = kind === OperationTypeNode.QUERY ? shared(asked, request, context, run) : write(run)
        const answered = await withinTime(answering, limits.requestTimeoutMs)
        visit.outcome = outcomeOf(answered)
        if (visit.outcome !== 'ok') visit.told.codes = codesIn(answered.text)
        return reply
          .code(answered.status)
          .headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' })
          .type(answered.type)
          .send(answered.text)
      })
    },
  })
}

async function withinTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    const { status, code, params, headers } = timedOut(504, limitMs)
    timer = setTimeout(() => reject(refuse(status, code, params, headers)), limitMs)
  })
  try {
    return await Promise.race([work, expired])
  } finally {
    clearTimeout(timer)
  }
}

import type { ApolloGateway } from '@apollo/gateway'
import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { Log } from '@linghang/telemetry'
import type { GraphQLFormattedError } from 'graphql'
import type { Limits } from '../limits.ts'
import { presentError } from './present-errors.ts'
import type { CallContext } from './subgraph-source.ts'

/**
 * Apollo Server over the gateway, without what it would do by itself: report, cache, trace inline, show pages, listen
 * to signals. Errors are written in the caller's language on their way out.
 */
export async function startApollo(gateway: ApolloGateway, limits: Limits, log: Log) {
  const apollo = new ApolloServer<CallContext>({
    gateway,
    // Nobody gets here without an account: apps and their tools may read the schema, strangers may not.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    // Only JSON is read at all, which no plain form of another site can send.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    maxRecursiveSelections: limits.selections,
    parseOptions: { maxTokens: limits.tokens },
    logger: {
      debug: (message?: string) => log.debug({ component: 'apollo' }, message ?? ''),
      info: (message?: string) => log.debug({ component: 'apollo' }, message ?? ''),
      warn: (message?: string) => log.warn({ component: 'apollo' }, message ?? ''),
      error: (message?: string) => log.error({ component: 'apollo' }, message ?? ''),
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      errorsInTheCallersLanguage(log),
    ],
  })
  await apollo.start()
  return {
    /** @returns status and JSON text of the answer */
    async answer(body: unknown, accept: string | undefined, context: CallContext) {
      const headers = new HeaderMap()
      headers.set('content-type', 'application/json')
      headers.set('accept', accept?.includes(responseType) ? responseType : 'application/json')
      const httpGraphQLRequest: HTTPGraphQLRequest = { method: 'POST', headers, search: '', body }
      const {
        body: answered,
        status,
        headers: sent,
      } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest,
        context: async () => context,
      })
      if (answered.kind !== 'complete') throw new Error('an answer in parts, which this gateway never gives')
      return { status: status ?? 200, text: answered.string, type: sent.get('content-type') ?? 'application/json' }
    },
    stop: () => apollo.stop(),
  }
}
export type RunningApollo = Awaited<ReturnType<typeof startApollo>>

const responseType = 'application/graphql-response+json'

type Result = {
  data?: unknown
  errors?: readonly GraphQLFormattedError[]
  extensions?: Record<string, unknown> & { valueCompletion?: readonly GraphQLFormattedError[] }
}

/**
 * Whether what lacks a field is null in its own place: something that its service does not give, since it is not there
 * or not the caller's to see. The null says it; where it had to go higher up, an error does.
 */
function isHidden(data: unknown, path: GraphQLFormattedError['path'] = []): boolean {
  let value: unknown = data
  for (const key of path.slice(0, -2)) value = (value as Record<string | number, unknown> | null | undefined)?.[key]
  return path.length > 1 && value != null && (value as Record<string | number, unknown>)[path.at(-2) ?? ''] === null
}

const errorsInTheCallersLanguage = (log: Log): ApolloServerPlugin<CallContext> => ({
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single') return
        const result = response.body.singleResult as Result
        // A null that a subgraph's own schema forbids: said as an error, and without the words of its schema.
        const broken = result.extensions?.valueCompletion
          ?.filter(({ path }) => !isHidden(result.data, path))
          .map(({ path, message }) => ({ path, message }))
        result.extensions = { cost: contextValue.price }
        const errors = [...(result.errors ?? []), ...(broken ?? [])]
        if (errors.length === 0) return
        const onMasked = (error: GraphQLFormattedError) =>
          log.error(
            { traceId: contextValue.traceId, path: error.path, code: error.extensions?.code, reason: error.message },
            'an error was masked',
          )
        const { language, traceId } = contextValue
        result.errors = errors.map(error => presentError(error, { language, traceId, onMasked }))
      },
    }
  },
})

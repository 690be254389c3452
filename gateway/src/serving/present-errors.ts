import type { ErrorParams, Language } from '@linghang/subgraph/errors'
import type { GraphQLFormattedError } from 'graphql'
import { type PresentedError, presentRefusal, type RefusalCode } from '../refusals.ts'

export type PresentOptions = {
  language: Language
  traceId: string
  /** Told of what is masked, since the caller is not. */
  onMasked: (error: GraphQLFormattedError) => void
}

type Extensions = {
  code?: string
  serviceName?: string
  params?: ErrorParams
  traceId?: string
  messages?: { 'zh-CN'?: string; en?: string }
}

const detailed: ReadonlySet<string> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])

/**
 * An error as a caller sees it: code, parameters, and a message in their language. Which service it came from, stack
 * traces and names that only help to guess the schema stay inside; what nobody foresaw is masked.
 */
export function presentError(error: GraphQLFormattedError, options: PresentOptions): PresentedError {
  const extensions = (error.extensions ?? {}) as Extensions
  const presented = translated(error, extensions, options) ?? ownRefusal(error, extensions, options)
  const where = extensions.serviceName ? placeOf(error.path) : error.path
  return {
    ...presented,
    ...(where && where.length > 0 ? { path: where } : {}),
    ...(error.locations && !extensions.serviceName ? { locations: error.locations } : {}),
  }
}

/** What a service said in both languages. */
function translated(error: GraphQLFormattedError, extensions: Extensions, { language }: PresentOptions) {
  const { code, messages, params, traceId } = extensions
  if (!code || !messages) return null
  return {
    message: messages[language] ?? messages['zh-CN'] ?? error.message,
    extensions: { code, ...(params ? { params } : {}), ...(traceId ? { traceId } : {}) },
  }
}

function ownRefusal(error: GraphQLFormattedError, extensions: Extensions, options: PresentOptions): PresentedError {
  const { code, serviceName } = extensions
  if (code === 'SUBGRAPH_UNAVAILABLE') return presentRefusal(code, extensions.params ?? {}, options.language)
  if (code && detailed.has(code)) {
    // The gateway has judged the query already: what a subgraph still finds wrong is a value of one of its scalars.
    const shown = serviceName ? 'BAD_USER_INPUT' : (code as RefusalCode)
    return presentRefusal(shown, { detail: withoutSuggestion(error.message) }, options.language)
  }
  // An entity that its service does not give: it is not there or not the caller's, and a field of it was asked for.
  if (!serviceName && error.message.startsWith('Cannot return null for non-nullable field')) {
    return presentRefusal('NOT_FOUND', {}, options.language)
  }
  options.onMasked(error)
  const masked = presentRefusal('INTERNAL', {}, options.language)
  return { ...masked, extensions: { ...masked.extensions, traceId: options.traceId } }
}

const withoutSuggestion = (message: string): string => message.replaceAll(/ ?Did you mean [^?]*\?/g, '')

/** The place in the answer; in a list of entities only the list is known, and stands for all of them. */
function placeOf(path: GraphQLFormattedError['path']): GraphQLFormattedError['path'] {
  const mark = path?.indexOf('@') ?? -1
  return path && mark >= 0 ? path.slice(0, mark) : path
}

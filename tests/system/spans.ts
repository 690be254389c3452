/** A span as the tests look at it. */
export type Span = {
  service: string
  name: string
  /** OTLP: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number
  traceId: string
  spanId: string
  parentSpanId: string | null
  attributes: Record<string, unknown>
}

type OtlpAttribute = { key: string; value: Record<string, unknown> }
export type OtlpBody = {
  resourceSpans?: {
    resource?: { attributes?: OtlpAttribute[] }
    scopeSpans?: {
      spans?: {
        traceId: string
        spanId: string
        parentSpanId?: string
        name: string
        kind: number
        attributes?: OtlpAttribute[]
      }[]
    }[]
  }[]
}

/** Traces that tests begin have ids with this start; of the others only the text is kept. */
export const tracePrefix = '7e577e57'

const plain = (attributes: OtlpAttribute[] = []): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

/** The spans in one message of an exporter. */
export const spansOf = (body: OtlpBody): Span[] =>
  (body.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) => {
    const service = String(plain(resource?.attributes)['service.name'])
    return (scopeSpans ?? []).flatMap(({ spans }) =>
      (spans ?? []).map(({ name, kind, traceId, spanId, parentSpanId, attributes }) => ({
        service,
        name,
        kind,
        traceId,
        spanId,
        parentSpanId: parentSpanId || null,
        attributes: plain(attributes),
      })),
    )
  })

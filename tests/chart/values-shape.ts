import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml'

/** JSON Schema, as far as values need it. */
export type Schema = { [keyword: string]: unknown }

/** A value of the chart: where it is, what it is, what is said of it. */
export type Described = {
  path: string[]
  /** As the file has it. */
  preset: unknown
  text: string
  schema: Schema
}

/** Blocks that are described in one place and stand in several. */
const shared: Record<string, Schema> = {
  resources: {
    type: 'object',
    properties: Object.fromEntries(
      ['requests', 'limits'].map(name => [
        name,
        { type: 'object', additionalProperties: { type: ['string', 'number', 'null'] } },
      ]),
    ),
    additionalProperties: false,
  },
  probe: {
    type: 'object',
    properties: Object.fromEntries(
      ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold'].map(name => [
        name,
        { type: 'integer', minimum: name === 'initialDelaySeconds' ? 0 : 1 },
      ]),
    ),
    additionalProperties: false,
  },
  peer: {
    type: 'object',
    properties: {
      to: { type: 'array', items: { type: 'object' }, description: 'Pods or addresses, as of a NetworkPolicy.' },
      ports: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 65_535 }, description: 'Ports.' },
    },
    additionalProperties: false,
  },
  trust: {
    type: 'object',
    properties: {
      secret: { type: 'string', description: 'Secret in which the certificates are.' },
      configMap: { type: 'string', description: 'ConfigMap in which they are, where nothing of it is secret.' },
      ca: { type: 'string', description: 'Key of the CA; empty: the system’s store.' },
      cert: { type: 'string', description: 'Key of our certificate; empty: we show none.' },
      key: { type: 'string', description: 'Key of its private key.' },
    },
    additionalProperties: false,
  },
}

const commentOf = (pair: Pair<Scalar, Node>, isFirst: boolean, map: YAMLMap): string =>
  [isFirst ? map.commentBefore : '', pair.key.commentBefore].filter(Boolean).join('\n')

/** What stands above a value: its text, and what `@schema` adds. */
function readComment(comment: string, path: string[]): { text: string; more: Schema } {
  // An empty line ends what belongs to something else.
  const own = comment.split(/\n\s*\n/).at(-1) ?? ''
  const lines = own.split('\n').map(line => line.trim())
  const text = lines.filter(line => !line.startsWith('@schema')).join(' ')
  const more = lines.filter(line => line.startsWith('@schema')).map(line => line.slice('@schema'.length))
  if (text === '') throw new Error(`values.yaml: ${path.join('.')} has no comment that says what it is (没有说明)`)
  try {
    return { text, more: Object.assign({}, ...more.map(line => JSON.parse(line))) }
  } catch {
    throw new Error(`values.yaml: @schema of ${path.join('.')} is not JSON`)
  }
}

function typeOf(value: unknown, path: string[], more: Schema): Schema {
  if (more.$ref !== undefined) return {}
  if (Array.isArray(value)) {
    if (more.items === undefined) throw new Error(`values.yaml: @schema of ${path.join('.')} has to say its items`)
    return { type: 'array' }
  }
  if (value === null) {
    if (more.type === undefined) throw new Error(`values.yaml: @schema of ${path.join('.')} has to say its type`)
    return {}
  }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' }
  return { type: typeof value }
}

/**
 * All values of the chart with what is said of them, in the file's order.
 * @throws Error where a value has no comment, or where its type cannot be told
 */
export function readValues(source: string): Described[] {
  const found: Described[] = []
  const walk = (map: YAMLMap, above: string[]): void => {
    const items = map.items as Pair<Scalar, Node>[]
    items.forEach((pair, index) => {
      const path = [...above, String(pair.key.value)]
      const { text, more } = readComment(commentOf(pair, index === 0, map), path)
      const preset = isScalar(pair.value) || isSeq(pair.value) || isMap(pair.value) ? pair.value.toJSON() : null
      // Open maps and blocks that are described elsewhere end here.
      const isBlock = isMap(pair.value) && more.$ref === undefined && !isOpen(more) && pair.value.items.length > 0
      const type = isBlock ? { type: 'object' } : typeOf(preset, path, more)
      if (isMap(pair.value) && pair.value.items.length === 0 && more.$ref === undefined && !isOpen(more))
        throw new Error(`values.yaml: @schema of ${path.join('.')} has to say what it may hold`)
      found.push({ path, preset, text, schema: { ...type, ...more } })
      if (isBlock || (isMap(pair.value) && isOpen(more) && path[0] === 'global')) walk(pair.value as YAMLMap, path)
    })
  }
  const document = parseDocument(source)
  if (document.errors[0]) throw document.errors[0]
  walk(document.contents as YAMLMap, [])
  return found
}

const isOpen = (more: Schema): boolean => more.additionalProperties !== undefined

/** The schema of all values: nothing that is not described is taken. */
export function schemaOf(values: readonly Described[]): Schema {
  const root: Schema = { type: 'object', properties: {}, additionalProperties: false }
  for (const { path, text, schema } of values) {
    const parent = path.slice(0, -1).reduce((at: Schema, name) => childOf(at, name), root)
    const own: Schema = { description: text, ...schema }
    if (own.type === 'object' && own.additionalProperties === undefined) own.additionalProperties = false
    if (own.type === 'object') own.properties = own.properties ?? {}
    ;(parent.properties as Record<string, Schema>)[path.at(-1) as string] = own
  }
  const { defaults } = root.properties as Record<string, Schema>
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the chart linghang',
    ...root,
    $defs: { ...shared, process: { ...defaults, description: 'What differs from `defaults` for one process.' } },
  }
}

const childOf = (schema: Schema, name: string): Schema => (schema.properties as Record<string, Schema>)[name] as Schema

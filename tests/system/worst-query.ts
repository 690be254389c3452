import { costOf } from '@linghang/subgraph'
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import { surroundings } from './surroundings.ts'

/** What is chosen on the way down: a field, how many things of it are asked for, what is asked of each. */
type Asked = { field: string; args: string; first: number | null; leaves: string[]; inner: Asked[] }

export type Measured = { document: string; cost: number; ms: number; bytes: number; status: number; codes: string[] }

const pages = [1, 2, 3, 5, 10, 20, 50, 100]
const deepest = 6

/** Numbers by chance, the same for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const isPlain = (field: GraphQLField<unknown, unknown>) => !field.args.some(isRequiredArgument)
const typeOf = (field: GraphQLField<unknown, unknown>) => getNamedType(field.type) as GraphQLObjectType
const fieldOf = (type: GraphQLObjectType, name: string) => type.getFields()[name] as GraphQLField<unknown, unknown>
const leavesOf = (type: GraphQLObjectType) => [
  '__typename',
  ...Object.values(type.getFields())
    .filter(field => isLeafType(getNamedType(field.type)) && isPlain(field))
    .map(({ name }) => name),
]
const compositesOf = (type: GraphQLObjectType) =>
  Object.values(type.getFields()).filter(
    field => isObjectType(getNamedType(field.type)) && isPlain(field) && !['edges', 'pageInfo'].includes(field.name),
  )

const textOf = ({ field, args, first, leaves, inner }: Asked): string => {
  const given = [args, first === null ? '' : `first: ${first}`].filter(Boolean).join(', ')
  return `${field}${given && `(${given})`} { ${[...leaves, ...inner.map(textOf)].join(' ')} }`
}

/**
 * The queries that cost most of those that the limits let through, looked for over the whole schema and not by hand: any
 * path, any pages on it, any fields on the way, by chance, and then changed one place at a time, going on from what was
 * slowest and what was largest.
 * @param roots fields of Query with their arguments, from which there is much to ask for
 * @param ask one request with a token that still has some of its account's cost left
 */
export async function searchWorst(options: {
  schema: GraphQLSchema
  roots: readonly { field: string; args: string }[]
  nodes: number
  tries: number
  seed: number
  ask: (document: string) => Promise<Measured>
}): Promise<{ slowest: Measured; largest: Measured; faults: Measured[] }> {
  const { schema, nodes } = options
  const random = randomOf(options.seed)
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T
  const query = schema.getQueryType() as GraphQLObjectType

  const grow = (field: GraphQLField<unknown, unknown>, args: string, depth: number): Asked => {
    const type = typeOf(field)
    const isPaged = field.args.some(({ name }) => name === 'first')
    const chosen = compositesOf(type).filter(
      ({ name }) => (isPaged && name === 'nodes') || (depth < deepest && random(3) === 0),
    )
    return {
      ...{ field: field.name, args, leaves: leavesOf(type) },
      first: isPaged ? pick(pages) : null,
      inner: chosen.map(one => grow(one, '', depth + 1)),
    }
  }
  const placesIn = (asked: Asked, parent: GraphQLObjectType): { at: Asked; type: GraphQLObjectType }[] => {
    const type = typeOf(fieldOf(parent, asked.field))
    return [{ at: asked, type }, ...asked.inner.flatMap(one => placesIn(one, type))]
  }
  const change = (asked: Asked): Asked => {
    const copy = structuredClone(asked)
    const { at, type } = pick(placesIn(copy, query))
    const more = compositesOf(type).filter(({ name }) => !at.inner.some(({ field }) => field === name))
    if (at.first !== null && random(2) === 0) at.first = pick(pages)
    else if (at.inner.length > 1 && random(3) === 0) at.inner.splice(random(at.inner.length), 1)
    else if (more.length > 0) at.inner.push(grow(pick(more), '', deepest - 2))
    return copy
  }
  const costIn = (document: string) => {
    const parsed = parse(document)
    return costOf(schema, parsed, parsed.definitions[0] as OperationDefinitionNode)
  }

  type Found = { asked: Asked; measured: Measured }
  let slowest: Found | null = null
  let largest: Found | null = null
  const faults: Measured[] = []
  for (let made = 0, drawn = 0; made < options.tries && drawn < options.tries * 200; drawn++) {
    const from: Found | null = random(2) === 0 ? slowest : largest
    const root = pick(options.roots)
    const asked: Asked = from && random(3) > 0 ? change(from.asked) : grow(fieldOf(query, root.field), root.args, 0)
    const document = `{ ${textOf(asked)} }`
    const cost = costIn(document)
    // Far below the limit nothing is found out; above it nothing is asked.
    if (cost > nodes || cost < nodes / 20) continue
    made++
    const measured = { ...(await options.ask(document)), cost }
    if (measured.status >= 500 || measured.codes.includes('INTERNAL')) faults.push(measured)
    if (measured.status !== 200) continue
    if (!slowest || measured.ms > slowest.measured.ms) slowest = { asked, measured }
    if (!largest || measured.bytes > largest.measured.bytes) largest = { asked, measured }
  }
  if (!slowest || !largest) throw new Error('no query was let through')
  return { slowest: slowest.measured, largest: largest.measured, faults }
}

/** One request; its time, the size of its answer, and what it was refused for. */
export async function measure(token: string, document: string): Promise<Measured> {
  const startedMs = performance.now()
  const response = await fetch(surroundings().gatewayUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
    signal: AbortSignal.timeout(60_000),
  })
  const text = await response.text()
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }
  return {
    ...{
      document,
      cost: 0,
      status: response.status,
      ms: performance.now() - startedMs,
      bytes: Buffer.byteLength(text),
    },
    codes: [...new Set(errors.map(({ extensions }) => extensions?.code ?? '?'))],
  }
}

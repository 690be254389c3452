import {
  buildClientSchema,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import type { Caller, Data } from './api.ts'

/** Something was refused on the way: which question, and with what. */
export type Stumble = { asked: string; code: string; path: string }

const thingsOfAKind = 4
/** How far values that have no id of their own are looked into. */
const deepest = 5

export const schemaOf = async (caller: Caller): Promise<GraphQLSchema> =>
  buildClientSchema(await caller.askUntyped(getIntrospectionQuery()))

const isPlain = (field: GraphQLField<unknown, unknown>): boolean => !field.args.some(isRequiredArgument)

const leaves = (type: GraphQLObjectType) =>
  Object.values(type.getFields()).filter(field => isLeafType(getNamedType(field.type)) && isPlain(field))

/** The leaves of a type. @param renamed those that stand beside a field of the same name and another type, in a union */
const leavesOf = (type: GraphQLObjectType, renamed: ReadonlySet<string> = new Set()): string =>
  ['__typename', ...leaves(type).map(({ name }) => (renamed.has(name) ? `${type.name}_${name}: ${name}` : name))].join(
    ' ',
  )

function leavesOfEach(types: readonly GraphQLObjectType[]): string {
  const typesOf = Map.groupBy(types.flatMap(leaves), ({ name }) => name)
  const renamed = new Set(
    [...typesOf].filter(([, fields]) => new Set(fields.map(({ type }) => String(type))).size > 1).map(([name]) => name),
  )
  return `__typename ${types.map(type => `... on ${type.name} { ${leavesOf(type, renamed)} }`).join(' ')}`
}

/** Everything that may be asked of a type, to its leaves; of another thing with an id of its own, its leaves alone. */
function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (isUnionType(type) || isInterfaceType(type)) return leavesOfEach(schema.getPossibleTypes(type))
  if (!isObjectType(type)) return ''
  return 'id' in type.getFields() && depth > 0 ? leavesOf(type) : fieldsOf(schema, type, depth)
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLObjectType, depth: number): string {
  const composite = Object.values(type.getFields()).filter(
    field => !isLeafType(getNamedType(field.type)) && isPlain(field),
  )
  const inner = composite.flatMap(field => {
    // A connection's edges say what its nodes say.
    if (depth >= deepest || field.name === 'edges') return []
    return [`${field.name} { ${selectionOf(schema, getNamedType(field.type), depth + 1)} }`]
  })
  return [leavesOf(type), ...inner].join(' ')
}

/** A selection of everything that may be asked of a type without an argument. */
export const everythingOf = (schema: GraphQLSchema, type: GraphQLObjectType): string => fieldsOf(schema, type, 1)

/** Ids of things in an answer, by the type that stands beside them. */
function thingsIn(value: Data, found: [type: string, id: string][] = []): [string, string][] {
  if (Array.isArray(value)) for (const one of value) thingsIn(one, found)
  else if (value !== null && typeof value === 'object') {
    if (typeof value.id === 'string' && typeof value.__typename === 'string') found.push([value.__typename, value.id])
    for (const one of Object.values(value)) thingsIn(one, found)
  }
  return found
}

/**
 * Asks every field of every reference, as the schema has them: what needs no argument from the root, and from there
 * whatever has an id and can be opened by it, a few of each kind.
 * @returns what was refused on the way, and the types of the things that were opened
 */
export async function walk(
  caller: Caller,
  starts: readonly string[],
): Promise<{ stumbles: Stumble[]; opened: Set<string> }> {
  const schema = await schemaOf(caller)
  const openable = new Map(schema.getPossibleTypes(schema.getType('Node') as never).map(type => [type.name, type]))
  const stumbles: Stumble[] = []
  const seen = new Map<string, Set<string>>()
  const waiting: [string, string][] = []
  const meet = (type: string, id: string): void => {
    const known = seen.get(type) ?? new Set()
    if (!openable.has(type) || known.has(id) || known.size >= thingsOfAKind) return
    seen.set(type, known.add(id))
    waiting.push([type, id])
  }
  const ask = async (document: string, variables: object, asked: string) => {
    const { data, errors } = await caller.sendUntyped(document, variables)
    for (const { extensions, path, message } of errors)
      stumbles.push({ asked, code: extensions?.code ?? message, path: path?.join('.') ?? '' })
    for (const [type, id] of thingsIn(data)) meet(type, id)
  }

  for (const id of starts) meet(id.split(':')[0] as string, id)
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(field.type)
    if (isPlain(field) && !isLeafType(type)) {
      const selection = isObjectType(type) ? fieldsOf(schema, type, 1) : selectionOf(schema, type, 1)
      await ask(`{ ${field.name} { ${selection} } }`, {}, field.name)
    }
  }
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, id] = next
    const type = openable.get(name) as GraphQLObjectType
    for (const field of Object.values(type.getFields())) {
      const of = getNamedType(field.type)
      const selection = isLeafType(of) ? '' : `{ ${selectionOf(schema, of, 1)} }`
      if (!isPlain(field)) continue
      await ask(
        `query ($id: ID!) { node(id: $id) { __typename ... on ${name} { field: ${field.name} ${selection} } } }`,
        { id },
        `${name}.${field.name}`,
      )
    }
  }
  return { stumbles, opened: new Set(seen.keys()) }
}

import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
} from 'graphql'
import type { Caller } from './api.ts'
import { schemaOf } from './walk.ts'

/** What nobody can mean, by the type that it is given for; and `null`, wherever it is allowed. */
const badValues: Record<string, unknown[]> = {
  String: [
    '',
    ' ',
    '\n',
    '\u0000',
    '王\ud842五',
    '\u202e',
    '=1+1',
    "'; drop table member; --",
    '长'.repeat(70_000),
    '%',
    '\\',
    '{}',
  ],
  ID: [
    '',
    'x',
    'Member:',
    'Organisation:00000000-0000-0000-0000-000000000000',
    'Member:not-a-uuid',
    'Nothing:01a2010a-15bd-777e-ac6e-3f45a1a37fd1',
    '\u0000',
    'M'.repeat(5_000),
  ],
  Int: [-1, 0, 2_147_483_647, -2_147_483_648, 101, 3_661],
  Float: [-1, 1e308],
  Boolean: [true, false],
  Date: [
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '2026-02-30',
    '2026-13-01',
    '1582-10-10',
    '',
    'x',
    '2026-11-22T00:00:00Z',
  ],
  DateTime: ['0000-01-01T00:00:00Z', 'x', '9999-12-31T23:59:59Z', '-271821-04-20T00:00:00Z'],
  Fen: ['-1', '9'.repeat(18), '9'.repeat(19), 'x', '1.5'],
}
const soundValues: Record<string, unknown> = {
  ...{ String: '核对', ID: 'Organisation:01a2010a-15bd-777e-ac6e-3f45a1a37fd1', Int: 1, Float: 1, Boolean: true },
  ...{ Date: '2026-01-02', DateTime: '2026-01-02T00:00:00Z', Fen: '100' },
}

export type Fault = { field: string; variables: string; status: number; codes: string[] }
type Attempt = { field: string; document: string; variables: Record<string, unknown> }

/** A value that fits a type; ids by what their argument is called, where one is known. */
function sound(type: GraphQLInputType, name: string, ids: Readonly<Record<string, string>>, depth = 0): unknown {
  const inner = getNullableType(type)
  if (isListType(inner)) return [sound(inner.ofType, name, ids, depth)]
  const named = getNamedType(inner)
  if (isEnumType(named)) return named.getValues()[0]?.name
  if (isInputObjectType(named)) {
    if (depth > 6) return {}
    const fields = Object.values(named.getFields()).filter(field => field.name !== 'idempotencyKey')
    return Object.fromEntries(fields.map(field => [field.name, sound(field.type, field.name, ids, depth + 1)]))
  }
  if (named.name === 'ID') return ids[name] ?? ids.id ?? soundValues.ID
  return soundValues[named.name] ?? '核对'
}

/** Each place in a value with each bad value that its type may be given, one at a time. */
function* spoilt(type: GraphQLInputType, value: unknown, depth = 0): Generator<unknown> {
  if (!isNonNullType(type)) yield null
  const inner = getNullableType(type)
  if (isListType(inner)) {
    yield []
    yield Array.from({ length: 101 }, () => (value as unknown[])[0])
    for (const bad of spoilt(inner.ofType, (value as unknown[])[0], depth)) yield [bad]
    return
  }
  const named = getNamedType(inner)
  if (isInputObjectType(named)) {
    if (depth > 6) return
    const whole = value as Record<string, unknown>
    for (const field of Object.values(named.getFields())) {
      if (!isRequiredInputField(field)) {
        const { [field.name]: _, ...without } = whole
        yield without
      }
      for (const bad of spoilt(field.type, whole[field.name], depth + 1)) yield { ...whole, [field.name]: bad }
    }
    return
  }
  for (const bad of badValues[named.name] ?? []) yield bad
}

type Fields = ReturnType<NonNullable<ReturnType<GraphQLSchema['getQueryType']>>['getFields']>
const fieldsOf = (schema: GraphQLSchema, type: string): Fields => {
  const found = schema.getType(type)
  return isObjectType(found) ? found.getFields() : {}
}

/** A thing, and what it has one of: the way to their fields that take arguments. */
function* placesOf(schema: GraphQLSchema, type: string): Generator<{ way: string[]; fields: Fields }> {
  const own = fieldsOf(schema, type)
  yield { way: [], fields: own }
  // An organisation, a person and a case are asked by themselves.
  for (const field of Object.values(own))
    if (
      field.args.length === 0 &&
      !isListType(getNullableType(field.type)) &&
      !/^(Organisation|Member|DevelopmentCase)$/.test(getNamedType(field.type).name)
    )
      yield { way: [field.name], fields: fieldsOf(schema, getNamedType(field.type).name) }
}

/** Every field with arguments of an organisation, a person, a case, and of what these have one of. */
function* asked(schema: GraphQLSchema, ids: Readonly<Record<string, string>>) {
  const things = [
    ...([
      ['Organisation', ids.organisationId],
      ['Organisation', ids.keeperId],
      ['Member', ids.memberId],
      ['Member', ids.payerId],
      ['DevelopmentCase', ids.caseId],
    ] as const),
  ]
  for (const [of, id] of things)
    for (const { way, fields } of placesOf(schema, of))
      for (const field of Object.values(fields)) if (field.args.length > 0) yield { of, id, way, field }
}

/**
 * Every argument of every root field, and of every field of an organisation, a person and a case and of what these have one
 * of (an account, a record), with every bad value of its type, the others sound.
 * @param ids of real things, by the names that arguments have for them; `id` for any other
 */
function* attempts(schema: GraphQLSchema, ids: Readonly<Record<string, string>>): Generator<Attempt> {
  for (const [operation, root] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const known = { ...ids, ...idsFor(field.name, ids) }
      const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : ''
      const defined = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ')
      const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
      const document =
        field.args.length > 0
          ? `${operation} (${defined}) { ${field.name}(${passed}) ${selection} }`
          : `{ ${field.name} ${selection} }`
      const whole = Object.fromEntries(field.args.map(({ name, type }) => [name, sound(type, name, known)]))
      yield { field: field.name, document, variables: whole }
      for (const { name, type } of field.args)
        for (const bad of spoilt(type, whole[name]))
          yield { field: `${field.name}.${name}`, document, variables: { ...whole, [name]: bad } }
    }
  }
  for (const { of, id, way, field } of asked(schema, ids)) {
    const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : ''
    const defined = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ')
    const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
    const innermost = `${field.name}(${passed}) ${selection}`
    const inner = way.reduceRight((within, step) => `${step} { ${within} }`, innermost)
    const document = `query ($node: ID!, ${defined}) { node(id: $node) { ... on ${of} { ${inner} } } }`
    const whole = Object.fromEntries(
      field.args.map(({ name, type }) => [name, name === 'after' || name === 'before' ? null : sound(type, name, ids)]),
    )
    for (const { name, type } of field.args)
      for (const bad of spoilt(type, whole[name])) {
        const at = [of, ...way, field.name, name].join('.')
        yield { field: at, document, variables: { node: id, ...whole, [name]: bad } }
      }
  }
}

/** What `id` means to a field. */
const idsFor = (field: string, ids: Readonly<Record<string, string>>): Record<string, string> => {
  const of = /Member/.test(field)
    ? ids.memberId
    : /Case/.test(field)
      ? ids.caseId
      : /rganisation/.test(field)
        ? ids.organisationId
        : undefined
  return of && !/Import/.test(field) ? { id: of } : {}
}

/**
 * Sends them all. @returns what was answered with INTERNAL or a status of 500 and more, the number of attempts
 * @param options `every` so manieth attempt is made, from the place `from` on: 1 makes them all
 */
export async function fuzz(
  caller: Caller,
  ids: Readonly<Record<string, string>>,
  options: { every: number; from: number },
): Promise<{ faults: Fault[]; made: number }> {
  const schema = await schemaOf(caller)
  const faults: Fault[] = []
  let made = 0
  let n = 0
  for (const { field, document, variables } of attempts(schema, ids)) {
    if (n++ % options.every !== options.from % options.every) continue
    made++
    const answer = await caller.sendUntyped(document, variables)
    const codes = answer.errors.map(({ extensions, message }) => extensions?.code ?? message)
    if (answer.status >= 500 || codes.some(code => code === 'INTERNAL' || code === 'SUBGRAPH_UNAVAILABLE'))
      faults.push({ field, variables: JSON.stringify(variables).slice(0, 300), status: answer.status, codes })
  }
  return { faults, made }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type Answer, codesOf, type Data, send } from '@linghang/harness/ask'
import { createCity } from '@linghang/harness/city'
import { type County, createCounty, seedBranch } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { type ServiceName, services } from '@linghang/migrations'
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  print,
} from 'graphql'

jest.setTimeout(180_000)

let county: County
let office: Actor
/** Real things of a county of the city, by type; of others an id that leads nowhere says as much. */
let known: Readonly<Record<string, string>>
beforeAll(async () => {
  county = await createCounty()
  const { branch } = await seedBranch(county)
  const people = await seedMembers(county, [fullMember(county.code, branch.code, { 姓名: '某某' })])
  await everyoneKnown(county)
  office = (await createCity([county])).office
  known = { Organisation: branch.id, Member: people.get('某某') as string }
})

const nowhere = '01900000-0000-7000-8000-000000000000'
const schemaOf = (service: ServiceName) =>
  buildSchema(readFileSync(join(import.meta.dirname, '../../../services', service, 'schema.graphql'), 'utf8'), {
    assumeValidSDL: true,
  })
const idOf = (type: string): string => known[type] ?? `${type}:${nowhere}`

const scalars: Readonly<Record<string, unknown>> = {
  ...{
    String: '某',
    Int: 1,
    Float: 1,
    Boolean: true,
    Date: '2026-01-05',
    DateTime: '2026-01-05T01:00:00Z',
    Fen: '100',
  },
}
/** What must be given of an argument or a field of an input, and no more. */
function sample(type: GraphQLInputType, name: string): unknown {
  const inner = getNullableType(type)
  if (isListType(inner)) return [sample(inner.ofType, name)]
  const named = getNamedType(inner)
  if (isEnumType(named)) return named.getValues()[0]?.name
  if (isInputObjectType(named))
    return Object.fromEntries(
      Object.values(named.getFields())
        .filter((field: GraphQLInputField) => isRequiredInputField(field))
        .map(field => [field.name, sample(field.type, field.name)]),
    )
  if (named.name !== 'ID') return scalars[named.name] ?? '某'
  return idOf(/member/i.test(name) ? 'Member' : 'Organisation')
}
/** An argument that is an id says of what in its words, or it is an id of what the field gives. */
function argument({ name, type, description }: GraphQLArgument, field: GraphQLField<unknown, unknown>): unknown {
  if (getNamedType(type).name !== 'ID') return sample(type, name)
  const of = /`([A-Z]\w+)`/.exec(description ?? '')?.[1]
  return of ? idOf(of) : name === 'id' ? idOf(getNamedType(field.type).name) : sample(type, name)
}

/** Everything of a type that can be asked without an argument, some steps deep; a thing with an id of its own by that id. */
function selection(type: GraphQLObjectType, depth: number): string {
  const parts = Object.values(type.getFields()).flatMap(field => {
    if (field.args.some(isRequiredArgument)) return []
    const of = getNamedType(field.type)
    if (isLeafType(of)) return [field.name]
    if (!isObjectType(of) || depth === 0 || field.name === 'edges') return []
    return [`${field.name} { ${selection(of, depth - 1)} }`]
  })
  return ['__typename', ...parts].join(' ')
}
const fieldText = (field: GraphQLField<unknown, unknown>, args = ''): string => {
  const of = getNamedType(field.type)
  const inner = isLeafType(of) ? '' : isObjectType(of) ? ` { ${selection(of, 2)} }` : ' { __typename }'
  return `field: ${field.name}${args}${inner}`
}

type Asked = { what: string; document: string; variables: Record<string, unknown> }
function withArguments(operation: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): Asked {
  const given = field.args.filter((argument: GraphQLArgument) => isNonNullType(argument.type))
  const head = given.map(({ name, type }) => `$${name}: ${type}`).join(', ')
  const args = given.map(({ name }) => `${name}: $${name}`).join(', ')
  const text = fieldText(field, args && `(${args})`)
  return {
    what: `${operation} ${field.name}`,
    document: `${operation}${head && ` (${head})`} { ${text} }`,
    variables: Object.fromEntries(given.map(one => [one.name, argument(one, field)])),
  }
}

/** Every field of every type that another service, or the gateway, may ask a service for by a reference. */
function* byReference(service: ServiceName): Generator<Asked> {
  for (const type of Object.values(schemaOf(service).getTypeMap())) {
    if (!isObjectType(type) || !type.astNode?.directives?.some(({ name }) => name.value === 'key')) continue
    if (['City', 'County'].includes(type.name)) continue
    // What others may not ask for by it leads nowhere here.
    if (/resolvable: false/.test(type.astNode.directives.map(print).join(' '))) continue
    for (const field of Object.values(type.getFields())) {
      // What it is asked for by is no more than was said.
      if (
        ['id', 'ref', 'organisationId'].includes(field.name) ||
        field.name === 'month' ||
        field.args.some(isRequiredArgument)
      )
        continue
      if (field.astNode?.directives?.some(({ name }) => name.value === 'external')) continue
      const id = idOf(type.name)
      yield {
        what: `${type.name}.${field.name}`,
        document: `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type.name} { ${fieldText(field)} } } }`,
        variables: {
          refs: [{ __typename: type.name, id, ref: id, organisationId: idOf('Organisation'), month: '2026-11-01' }],
        },
      }
    }
  }
}

/** What an answer says beside nothing, by the way to it. */
function saidIn(value: Data, way = ''): string[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap(one => saidIn(one, way))
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, inner]) =>
      name === '__typename' ? [] : saidIn(inner, way ? `${way}.${name}` : name),
    )
  return [`${way}=${value}`]
}
const atOnce = 10
async function askAll(service: ServiceName, all: Iterable<Asked>, judge: (asked: Asked, answer: Answer) => string[]) {
  const waiting = [...all]
  const made = waiting.length
  const faults: string[] = []
  const ask = async (asked: Asked): Promise<string[]> => {
    const answer = await county.world.askUntyped[service](office, asked.document, asked.variables)
    return judge(asked, answer).map(fault => `${asked.what}: ${fault}`)
  }
  while (waiting.length > 0) faults.push(...(await Promise.all(waiting.splice(0, atOnce).map(ask))).flat())
  return { faults, made }
}
/** Refused by this code and no other, and nothing said. */
const refusedAndSilent = (_: Asked, answer: Answer): string[] => {
  const odd = codesOf(answer).filter(code => code !== 'NOT_FOR_CITY')
  return [...odd, ...saidIn(answer.data?._entities ?? answer.data)]
}

describe.each(services)('S3-2 all that can be asked of %s, asked by an office of the city', service => {
  test('S3-2 every query is refused plainly, or answered with nothing', async () => {
    const fields = Object.values(schemaOf(service).getQueryType()?.getFields() ?? {})
    const asked = fields.filter(({ name }) => name !== 'city').map(field => withArguments('query', field))
    const { faults } = await askAll(service, asked, refusedAndSilent)
    expect(faults).toEqual([])
  })

  test('S3-2 every field of every reference is refused plainly, or answered with nothing', async () => {
    const { faults, made } = await askAll(service, byReference(service), refusedAndSilent)
    expect(faults).toEqual([])
    expect(made).toBeGreaterThan(service === 'assessment' ? 1 : 10)
  })

  test('S3-2 every mutation is refused before it begins', async () => {
    const fields = Object.values(schemaOf(service).getMutationType()?.getFields() ?? {})
    const asked = fields.map(field => withArguments('mutation', field))
    const { faults } = await askAll(service, asked, (_, answer) => {
      const codes = codesOf(answer)
      return answer.data === null && codes.length === 1 && codes[0] === 'NOT_FOR_CITY' ? [] : [JSON.stringify(answer)]
    })
    expect(faults).toEqual([])
  })
})

test('S3-2 what an office of the city sends to change something is not even looked at', async () => {
  const document = 'mutation { endOffice(input: { officeId: "x", reason: "" }) { office { id } } }'
  expect(codesOf(await county.world.askUntyped.org(office, document))).toEqual(['NOT_FOR_CITY'])
  const file = { method: 'PUT', path: `/imports/${nowhere}/file`, body: Buffer.from('x') }
  const { status, text } = await send(county.world.urls.members, office, file)
  expect({ status, code: JSON.parse(text).code }).toEqual({ status: 403, code: 'NOT_FOR_CITY' })
})

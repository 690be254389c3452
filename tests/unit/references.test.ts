import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import {
  type DefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type TypeNode,
  type UnionTypeDefinitionNode,
} from 'graphql'

const root = join(import.meta.dirname, '../..')
const services = readdirSync(join(root, 'services'))
const definitionsOf = (service: string) =>
  parse(readFileSync(join(root, 'services', service, 'schema.graphql'), 'utf8')).definitions

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode
const isObject = (node: DefinitionNode): node is ObjectNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
const isUnion = (node: DefinitionNode): node is UnionTypeDefinitionNode => node.kind === Kind.UNION_TYPE_DEFINITION

const all = services.flatMap(definitionsOf)
const hasKey = (node: ObjectNode) => node.directives?.some(({ name }) => name.value === 'key') ?? false
const entities = new Set(
  all
    .filter(isObject)
    .filter(hasKey)
    .map(({ name }) => name.value),
)
for (const { name, types } of all.filter(isUnion))
  if (types?.some(type => entities.has(type.name.value))) entities.add(name.value)

const namedOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedOf(type.type))
const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type))

/** Whoever asks, and the county that their account belongs to as long as it is one; what a page holds: it was just read for them. */
const neverHidden = (type: string, field: string) =>
  (type === 'Query' && field === 'me') ||
  (type === 'Me' && field === 'county') ||
  (type.endsWith('Connection') && field === 'nodes') ||
  (type.endsWith('Edge') && field === 'node')

test('platform a reference to what may stop being visible may be null, in every type of every service', () => {
  const references = services.flatMap(service =>
    definitionsOf(service)
      .filter(isObject)
      .flatMap(({ name, fields }) =>
        (fields ?? [])
          .filter(field => entities.has(namedOf(field.type)) && !isList(field.type))
          .filter(field => !neverHidden(name.value, field.name.value))
          .map(field => ({ at: `${service} ${name.value}.${field.name.value}`, type: field.type })),
      ),
  )
  expect(references.length).toBeGreaterThan(40)
  expect(references.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE).map(({ at }) => at)).toEqual([])
})

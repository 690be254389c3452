import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FieldDefinitionNode, Kind, parse, type TypeNode } from 'graphql'
import { makeFile } from './make-file.ts'

const own = readFileSync(new URL(import.meta.url), 'utf8')

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type))
const isOwnId = ({ name, type }: FieldDefinitionNode): boolean =>
  name.value === 'id' && type.kind === Kind.NON_NULL_TYPE && nameOf(type) === 'ID'

/** The types of contracts whose things have an id of their own: all with `id: ID!` that are not the answer to a mutation. */
export function entityTypes(contracts: readonly string[]): string[] {
  const objects = contracts
    .flatMap(contract => parse(contract).definitions)
    .filter(node => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION)
  const answers = new Set(
    objects
      .filter(({ name }) => name.value === 'Mutation')
      .flatMap(({ fields }) => fields?.map(f => nameOf(f.type)) ?? []),
  )
  const named = objects.filter(({ fields }) => fields?.some(isOwnId)).map(({ name }) => name.value)
  return [...new Set(named)].filter(name => !answers.has(name)).toSorted()
}

/** Makes `src/generated/entity-types.ts` of this package from the services' contracts. @returns whether it was made now */
export async function makeEntityTypes(serviceDirs: readonly string[]): Promise<boolean> {
  const types = entityTypes(serviceDirs.map(dir => readFileSync(join(dir, 'schema.graphql'), 'utf8')))
  const file = join(import.meta.dirname, 'generated', 'entity-types.ts')
  return makeFile(
    file,
    'the services’ contracts',
    [types, own],
    () => `export type EntityType =\n${types.map(type => `  | '${type}'\n`).join('')}`,
  )
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConstDirectiveNode, type DocumentNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql'
import manifest from '../package.json' with { type: 'json' }
import { makeFile } from './make-file.ts'
import { type Model, roomModels } from './room-models.ts'

const own = readFileSync(new URL(import.meta.url), 'utf8')

/** How scalars arrive and leave: what `scalars.ts` reads and serializes. */
const scalars = {
  ID: 'string',
  Date: 'string',
  DateTime: { input: 'string', output: 'Date | string' },
  Fen: { input: 'string', output: 'bigint | string' },
}

const objectsOf = (schema: DocumentNode): ObjectTypeDefinitionNode[] =>
  schema.definitions.filter(node => node.kind === Kind.OBJECT_TYPE_DEFINITION)
const isKey = ({ name }: ConstDirectiveNode) => name.value === 'key'

/** What a list of the contract is a list of; undefined for what is no list. */
function listed({ fields }: ObjectTypeDefinitionNode): string | undefined {
  const names = (fields ?? []).map(({ name }) => name.value)
  if (!['nodes', 'edges', 'pageInfo', 'totalCount'].every(name => names.includes(name))) return undefined
  let type = fields?.find(({ name }) => name.value === 'nodes')?.type
  while (type && type.kind !== Kind.NAMED_TYPE) type = type.type
  return type?.name.value
}

/**
 * Every type of the contract that is not given out as it stands: rooms' models, lists as `Page`, and other services'
 * things, and those that are found by their id alone, as `Ref`; and the enums that have other names inside.
 * @throws Error when a room has a model of what the contract does not know
 */
function insideOf(schema: DocumentNode, models: readonly Model[]) {
  const kinds = new Map(
    schema.definitions.flatMap(node => ('name' in node && node.name ? [[node.name.value, node.kind] as const] : [])),
  )
  const unknown = models.find(({ type }) => !kinds.has(type))
  if (unknown) throw new Error(`${unknown.file} has a model of ${unknown.type}, which is no type of the contract`)
  const given = objectsOf(schema).flatMap(object => {
    const type = object.name.value
    const element = listed(object)
    if (element !== undefined) return [[type, `@linghang/subgraph#Page<ResolversTypes['${element}']>`]]
    return object.directives?.some(isKey) ? [[type, `@linghang/subgraph#Ref<'${type}'>`]] : []
  })
  const isEnum = ({ type }: Model) => kinds.get(type) === Kind.ENUM_TYPE_DEFINITION
  const enums = models.filter(isEnum).map(({ type, file }) => [type, `../${file}#${type}`])
  const others = models.filter(model => !isEnum(model))
  const modelled = others.map(({ type, file }) => [type, `../${file}#${type} as ${type}Model`])
  return { mappers: Object.fromEntries([...given, ...modelled]), enumValues: Object.fromEntries(enums) }
}

async function generate(schema: DocumentNode, inside: ReturnType<typeof insideOf>): Promise<string> {
  const { codegen } = await import('@graphql-codegen/core')
  const typescript = await import('@graphql-codegen/typescript')
  const resolvers = await import('@graphql-codegen/typescript-resolvers')
  const made = await codegen({
    filename: 'schema-types.ts',
    schema,
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
    config: {
      ...{ ...inside, scalars, contextType: '../work.ts#Context', federation: true, immutableTypes: true },
      ...{ enumsAsTypes: true, useTypeImports: true, importExtension: '.ts', emitLegacyCommonJSImports: false },
      ...{ inputMaybeValue: 'T | null | undefined', maybeValue: 'T | null | undefined' },
      resolversNonOptionalTypename: { unionMember: true, interfaceImplementingType: true },
    },
  })
  // It exports again what it has imported as a type, and does not say that it is one.
  return made.replaceAll(/^export \{/gm, 'export type {')
}

/**
 * Makes `src/generated/schema-types.ts` of a service: the types of its contract's inputs and enums, and `Resolvers`, in
 * which its rooms' resolvers are typed by the contract and by the rooms' models. Skipped while contract, models and the
 * way of making are the same.
 * @param dir folder of the service, with `schema.graphql`; or of a package, whose part of contracts is given
 * @returns whether they were made now
 */
export async function makeSchemaTypes(
  dir: string,
  contract = readFileSync(join(dir, 'schema.graphql'), 'utf8'),
): Promise<boolean> {
  const schema = parse(contract)
  const inside = insideOf(schema, roomModels(dir))
  const file = join(dir, 'src', 'generated', 'schema-types.ts')
  const inputs = [contract, inside, manifest.devDependencies, own]
  return makeFile(file, "the contract and the rooms' models.ts", inputs, () => generate(schema, inside))
}

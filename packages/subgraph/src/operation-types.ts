import { readFileSync } from 'node:fs'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type DocumentNode, type GraphQLSchema, Kind, parse, printSchema, validate } from 'graphql'
import manifest from '../package.json' with { type: 'json' }
import type { FoundDocument } from './find-documents.ts'
import { makeFile } from './make-file.ts'

const own = readFileSync(new URL(import.meta.url), 'utf8')

export { findDocuments } from './find-documents.ts'

/** What goes along with a document: nothing where it has no variables, or none that must be given. */
export type VariablesOf<Operation> = Operation extends { variables: infer Variables extends object }
  ? Record<never, never> extends Variables
    ? [variables?: Variables]
    : [variables: Variables]
  : never

/** What comes back for a document. */
export type DataOf<Operation> = Operation extends { data: infer Data } ? Data : never

/** What travels: text for whatever a script would lose something of. */
const scalars = { ID: 'string', Date: 'string', DateTime: 'string', Fen: 'string', _Any: 'object' }

/** Validation lets an operation of a kind pass that the schema does not have at all. */
const isAnswered = (schema: GraphQLSchema, document: DocumentNode): boolean =>
  validate(schema, document).length === 0 &&
  document.definitions.every(node => node.kind !== Kind.OPERATION_DEFINITION || schema.getRootType(node.operation))

async function generate(schema: GraphQLSchema, found: readonly FoundDocument[], nulls: boolean): Promise<string> {
  const { codegen } = await import('@graphql-codegen/core')
  const operations = await import('@graphql-codegen/typescript-operations')
  const kinds: string[] = []
  const documents = found.map(({ document }, i) => ({
    location: `${i}`,
    document: {
      ...document,
      definitions: document.definitions.map(node => {
        if (node.kind !== Kind.OPERATION_DEFINITION) return node
        kinds[i] = node.operation === 'query' ? 'Query' : 'Mutation'
        return { ...node, name: { kind: Kind.NAME as const, value: `Of${i}` } }
      }),
    },
  }))
  const types = await codegen({
    filename: 'operations.ts',
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    documents,
    plugins: [{ operations: {} }],
    pluginMap: { operations },
    // Validated above; a name of a fragment may stand in two documents.
    skipDocumentsValidation: true,
    config: {
      ...{ scalars, skipTypename: true, dedupeOperationSuffix: true, importExtension: '.ts' },
      ...(nulls ? {} : { maybeValue: 'T' }),
    },
  })
  const lines = found.map(
    ({ text }, i) => `  ${JSON.stringify(text)}: { data: Of${i}${kinds[i]}; variables: Of${i}${kinds[i]}Variables }`,
  )
  return `${types}\nexport type Operations = {\n${lines.join('\n')}\n}\n`
}

/**
 * Makes the types of operations: `Operations`, in which a document's text leads to its
 * variables and its data. What is not valid against the schema is not in it, so that the compiler refuses it.
 * @param options.nulls whether what may be null is typed so; a test that looks into it fails anyway
 * @returns whether they were made now
 */
export async function makeOperationTypes(options: {
  /** SDL of an API, or of a subgraph. */
  schemaFile: string
  documents: readonly FoundDocument[]
  outFile: string
  nulls: boolean
}): Promise<boolean> {
  const { schemaFile, documents, outFile, nulls } = options
  const contract = readFileSync(schemaFile, 'utf8')
  const schema = buildSubgraphSchema(parse(contract))
  const found = documents.filter(({ document }) => isAnswered(schema, document))
  const inputs = [contract, found.map(({ text }) => text), nulls, manifest.devDependencies, own]
  return makeFile(outFile, `${found.length} documents`, inputs, () => generate(schema, found, nulls))
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { findDocuments } from './find-documents.ts'
import { makeOperationTypes } from './operation-types.ts'

const folder = mkdtempSync(join(tmpdir(), 'operations-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const source = write(
  'source.ts',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a source, with its holes.
  "const fields = 'id name'\nconst many = (n: number) => `{ people(first: ${n}) { id } }`\nask(`query ($id: ID!) { person(id: $id) { ${fields} } }`)\n" +
    "ask('{ person(id: \"1\") { birthday } }')\nask('subscription { __typename }')\nask('{ people(first: 1) { id } }')\nparse('{ not graphql')\n",
)
const schemaFile = write(
  'schema.graphql',
  'type Person @key(fields: "id") { id: ID! name: String joined: Date }\nscalar Date\ntype Query { person(id: ID!): Person people(first: Int!): [Person!]! }\n',
)
const make = (outFile: string, nulls: boolean) =>
  makeOperationTypes({ schemaFile, documents: findDocuments([source]), outFile: join(folder, outFile), nulls })
const linesOf = (file: string) => readFileSync(join(folder, file), 'utf8').replaceAll(/\s+/g, ' ')

describe('platform operations are typed by the contract', () => {
  test('platform a document is found to the letter, with the constants of its file; what is put together at run time is not', () => {
    expect(findDocuments([source]).map(({ text }) => text)).toEqual([
      'query ($id: ID!) { person(id: $id) { id name } }',
      '{ person(id: "1") { birthday } }',
      'subscription { __typename }',
      '{ people(first: 1) { id } }',
    ])
  })

  test('platform what the schema answers has types under its text, and what it refuses has none', async () => {
    expect(await make('operations.ts', true)).toBe(true)
    const made = linesOf('operations.ts')
    expect(made).toContain(
      '"query ($id: ID!) { person(id: $id) { id name } }": { data: Of0Query; variables: Of0QueryVariables }',
    )
    expect(made).toContain('Of0Query = { person: { id: string, name: string | null } | null }')
    expect(made).toContain('Of1Query = { people: Array<{ id: string }> }')
    expect(made).not.toMatch(/birthday|subscription/)
  })

  test('platform they are made again when something has changed, and not before', async () => {
    expect(await make('again.ts', true)).toBe(true)
    expect(await make('again.ts', true)).toBe(false)
    expect(await make('again.ts', false)).toBe(true)
    expect(linesOf('again.ts')).toContain('Of0Query = { person: { id: string, name: string } }')
  })
})

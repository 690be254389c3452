import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { exportedTypes } from './room-models.ts'
import { makeSchemaTypes } from './schema-types.ts'

const contract = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Date
  scalar DateTime
  scalar Fen
  enum Colour { RED GREEN }
  type Query { bills(first: Int): BillConnection! }
  type Mutation { payBill(input: PayBillInput!): Bill }
  input PayBillInput { id: ID! colour: Colour! amountFen: Fen! on: Date paidAt: DateTime }
  type Member @key(fields: "id") { id: ID! bills: [Bill!]! }
  type Bill { id: ID! owedBy: Member! }
  type BillEdge { node: Bill! cursor: String! }
  type PageInfo { hasNextPage: Boolean! }
  type BillConnection { nodes: [Bill!]! edges: [BillEdge!]! pageInfo: PageInfo! totalCount: Int! }
`

describe('platform resolvers are typed by the contract', () => {
  let service: string
  const put = (file: string, text: string) => {
    mkdirSync(join(service, file, '..'), { recursive: true })
    writeFileSync(join(service, file), text)
  }
  const made = () => readFileSync(join(service, 'src/generated/schema-types.ts'), 'utf8')

  beforeEach(() => {
    service = mkdtempSync(join(tmpdir(), 'schema-types-'))
    put('schema.graphql', contract)
    put('src/billing/bills/models.ts', "export type { PaidBill as Bill } from './bill.ts'\n")
  })
  afterEach(() => rmSync(service, { recursive: true }))

  test('platform the exported types of a file are found by the names that others see', () => {
    const source = [
      "import type { Hidden } from './hidden.ts'",
      "export type { One, Two as Second } from './things.ts'",
      'export type Third = { id: string }',
      'export interface Fourth { id: string }',
      'type Own = string',
    ].join('\n')
    expect(exportedTypes(source)).toEqual(['One', 'Second', 'Third', 'Fourth'])
  })

  test("platform a room's model, a list and another service's thing stand for their types", async () => {
    await makeSchemaTypes(service)
    expect(made()).toContain("import type { Bill as BillModel } from '../billing/bills/models.ts'")
    expect(made()).toContain('Bill: ResolverTypeWrapper<BillModel>')
    expect(made()).toContain("BillConnection: ResolverTypeWrapper<Page<ResolversTypes['Bill']>>")
    expect(made()).toContain("Member: ResolverTypeWrapper<Ref<'Member'>>")
    expect(made()).toContain('DateTime: { input: string; output: Date | string; }')
    expect(made()).not.toMatch(/^(export )?(enum|namespace|const|class) /m)
  })

  test('platform types are made once for a contract and its models, whoever else makes them at the same time', async () => {
    expect(await Promise.all([makeSchemaTypes(service), makeSchemaTypes(service)])).toEqual([true, true])
    expect(await makeSchemaTypes(service)).toBe(false)
    put('schema.graphql', contract.replace('RED', 'BLUE'))
    expect(await makeSchemaTypes(service)).toBe(true)
    expect(readdirSync(join(service, 'src/generated'))).toEqual(['schema-types.ts'])
  })

  test('platform a model of what the contract does not know, and two models of one thing, are refused', async () => {
    put('src/lost/models.ts', 'export type Lost = { id: string }\n')
    await expect(makeSchemaTypes(service)).rejects.toThrow('lost/models.ts has a model of Lost')
    put('src/lost/models.ts', 'export type Bill = { id: string }\n')
    await expect(makeSchemaTypes(service)).rejects.toThrow('Bill has two models, in billing/bills and in lost')
  })
})

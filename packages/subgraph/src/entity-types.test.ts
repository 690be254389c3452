import { describe, expect, test } from '@jest/globals'
import { entityTypes } from './entity-types.ts'

describe('platform ids are of types that the contracts know', () => {
  test('platform a thing with an id of its own is one, in whatever contract; the answer to a mutation is none', () => {
    const bills = `
      type Query { bill(id: ID!): Bill }
      type Mutation { payBill(id: ID!): PayBillPayload! }
      type PayBillPayload { id: ID! bill: Bill }
      type Bill { id: ID! owedBy: Member! sum: Money! }
      type Money { payerId: ID! id: ID }`
    const people = 'extend type Member { id: ID! } type Member { name: String! } type Bill { id: ID! }'
    expect(entityTypes([bills, people])).toEqual(['Bill', 'Member'])
  })
})

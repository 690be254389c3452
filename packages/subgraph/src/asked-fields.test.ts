import { describe, expect, test } from '@jest/globals'
import { parse } from 'graphql'
import { fieldsOf } from './asked-fields.ts'

describe('S4-4 what a form asks for', () => {
  test.each([
    // The same key twice and which thing is meant are the program's to know.
    ['input I { idempotencyKey: String! expectedRevision: Int! expectedVersion: Int! meetingId: ID! }', 0, 0, 0, 1],
    ['input I { memberId: ID! on: Date! }', 2, 0, 1, 0],
    ['input I { memberId: ID meetingId: ID }', 0, 1, 0, 0],
    ['input I { a: Int! b: Int! = 3 c: Int }', 1, 2, 0, 0],
    ['input I { people: [P!]! } input P { memberId: ID! note: String }', 1, 1, 1, 0],
    ['input I { people: [P!] } input P { memberId: ID! note: String! }', 0, 2, 0, 0],
    ['input I { memberIds: [ID!]! }', 1, 0, 1, 0],
  ])(
    'S4-4 %s has %i fields to fill in, %i more that may be, %i of the former only picked; %i the program knows',
    (inputs, asked, offered, picked, known) => {
      const found = fieldsOf(parse(`${inputs} type Mutation { m(input: I!): Int }`))
      expect(found.get('m')).toEqual({ asked, offered, picked, known })
    },
  )
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'graphql'
import { fieldsOf } from './asked-fields.ts'
import { forms, notHandedIn } from './forms.ts'

const contract = parse(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))

describe('S4-4 what organisations are asked for', () => {
  test('S4-4 every mutation is a form with its asker and basis, or stands among those that nobody hands in', () => {
    const known = [...forms.map(({ mutation }) => mutation), ...notHandedIn]
    expect([...fieldsOf(contract).keys()].filter(name => !known.includes(name))).toEqual([])
    expect(known.filter(name => !fieldsOf(contract).has(name))).toEqual([])
    expect(new Set(known).size).toBe(known.length)
  })

  test('S4-4 what the audit names belongs to one form', () => {
    const actions = forms.flatMap(one => one.actions)
    expect(new Set(actions).size).toBe(actions.length)
  })

  test('S4-4 nobody is counted for how they signed in, nor a unit for what was called for from above', () => {
    const counted = new Set(forms.flatMap(one => one.actions))
    for (const action of ['meeting.signed-in', 'meeting.replanned', 'election.called', 'joint-activity.listed'])
      expect([action, counted.has(action)]).toEqual([action, false])
  })

  test.each([
    // The same key twice and which thing is meant are the program's to know.
    ['input I { idempotencyKey: String expectedRevision: Int meetingId: ID! }', 0, 0],
    ['input I { memberId: ID! on: Date! }', 2, 0],
    ['input I { a: Int! b: Int! = 3 c: Int }', 1, 2],
    ['input I { people: [P!]! } input P { memberId: ID! note: String }', 1, 1],
    ['input I { people: [P!] } input P { memberId: ID! note: String! }', 0, 2],
    ['input I { memberIds: [ID!]! }', 1, 0],
  ])('S4-4 %s has %i fields to fill in and %i more', (inputs, asked, offered) => {
    const found = fieldsOf(parse(`${inputs} type Mutation { m(input: I!): Int }`))
    expect(found.get('m')).toEqual({ asked, offered })
  })
})

import { describe, expect, test } from '@jest/globals'
import { fieldsOfContract } from '@linghang/subgraph/asked'
import { forms, notHandedIn } from './forms.ts'

const fields = fieldsOfContract(new URL('../../schema.graphql', import.meta.url))

describe('S4-4 what organisations are asked for of their dues', () => {
  test('R7 every mutation is a form with its asker and basis, or stands among those that nobody hands in', () => {
    const known = [...forms.map(({ mutation }) => mutation), ...notHandedIn]
    expect([...fields.keys()].filter(name => !known.includes(name))).toEqual([])
    expect(known.filter(name => !fields.has(name))).toEqual([])
    expect(new Set(known).size).toBe(known.length)
  })

  test('S4-4 what the audit names belongs to one form, and is no look at anybody', () => {
    const actions = forms.flatMap(one => one.actions)
    expect(new Set(actions).size).toBe(actions.length)
    expect(actions.filter(action => /looked|read|fetched|claimed|order/.test(action))).toEqual([])
  })
})

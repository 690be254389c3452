import { describe, expect, test } from '@jest/globals'
import { formFaults, noFormFaults } from '@linghang/harness/form-faults'
import { forms, notHandedIn } from './forms.ts'

const schemaFile = new URL('../../schema.graphql', import.meta.url)

describe('S4-4 what organisations are asked for of what waits for them', () => {
  test('S4-4 R7 every mutation is one form with its asker and basis, or stands among those that nobody hands in', () => {
    expect(formFaults(schemaFile, forms, notHandedIn)).toEqual(noFormFaults)
  })

  test('S4-4 what the audit names is no look at anybody', () => {
    const actions = forms.flatMap(one => one.actions)
    expect(actions.filter(action => /looked|read|fetched/.test(action))).toEqual([])
  })
})

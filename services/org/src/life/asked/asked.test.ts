import { describe, expect, test } from '@jest/globals'
import { formFaults, noFormFaults } from '@linghang/harness/form-faults'
import { forms, notHandedIn } from './forms.ts'

const schemaFile = new URL('../../../schema.graphql', import.meta.url)

describe('S4-4 what organisations are asked for', () => {
  test('S4-4 R7 every mutation is one form with its asker and basis, or stands among those that nobody hands in', () => {
    expect(formFaults(schemaFile, forms, notHandedIn)).toEqual(noFormFaults)
  })

  test('S4-4 nobody is counted for how they signed in, nor a unit for what was called for from above', () => {
    const counted = new Set(forms.flatMap(one => one.actions))
    for (const action of ['meeting.signed-in', 'meeting.replanned', 'election.called', 'joint-activity.listed'])
      expect([action, counted.has(action)]).toEqual([action, false])
  })
})

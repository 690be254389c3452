import { describe, expect, test } from '@jest/globals'
import { changedFrom, type Place } from './place.ts'

const before: Place = {
  ...{ orgId: 'a', version: 1, day: '2026-01-05', superiorId: 'top', kind: 'BRANCH', unitKind: null, endedOn: null },
}
const told = (change: Partial<Place>): Place => ({ ...before, version: 2, day: '2026-06-10', ...change })

describe('S0-21 from which day on another place of an organisation makes other sheets', () => {
  test.each([
    ['it is told of for the first time', null, told({}), '2026-06-10'],
    ['it is told of once more as it was', before, told({}), null],
    ['it stands under another', before, told({ superiorId: 'other' }), '2026-06-10'],
    ['it is of another kind', before, told({ kind: 'GENERAL_BRANCH' }), '2026-06-10'],
    ['it is set up in another kind of unit', before, told({ unitKind: 'VILLAGE' }), '2026-06-10'],
    ['it has ended before that was told', before, told({ endedOn: '2026-05-31' }), '2026-05-31'],
    ['it will end', before, told({ endedOn: '2026-07-01' }), '2026-06-10'],
    ['it has not ended after all', { ...before, endedOn: '2026-03-31' }, told({ superiorId: 'other' }), '2026-03-31'],
  ])('S0-21 %s', (_, was, now, wanted) => {
    expect(changedFrom(was, now)).toBe(wanted)
  })
})

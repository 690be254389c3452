import { describe, expect, test } from '@jest/globals'
import { bodiesFor, electionWindow, isWhole, kindOnDay, termYearsOf } from './kinds.ts'

describe('1.3 who elects, and when', () => {
  test.each([
    { organisationKind: 'COMMITTEE', members: 499, scattered: false, bodies: ['ASSEMBLY'] },
    { organisationKind: 'COMMITTEE', members: 500, scattered: false, bodies: ['CONGRESS', 'ASSEMBLY'] },
    { organisationKind: 'COMMITTEE', members: 499, scattered: true, bodies: ['ASSEMBLY', 'CONGRESS'] },
    { organisationKind: 'GENERAL_BRANCH', members: 500, scattered: false, bodies: ['CONGRESS', 'ASSEMBLY'] },
    { organisationKind: 'BRANCH', members: 500, scattered: true, bodies: ['ASSEMBLY'] },
  ])('1.3 $organisationKind of $members, scattered $scattered: $bodies', ({ bodies, ...at }) => {
    expect(bodiesFor(at)).toEqual(bodies)
  })

  test('1.3 a term is lengthened or cut short by a year at the most', () => {
    expect(electionWindow('2026-03-15')).toEqual({ from: '2025-03-15', until: '2027-03-15' })
    expect(electionWindow('2028-02-29')).toEqual({ from: '2027-02-28', until: '2029-02-28' })
  })

  test.each([
    { heldOn: '2026-01-13', kind: 'EARLY' },
    { heldOn: '2026-01-14', kind: 'TERM' },
    { heldOn: '2026-03-15', kind: 'TERM' },
    { heldOn: '2026-03-16', kind: 'LATE' },
  ])('1.3 held on $heldOn, with the term ending on 15 March: $kind', ({ heldOn, kind }) => {
    expect(kindOnDay('2026-03-15', heldOn, 60)).toBe(kind)
  })

  test('1.3 a whole committee is elected at the end of a term, late or early; a seat at a vacancy or for one more', () => {
    expect((['TERM', 'LATE', 'EARLY', 'BY_ELECTION', 'CO_OPTION'] as const).map(isWhole)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  test.each([
    ['COMMITTEE', 'ORGAN', 5],
    ['GENERAL_BRANCH', 'ORGAN', 3],
    ['BRANCH', null, 3],
    ['BRANCH', 'SCHOOL', 3],
    ['BRANCH', 'VILLAGE', 5],
    ['JOINT_BRANCH', 'COMMUNITY', 5],
  ])('1.3 a term of a %s of a %s is %i years', (kind, unit, years) => {
    expect(termYearsOf(kind, unit)).toBe(years)
  })
})

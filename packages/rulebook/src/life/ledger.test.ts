import { describe, expect, test } from '@jest/globals'
import { type LedgerFacts, lifeLedger } from './ledger.ts'

const facts = (more: Partial<LedgerFacts> = {}): LedgerFacts => ({
  ...{ organisationKind: 'BRANCH', body: { hasCommittee: true, groups: 0 }, held: [], today: '2027-01-01' },
  ...{ year: { from: '2026-01-01', until: '2026-12-31' }, knownSince: '2025-01-01', ...more },
})
const lineOf = (kind: string, more: Partial<LedgerFacts> = {}) =>
  lifeLedger(facts(more)).find(line => line.kind === kind)
const held = (kind: string, ...days: string[]) => days.map(heldOn => ({ id: `${kind}${heldOn}`, kind, heldOn }))

describe('S0-26 what was due, held and missing in a year', () => {
  test.each([
    ['THEME_DAY', 12],
    ['BRANCH_ASSEMBLY', 4],
    ['CRITICISM_MEETING', 1],
  ])('of %s %i times when nothing was held', (kind, due) => {
    expect(lineOf(kind)).toMatchObject({ due, held: 0, more: 0 })
    expect(lineOf(kind)?.missing).toHaveLength(due)
  })

  test.each([
    ['2026-03-31', 2],
    ['2026-04-01', 3],
  ])('a month that still runs on %s is not missing: %i are', (today, wanted) => {
    expect(lineOf('THEME_DAY', { today })?.missing).toHaveLength(wanted)
  })

  test('a meeting counts for one time; what was held beside it is told apart', () => {
    const days = ['2026-01-05', '2026-01-06', '2026-03-31']
    const line = lineOf('THEME_DAY', { held: held('THEME_DAY', ...days), today: '2026-04-01' })
    expect(line).toMatchObject({ due: 3, held: 2, more: 1, missing: [{ from: '2026-02-01', until: '2026-02-28' }] })
  })

  test('what was held already counts as due, though its time still runs', () => {
    const line = lineOf('BRANCH_ASSEMBLY', { held: held('BRANCH_ASSEMBLY', '2026-02-10'), today: '2026-02-11' })
    expect(line).toMatchObject({ due: 1, held: 1, missing: [] })
  })

  test.each([
    ['2026-06-30', 6],
    ['2026-07-01', 6],
    ['2026-07-02', 5],
  ])('of a branch that is known since %s, %i months can be missing', (knownSince, wanted) => {
    expect(lineOf('THEME_DAY', { knownSince })?.missing).toHaveLength(wanted)
  })

  test.each([
    [0, undefined],
    [1, { due: 1, held: 1, more: 1, missing: [] }],
    [2, { due: 2, held: 2, more: 0, missing: [] }],
    [3, { due: 3, held: 2, more: 0, missing: [{ from: '2026-01-01', until: '2026-01-31' }] }],
  ])('each group meets for itself: of %i groups, two meetings in a month are %j', (groups, wanted) => {
    const meetings = held('GROUP_MEETING', '2026-01-08', '2026-01-09')
    const line = lineOf('GROUP_MEETING', { body: { hasCommittee: true, groups }, held: meetings, today: '2026-02-01' })
    if (wanted) expect(line).toMatchObject(wanted)
    else expect(line).toBeUndefined()
  })

  test('where nothing comes back by itself the ledger has no lines', () => {
    expect(lifeLedger(facts({ organisationKind: 'COUNTY_COMMITTEE' }))).toEqual([])
  })
})

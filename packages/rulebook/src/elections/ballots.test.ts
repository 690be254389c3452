import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Tally, tallyFault, usualCountRules } from './counting.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

type Mark = 'FOR' | 'AGAINST' | 'ABSTAIN'
/** A sheet of paper: a mark for each candidate, and somebody written in for one whom the voter is against. */
type Sheet = { marks: Mark[]; writtenIn: string | null }
type Box = { seats: number; due: number; absent: number; strays: number; sheets: Sheet[] }

const chosenOn = ({ marks, writtenIn }: Sheet) => marks.filter(mark => mark === 'FOR').length + (writtenIn ? 1 : 0)

/** As many chosen as there are seats, which is what makes many pass and some of them stand equal. */
const orderly = (seats: number, more: number): fc.Arbitrary<Mark[]> =>
  fc
    .shuffledSubarray(
      Array.from({ length: seats + more }, (_, i) => i),
      { minLength: seats, maxLength: seats },
    )
    .map(chosen => Array.from({ length: seats + more }, (_, i) => (chosen.includes(i) ? 'FOR' : 'AGAINST')))
const anyhow = (candidates: number): fc.Arbitrary<Mark[]> =>
  fc.array(fc.constantFrom<Mark>('FOR', 'FOR', 'AGAINST', 'ABSTAIN'), { minLength: candidates, maxLength: candidates })

const box: fc.Arbitrary<Box> = fc
  .record({
    seats: fc.integer({ min: 1, max: 4 }),
    more: fc.constantFrom(0, 1, 1, 2),
    due: fc.integer({ min: 1, max: 14 }),
  })
  .chain(({ seats, more, due }) =>
    fc
      .record({
        absent: fc.constantFrom(0, 0, 1, 2, 3).map(n => Math.min(n, due)),
        strays: fc.constantFrom(0, 0, 0, 0, 0, 1),
      })
      .chain(({ absent, strays }) =>
        fc.record({
          ...{
            seats: fc.constant(seats),
            due: fc.constant(due),
            absent: fc.constant(absent),
            strays: fc.constant(strays),
          },
          sheets: fc.array(
            fc.record({
              marks: fc.oneof(
                { weight: 8, arbitrary: orderly(seats, more) },
                { weight: 1, arbitrary: anyhow(seats + more) },
              ),
              writtenIn: fc.oneof(
                { weight: 12, arbitrary: fc.constant(null) },
                { weight: 1, arbitrary: fc.constantFrom('y', 'z') },
              ),
            }),
            { minLength: due - absent + strays, maxLength: due - absent + strays },
          ),
        }),
      ),
  )
  .map(one => ({
    ...one,
    sheets: one.sheets.map(sheet => (sheet.marks.includes('AGAINST') ? sheet : { ...sheet, writtenIn: null })),
  }))

const names = 'abcdef'

/** What tellers write down: a count for each name. */
function tallied({ seats, due, absent, sheets }: Box): Tally {
  const good = sheets.filter(sheet => chosenOn(sheet) <= seats)
  const counted = (i: number, mark: Mark) => good.filter(sheet => sheet.marks[i] === mark).length
  const voting = due - absent
  return {
    ...{ due, present: voting, issued: voting, voting, returned: sheets.length, void: sheets.length - good.length },
    candidates: [...(sheets[0]?.marks ?? [])].map((_, i) => ({
      memberId: names[i] as string,
      ...{ inFavour: counted(i, 'FOR'), against: counted(i, 'AGAINST'), abstained: counted(i, 'ABSTAIN') },
    })),
    writeIns: ['y', 'z']
      .map(memberId => ({ memberId, inFavour: good.filter(sheet => sheet.writtenIn === memberId).length }))
      .filter(one => one.inFavour > 0),
  }
}

/** The same by hand: sheet after sheet, a pile of lines a name, and for each name how many stand strictly above it. */
function byHand({ seats, due, absent, sheets }: Box): Outcome['kind'] | string {
  const came = due - absent
  if (came / due < 0.8) return 'NOT_QUORATE'
  if (sheets.length > came) return 'VOID'
  const piles: Record<string, string> = {}
  for (const sheet of sheets) {
    const chosen = sheet.marks.flatMap((mark, i) => (mark === 'FOR' ? [names[i] as string] : []))
    if (sheet.writtenIn) chosen.push(sheet.writtenIn)
    if (chosen.length > seats) continue
    for (const name of chosen) piles[name] = `${piles[name] ?? ''}|`
  }
  const passed = Object.keys(piles).filter(name => (piles[name] as string).length > due / 2)
  const above = (name: string) => passed.filter(other => (piles[other] as string) > (piles[name] as string)).length
  const beside = (name: string) => passed.filter(other => piles[other] === piles[name]).length
  const safe = passed.filter(name => above(name) + beside(name) <= seats).toSorted()
  return safe.length === Math.min(seats, passed.length) ? safe.join('') : `${safe.join('')} tied`
}

const told = (outcome: Outcome): string =>
  outcome.kind === 'NOT_QUORATE' || outcome.kind === 'VOID'
    ? outcome.kind
    : `${outcome.elected.toSorted().join('')}${outcome.kind === 'TIED' ? ' tied' : ''}`

describe('S0-12 ballots', () => {
  test('S0-12 ten thousand boxes of ballots give the same by tally and by hand', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(box, one => {
        const tally = tallied(one)
        if (one.sheets.length > 0 && one.strays === 0) expect(tallyFault(tally, one.seats)).toBeNull()
        const outcome = outcomeOf(tally, one.seats, usualCountRules, usualCountRules.quorum)
        seen.set(outcome.kind, (seen.get(outcome.kind) ?? 0) + 1)
        expect(told(outcome)).toBe(byHand(one))
      }),
      { numRuns: 10_000, seed: 20_261_129 },
    )
    // A property that never meets a tie says nothing of ties.
    for (const kind of ['NOT_QUORATE', 'VOID', 'FILLED', 'TIED', 'TOO_FEW'])
      expect(seen.get(kind) ?? 0).toBeGreaterThan(100)
  })
})

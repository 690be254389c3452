import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import fc from 'fast-check'
import {
  drawLimits,
  drawsOf,
  type LedgerDraw,
  requireDays,
  requireDrawable,
  requireQuarter,
  reviewDay,
} from './draw.ts'
import { drawnOf, listText, orderOf, sha256 } from './order.ts'
import { type DrawRecord, faultsOf, readRecord, recordText } from './record.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => Buffer.from(bytes).toString('hex'))
const lists = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 40 })

describe('S0-18 the draw', () => {
  test('S0-18 the same seed draws the same, in whatever order the list is', () => {
    fc.assert(
      fc.property(seeds, lists, fc.nat(40), fc.infiniteStream(fc.nat(1_000_000)), (seed, ids, draws, noise) => {
        const keyed = ids.map(id => ({ id, at: noise.next().value }))
        const shuffled = keyed.toSorted((one, other) => one.at - other.at).map(({ id }) => id)
        expect(drawnOf(seed, shuffled, draws)).toEqual(drawnOf(seed, ids, draws))
        expect(drawnOf(seed, ids, draws)).toHaveLength(Math.min(draws, ids.length))
        expect(orderOf(seed, ids).toSorted()).toEqual(ids.toSorted())
      }),
    )
  })

  test('S0-18 each of a list is drawn about equally often over many seeds, wherever it stands', () => {
    const ids = Array.from({ length: 12 }, (_, n) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`)
    const [seedsTried, draws] = [12_000, 3]
    const times = new Map(ids.map(id => [id, 0]))
    for (let n = 0; n < seedsTried; n++) {
      const seed = createHash('sha256').update(`seed ${n}`).digest('hex')
      for (const id of drawnOf(seed, ids, draws)) times.set(id, (times.get(id) ?? 0) + 1)
    }
    // 3,000 each, and a standard deviation of 47: six of them.
    const off = [...times.values()].map(found => Math.abs(found - (seedsTried * draws) / ids.length))
    expect(Math.max(...off)).toBeLessThan(285)
  })

  test('S0-18 is by SHA-256 of the seed’s digits, a colon and the id', () => {
    const [seed, ids] = [
      'ab'.repeat(32),
      ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'],
    ]
    const keyOf = (id: string) => createHash('sha256').update(`${seed}:${id}`).digest('hex')
    const [one, other] = ids as [string, string]
    expect(orderOf(seed, ids)).toEqual(keyOf(one) < keyOf(other) ? [one, other] : [other, one])
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})

describe('S0-18 how many are drawn', () => {
  test.each<[number | null, number | null, number, number | string]>([
    [0.1, null, 30, 3],
    [0.1, null, 31, 4],
    [0.07, null, 100, 7],
    [0.0001, null, 5, 1],
    [1, null, 5, 5],
    [0, null, 5, 'BAD_INPUT'],
    [1.01, null, 5, 'BAD_INPUT'],
    [Number.NaN, null, 5, 'BAD_INPUT'],
    [0.5, null, 0, 0],
    [null, 0, 5, 0],
    [null, 5, 5, 5],
    [null, 6, 5, 'BAD_INPUT'],
    [null, -1, 5, 'BAD_INPUT'],
    [null, null, 5, 'BAD_INPUT'],
    [0.5, 2, 5, 'BAD_INPUT'],
  ])('S0-18 share %s, count %s of %i: %s', (share, count, white, wanted) => {
    if (typeof wanted === 'string') expect(codeOf(() => drawsOf({ share, count }, null, white))).toBe(wanted)
    else expect(drawsOf({ share, count }, null, white)).toBe(wanted)
  })

  test.each([
    [null, null, 2],
    [0.5, null, 5],
    [null, 0, 0],
    [null, 10, 10],
  ])('S0-18 a pack that draws a fifth of ten: share %s, count %s of the committee: %i', (share, count, wanted) =>
    expect(drawsOf({ share, count }, 0.2, 10)).toBe(wanted),
  )

  test('S0-18 whatever the pack says, share and count are not said both', () =>
    expect(codeOf(() => drawsOf({ share: 0.5, count: 2 }, 0.2, 10))).toBe('BAD_INPUT'))
})

describe('S0-18 when a draw is', () => {
  const today = '2026-11-30'
  test.each([
    ['2026-10-01', null],
    ['2025-10-01', null],
    ['2025-07-01', 'BAD_INPUT'],
    ['2027-01-01', 'BAD_INPUT'],
    ['2026-09-01', 'BAD_INPUT'],
    ['2026-07-02', 'BAD_INPUT'],
  ])('S0-18 of the quarter from %s: %s', (quarter, refused) =>
    expect(codeOf(() => requireQuarter(quarter, today))).toBe(refused),
  )

  test.each([
    [today, today, null],
    ['2026-11-29', today, 'BAD_INPUT'],
    ['2027-03-02', '2027-03-02', null],
    ['2027-03-03', '2027-03-03', 'BAD_INPUT'],
    ['2026-12-01', today, 'BAD_INPUT'],
    [today, '2027-03-02', null],
    [today, '2027-03-03', 'BAD_INPUT'],
  ])('S0-18 drawn from %s and reviewed by %s: %s', (drawFrom, reviewsDueOn, refused) =>
    expect(codeOf(() => requireDays({ drawFrom, reviewsDueOn }, today))).toBe(refused),
  )

  test.each<[Date | null, string, string | null]>([
    [null, today, null],
    [null, '2026-12-01', 'DRAW_TOO_EARLY'],
    [new Date('2026-11-30T00:00:00Z'), today, 'DRAWN_ALREADY'],
  ])('S0-18 drawn at %s, announced for %s: %s', (drawnAt, drawFrom, refused) =>
    expect(codeOf(() => requireDrawable({ drawnAt, drawFrom } as LedgerDraw, today))).toBe(refused),
  )

  test.each([
    ['2026-10-01', '2026-12-31', '2026-12-31'],
    ['2026-10-01', '2027-01-01', '2026-12-31'],
    ['2026-10-01', '2026-12-30', '2026-12-30'],
  ])('S0-18 what is found of the quarter from %s on %s is a fact of %s', (quarter, on, day) =>
    expect(reviewDay(quarter, on)).toBe(day),
  )
})

describe('S0-18 what is published of a draw', () => {
  const seed = 'c4'.repeat(32)
  const white = Array.from({ length: 8 }, (_, n) => `01900000-0000-7000-8000-00000000000${n}`)
  const record: DrawRecord = {
    ...{ id: 'd', committee: 'c', quarter: '2026-10-01', draws: 3, white, seed, drawn: drawnOf(seed, white, 3) },
    ...{ listHash: sha256(listText(white)), seedHash: sha256(seed) },
  }
  const open = { ...record, seed: null, drawn: [] }

  test.each([
    ['the draw', record],
    ['what is published before it', open],
  ])('S0-18 %s is read as it was written', (_, one) => expect(readRecord(recordText(one))).toEqual(one))

  test.each<[string, DrawRecord, string[]]>([
    ['as it was', record, []],
    ['before the draw', open, ['NOT_DRAWN']],
    ['with another seed', { ...record, seed: 'c5'.repeat(32) }, ['SEED', 'DRAWN']],
    [
      'with another seed and whom it draws',
      { ...record, seed: 'c5'.repeat(32), drawn: drawnOf('c5'.repeat(32), white, 3) },
      ['SEED'],
    ],
    ['with one less on the list', { ...record, white: white.filter(id => id !== record.drawn[0]) }, ['LIST', 'DRAWN']],
    ['with one twice on the list', { ...record, white: [...white, white[0] as string] }, ['LIST', 'DRAWN']],
    ['with one more drawn', { ...record, drawn: orderOf(seed, white).slice(0, 4) }, ['DRAWN']],
    ['with one less drawn', { ...record, drawn: record.drawn.slice(1) }, ['DRAWN']],
    ['with somebody else drawn', { ...record, drawn: orderOf(seed, white).slice(1, 4) }, ['DRAWN']],
  ])('S0-18 %s', (_, found, faults) => expect(faultsOf(found)).toEqual(faults))

  test.each([
    ['nothing', ''],
    ['no seed hash', recordText(record).replace(/^seed-sha256.*\n/m, '')],
    ['a seed twice', `${recordText(record)}seed ${seed}\n`],
    ['a line of another kind', `${recordText(record)}BLACK x\n`],
    ['a line of more words', `${recordText(record)}WHITE x y\n`],
  ])('S0-18 %s is no record of a draw', (_, text) => expect(readRecord(text)).toBeNull())

  test('S0-18 no list of a draw is longer than the database takes', () => expect(drawLimits.white).toBe(5_000))
})

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createCounty, type Opened, open } from './random-county.ts'

jest.setTimeout(240_000)

const rounds = 8
let database: Opened
beforeAll(async () => {
  database = await open()
})
afterAll(() => database?.close())

const sorted = (found: ReadonlyMap<string, string>) => Object.fromEntries([...found].sort())

describe('S0-21 what is scored a little at a time', () => {
  test.each([1, 2, 3, 4])('S0-21 S0-22 S0-6h is what scoring everything from nothing gives: county %s', async seed => {
    const county = await createCounty(database, seed)
    for (let round = 0; round < rounds; round++) {
      for (let n = county.next(6); n >= 0; n--) await county.happen()
      // Also when nothing is told any more and only days pass.
      for (let days = 0; days < 2; days++) {
        await county.scoreAll()
        const kept = await county.kept()
        expect(sorted(kept)).toEqual(sorted(await county.full()))
        expect(kept.size).toBeGreaterThan(13)
        county.pass()
      }
    }
  })

  test('S0-21 a branch that comes under another committee counts there from then on, and before where it stood', async () => {
    const county = await createCounty(database, 7)
    for (let n = 0; n < 6; n++) await county.happen()
    await county.scoreAll()
    const before = await county.kept()
    await county.leaveSide()
    await county.scoreAll()
    const after = await county.kept()
    const months = [...new Set([...before.keys()].map(key => key.split('/')[1] as string))].sort()
    const changedOf = (id: string) =>
      months.filter(month => before.get(`${id}/${month}`) !== after.get(`${id}/${month}`))
    expect(changedOf(county.side)).toEqual(months.slice(-1))
    // What is above both has the same below it.
    expect(changedOf(county.top)).toEqual([])
    expect(months.length).toBeGreaterThan(3)
  })

  test('S0-21 what a branch has done that counts for its committee alone', async () => {
    const county = await createCounty(database, 6)
    for (let n = 0; n < 6; n++) await county.happen()
    await county.scoreAll()
    const before = await county.kept()
    await county.doInTime()
    await county.scoreAll()
    const after = await county.kept()
    expect(sorted(after)).toEqual(sorted(await county.full()))
    expect(sorted(after)).not.toEqual(sorted(before))
  })
})

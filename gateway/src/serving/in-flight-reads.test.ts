import { describe, expect, test } from '@jest/globals'
import { createInFlightReads } from './in-flight-reads.ts'

describe('platform reads under way', () => {
  test('platform are joined while they last, fail for all who joined, and are not kept', async () => {
    const reads = createInFlightReads<number>()
    let started = 0
    const fail = async () => {
      started += 1
      throw new Error('away')
    }
    const results = await Promise.allSettled([reads.share('k', fail), reads.share('k', fail), reads.share('l', fail)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(started).toBe(2)
    expect(await reads.share('k', async () => 7)).toBe(7)
  })

  test('platform that began before a write do not end those that began after it', async () => {
    const reads = createInFlightReads<string>()
    const { promise, resolve } = Promise.withResolvers<string>()
    const old = reads.share('k', () => promise)
    reads.written()
    const later = Promise.withResolvers<string>()
    const fresh = reads.share('k', () => later.promise)
    resolve('old')
    await old
    expect(reads.share('k', async () => 'a third')).toBe(fresh)
    later.resolve('fresh')
    expect(await fresh).toBe('fresh')
  })
})

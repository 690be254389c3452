import { describe, expect, test } from '@jest/globals'
import { createBuckets } from './buckets.ts'

describe('platform what a caller may ask for over time', () => {
  test('platform as much as is in the bucket, and more once it has filled again; others have theirs', () => {
    let nowMs = 0
    const buckets = createBuckets({ capacity: 100, perSecond: 10, nowMs: () => nowMs })
    expect(buckets.take('a', 60)).toEqual({ available: 40, afterSeconds: 0 })
    expect(buckets.take('a', 41)).toEqual({ available: 40, afterSeconds: 1 })
    expect(buckets.take('a', 95)).toEqual({ available: 40, afterSeconds: 6 })
    expect(buckets.take('b', 100)).toEqual({ available: 0, afterSeconds: 0 })
    nowMs = 99
    expect(buckets.take('a', 41).afterSeconds).toBe(1)
    nowMs = 100
    expect(buckets.take('a', 41)).toEqual({ available: 0, afterSeconds: 0 })
    nowMs = 1_000_000
    expect(buckets.take('a', 1)).toEqual({ available: 99, afterSeconds: 0 })
  })
})

import { describe, expect, test } from '@jest/globals'
import { createRate } from './rate.ts'

describe('platform how often an address may be asked', () => {
  test('platform as often as is allowed, once more not, and again when the time is over', () => {
    let nowMs = 0
    const mayAsk = createRate({ most: 2, windowMs: 1_000, keysAtMost: 10, nowMs: () => nowMs })
    expect([mayAsk('a'), mayAsk('a'), mayAsk('a'), mayAsk('b')]).toEqual([true, true, false, true])
    nowMs = 999
    expect(mayAsk('a')).toBe(false)
    nowMs = 1_000
    expect(mayAsk('a')).toBe(true)
  })

  test('platform no more addresses are remembered than stated', () => {
    const mayAsk = createRate({ most: 1, windowMs: 1_000, keysAtMost: 2, nowMs: () => 0 })
    expect([mayAsk('a'), mayAsk('b'), mayAsk('c')]).toEqual([true, true, true])
    expect([mayAsk('b'), mayAsk('a')]).toEqual([false, true])
  })
})

import { describe, expect, test } from '@jest/globals'
import { askOnce } from './ask-once.ts'

describe('platform what scrapes ask of a server', () => {
  test('platform is asked once for all that wait, and anew afterwards', async () => {
    let asked = 0
    const ask = askOnce(async () => {
      asked += 1
      return asked
    })
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1])
    expect(await ask()).toBe(2)
  })

  test('platform is not asked again while the answer is good', async () => {
    let asked = 0
    const ask = askOnce(async () => ++asked, { everyMs: 60_000 })
    expect([await ask(), await ask()]).toEqual([1, 1])
  })

  test('platform a server that does not answer keeps no scrape waiting, and one question is all that it has', async () => {
    let asked = 0
    const { promise, resolve } = Promise.withResolvers<number>()
    const ask = askOnce(
      () => {
        asked += 1
        return promise
      },
      { withinMs: 20 },
    )
    expect([await ask(), await ask()]).toEqual([null, null])
    expect(asked).toBe(1)
    resolve(7)
    expect(await ask()).toBe(7)
  })

  test('platform a fault is no answer', async () => {
    expect(await askOnce(() => Promise.reject(new Error('away')))()).toBeNull()
  })
})

import { describe, expect, test } from '@jest/globals'
import { createCoalescer } from './coalesce.ts'

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n)

describe('S0-38 reminders that are due at one moment', () => {
  test.each([
    [1, [1]],
    [3, [3]],
    [4, [3, 1]],
    [7, [3, 3, 1]],
  ])('S0-38 %i of one county, at most three at once, are written as %j', async (count, sizes) => {
    const written: number[][] = []
    const put = createCoalescer<number>({
      groupOf: () => 'county',
      write: async (_, items) => void written.push(items),
      lingerMs: 1,
      atMost: 3,
    })
    await Promise.all(numbers(0, count).map(put))
    expect(written.map(batch => batch.length)).toEqual(sizes)
    expect(written.flat()).toEqual(numbers(0, count))
  })

  test('S0-38 those of two counties never share a transaction', async () => {
    const written: [string, number[]][] = []
    const put = createCoalescer<number>({
      groupOf: item => (item % 2 === 0 ? 'even' : 'odd'),
      write: async (group, items) => void written.push([group, items]),
      lingerMs: 1,
      atMost: 10,
    })
    await Promise.all(numbers(1, 4).map(put))
    expect(new Map(written)).toEqual(
      new Map([
        ['odd', [1, 3]],
        ['even', [2, 4]],
      ]),
    )
  })

  test('S0-38 a fault is told to everybody in the batch and to nobody in the next', async () => {
    let faulty = true
    const put = createCoalescer<number>({
      groupOf: () => 'county',
      write: async () => {
        if (faulty) throw new Error('database away')
      },
      lingerMs: 1,
      atMost: 10,
    })
    const outcomes = await Promise.allSettled(numbers(0, 3).map(put))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    faulty = false
    await expect(put(4)).resolves.toBeUndefined()
  })

  test('S0-38 a batch that was full does not take those that come after it along when its time is over', async () => {
    const written: number[][] = []
    const put = createCoalescer<number>({
      groupOf: () => 'county',
      write: async (_, items) => void written.push(items),
      lingerMs: 20,
      atMost: 2,
    })
    await Promise.all(numbers(0, 2).map(put))
    await put(2)
    expect(written).toEqual([[0, 1], [2]])
  })
})

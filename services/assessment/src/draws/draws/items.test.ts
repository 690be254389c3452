import { describe, expect, test } from '@jest/globals'
import { itemsBy } from './items.ts'

describe('S0-19 what is judged of a ledger', () => {
  test('S0-19 where the county lists it that and nothing else, to the hundredth of a point', () => {
    const items = [
      { key: 'ONE', title: '其一', most: 0.01 },
      { key: 'TWO', title: '其二', most: 1.15 },
      { key: 'MANY', title: '其三', most: 1_000 },
    ]
    expect(itemsBy({ items }).map(({ key, most, basis }) => [key, most, basis])).toEqual([
      ['ONE', 1, 'COUNTY'],
      ['TWO', 115, 'COUNTY'],
      ['MANY', 100_000, 'COUNTY'],
    ])
  })

  test.each([
    ['no pack draws', undefined],
    ['a pack lists nothing', {}],
  ])('S0-19 where %s what is usual, a hundred points in all, which no regulation fixes', (_, draw) => {
    const items = itemsBy(draw)
    expect(items.map(({ basis }) => basis)).toEqual(['PRACTICE', 'PRACTICE', 'PRACTICE', 'PRACTICE'])
    expect(items.reduce((sum, { most }) => sum + most, 0)).toBe(10_000)
  })
})

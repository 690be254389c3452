import { describe, expect, test } from '@jest/globals'
import { ageBand, type Distribution, distributionOf, type Group } from './distribution.ts'

const groupsOf = (counts: readonly number[]): Group[] => counts.map((count, n) => ({ key: `g${n}`, count }))
const toldOf = (counts: readonly number[]) => {
  const { shown, hiddenGroups, hiddenCount } = distributionOf(groupsOf(counts))
  return [shown.map(({ count }) => count), hiddenGroups, hiddenCount]
}

describe('S3-20 what may be told of groups of people', () => {
  test.each<[string, number[], [number[], number, number]]>([
    ['nothing is hidden of groups of five and of nobody', [5, 0, 7], [[5, 0, 7], 0, 0]],
    ['a group of four would be the whole less the others: the next smallest is hidden too', [4, 5, 7], [[7], 2, 9]],
    ['two that are five together stay hidden by themselves', [4, 1, 7], [[7], 2, 5]],
    ['two that are four together are hidden with a third', [3, 1, 7, 9], [[9], 3, 11]],
    ['five of one each would be known by their sum', [1, 1, 1, 1, 1, 7, 9], [[9], 6, 12]],
    ['five that are six together would not', [2, 1, 1, 1, 1, 7], [[7], 5, 6]],
    ['two of four each would be known by their sum', [4, 4, 7, 9], [[9], 3, 15]],
    ['two that are seven together would not', [4, 3, 7], [[7], 2, 7]],
    ['what is hidden beside is the smallest, wherever it stands', [9, 2, 6, 8], [[9, 8], 2, 8]],
    ['one group alone cannot hide another', [4, 6], [[], 2, 10]],
    ['of fewer than five altogether nothing', [4, 0], [[], 0, 0]],
    ['of three and one neither', [3, 1, 0], [[], 0, 0]],
    ['of nobody there is nobody', [0, 0], [[0, 0], 0, 0]],
  ])('S3-20 %s', (_, counts, wanted) => {
    expect(toldOf(counts)).toEqual(wanted)
  })

  test.each([
    [3, 12],
    [4, 9],
  ])(
    'S3-20 of no whole of %d groups up to %d can a hidden one be worked out by whoever knows the rule',
    (size, most) => {
      const wholes = Array.from({ length: (most + 1) ** size }, (_, n) =>
        Array.from({ length: size }, (_, place) => Math.floor(n / (most + 1) ** place) % (most + 1)),
      )
      const alike = Map.groupBy(wholes, counts => JSON.stringify(distributionOf(groupsOf(counts))))
      const worked = [...alike].flatMap(([told, possible]) => {
        const shown = (JSON.parse(told) as Distribution).shown.map(({ key }) => key)
        const places = Array.from({ length: size }, (_, place) => place).filter(place => !shown.includes(`g${place}`))
        const known = places.filter(place => new Set(possible.map(counts => counts[place])).size === 1)
        return known.map(place => `${told} g${place}`)
      })
      expect(worked).toEqual([])
    },
  )

  test.each([
    [18, 'UNDER_31'],
    [30, 'UNDER_31'],
    [31, 'FROM_31'],
    [35, 'FROM_31'],
    [36, 'FROM_36'],
    [60, 'FROM_56'],
    [61, 'FROM_61'],
    [104, 'FROM_61'],
  ])('S3-20 somebody of %d is in %s', (age, band) => {
    expect(ageBand(age)).toBe(band)
  })
})

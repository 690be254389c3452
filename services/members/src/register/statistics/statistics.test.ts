import { expect, test } from '@jest/globals'
import { type Counted, type Dimension, statisticsOf } from './statistics.ts'

const of = (dimension: Dimension, counts: Record<string, number>): Counted[] =>
  Object.entries(counts).map(([value, count]) => ({ dimension, value: value === 'null' ? null : value, count }))
const shown = ({ groups, hiddenGroups, hiddenCount }: ReturnType<typeof statisticsOf>['ages']) => [
  Object.fromEntries(groups.filter(({ count }) => count > 0).map(({ title, count }) => [title, count])),
  hiddenGroups,
  hiddenCount,
]

test('S3-20 ages are put into the bands of the yearly statistics', () => {
  const { ages } = statisticsOf(of('age', { 29: 3, 30: 4, 31: 6, 61: 3, 90: 5 }))
  expect(shown(ages)).toEqual([{ '30岁及以下': 7, '31至35岁': 6, '61岁及以上': 8 }, 0, 0])
  expect(ages.groups).toHaveLength(8)
})

test('S3-20 what is not recorded is a group of its own, hidden like another', () => {
  const found = statisticsOf(of('education', { BACHELOR: 9, POSTGRADUATE: 5, null: 4 }))
  expect(shown(found.educations)).toEqual([{ 大学本科: 9 }, 2, 9])
  expect(shown(statisticsOf(of('work', { FARMER: 5, null: 5 })).works)).toEqual([{ 农民: 5, 未填: 5 }, 0, 0])
})

test('S3-20 of posts the twenty most frequent are told, the others together', () => {
  const rare = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`岗位${n + 10}`, 30 - n]))
  const { posts } = statisticsOf([...of('post', rare), ...of('post', { '': 7 })])
  expect(posts.groups.map(({ title }) => title).slice(-3)).toEqual(['岗位29', '其他岗位', '未填'])
  expect(posts.groups.at(-2)).toMatchObject({ key: 'OTHER', count: 17 })
})

test('S3-20 everybody is counted by standing, in the order of the stages', () => {
  const { standings } = statisticsOf(of('standing', { FULL: 20, APPLICANT: 5, PROBATIONARY: 6 }))
  expect(standings.groups.map(({ key, count }) => [key, count])).toEqual([
    ['APPLICANT', 5],
    ['ACTIVIST', 0],
    ['CANDIDATE', 0],
    ['PROBATIONARY', 6],
    ['FULL', 20],
  ])
})

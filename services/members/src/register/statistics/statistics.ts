import { educationNames, personKindNames } from '../roster/coded-values.ts'
import { ageBand, ageBands, type Distribution, distributionOf, type Group } from './distribution.ts'

/** By what people are counted. */
export type Dimension = 'age' | 'sex' | 'education' | 'work' | 'post' | 'standing'
/** How many have a value; null: it is not recorded, the empty text: one of many rare ones. An age is in whole years. */
export type Counted = { dimension: Dimension; value: string | null; count: number }

export type ToldGroup = Group & { title: string }
export type Told = Omit<Distribution, 'shown'> & { groups: ToldGroup[] }
export type MemberStatistics = Record<'ages' | 'sexes' | 'educations' | 'works' | 'posts' | 'standings', Told>

/** More posts than these nobody reads. */
const mostPosts = 20
const unknown = { key: 'UNKNOWN', title: '未填' }
const other = { key: 'OTHER', title: '其他岗位' }

type Kind = { key: string; title: string }
const kindsOf = (names: Readonly<Record<string, string>>): Kind[] =>
  Object.entries(names).map(([key, title]) => ({ key, title }))

const works: Kind[] = kindsOf({
  MONTHLY_SALARY: '按月薪',
  ANNUAL_SALARY: '年薪制',
  NO_FIXED_SALARY: '无固定月薪',
  RETIRED: '离退休',
  FARMER: '农民',
  STUDENT: '学生',
  UNEMPLOYED: '失业',
  ON_RELIEF: '领取抚恤救济',
})

function told(kinds: readonly Kind[], counts: ReadonlyMap<string, number>): Told {
  const groups = kinds.map(({ key }) => ({ key, count: counts.get(key) ?? 0 }))
  const { shown, ...hidden } = distributionOf(groups)
  const titles = new Map(kinds.map(({ key, title }) => [key, title]))
  return { ...hidden, groups: shown.map(group => ({ ...group, title: titles.get(group.key) ?? group.key })) }
}

function sums(counted: readonly Counted[], dimension: Dimension, keyOf = (value: string) => value) {
  const found = new Map<string, number>()
  for (const { value, count } of counted.filter(one => one.dimension === dimension)) {
    const key = value === null ? unknown.key : keyOf(value)
    found.set(key, (found.get(key) ?? 0) + count)
  }
  return found
}

/** The most frequent posts, those of the same number by their name; everybody else together. */
function posts(counted: readonly Counted[]): Told {
  const all = sums(counted, 'post')
  const known = [...all].filter(([key]) => key !== unknown.key && key !== '')
  const often = known.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, mostPosts)
  const rest = known.slice(mostPosts).reduce((sum, [, count]) => sum + count, all.get('') ?? 0)
  const counts = new Map([...often, [other.key, rest], [unknown.key, all.get(unknown.key) ?? 0]])
  return told([...often.map(([key]) => ({ key, title: key })), other, unknown], counts)
}

/** What may be told of people that were counted. */
export const statisticsOf = (counted: readonly Counted[]): MemberStatistics => ({
  ages: told(
    ageBands,
    sums(counted, 'age', age => ageBand(Number(age))),
  ),
  sexes: told(kindsOf({ MALE: '男', FEMALE: '女' }), sums(counted, 'sex')),
  educations: told([...kindsOf(educationNames), unknown], sums(counted, 'education')),
  works: told([...works, unknown], sums(counted, 'work')),
  posts: posts(counted),
  standings: told(kindsOf(personKindNames), sums(counted, 'standing')),
})

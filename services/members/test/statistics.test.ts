import { beforeAll, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type Data, dataOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { applicant, fullMember, type PersonRow } from '@linghang/harness/people'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const people = (count: number, branch: string, changes: Partial<PersonRow> = {}) =>
    Array.from({ length: count }, () => fullMember(county.code, branch, changes))
  await seedMembers(county, [
    ...people(6, tree.a1.code),
    ...people(3, tree.a1.code, { 学历: '研究生', 工作岗位: '医生' }),
    ...people(5, tree.a2.code, { 学历: '高中', 党费人员类别: '农民', '党费计算基数（元/月）': '' }),
    ...people(5, tree.b1.code, { 学历: '研究生', 工作岗位: '医生' }),
    applicant(county.code, tree.b1.code, '2026-11-02'),
  ])
})

const one = 'groups { key title count } hiddenGroups hiddenCount'
const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Organisation { memberStatistics {
  ages { ${one} } sexes { ${one} } educations { ${one} } works { ${one} } posts { ${one} } standings { ${one} } } } } }`
async function statistics(actor: Actor, ...ids: string[]): Promise<Data[]> {
  const of = ids.map(id => ({ __typename: 'Organisation', id }))
  return dataOf<Data>(await county.world.askUntyped.members(actor, query, { of }))._entities.map(
    (found: Data) => found.memberStatistics,
  )
}
const shown = ({ groups, hiddenGroups, hiddenCount }: Data) => [
  Object.fromEntries(groups.filter(({ count }: Data) => count > 0).map(({ key, count }: Data) => [key, count])),
  hiddenGroups,
  hiddenCount,
]

test('S3-20 an organisation is told by age, sex, education, work, post and standing, with all below it', async () => {
  const [whole, a, a1] = await statistics(county.admin, tree.root.id, tree.a.id, tree.a1.id)
  expect(shown(whole.educations)).toEqual([{ POSTGRADUATE: 8, BACHELOR: 6, SENIOR_HIGH: 5 }, 0, 0])
  expect(shown(whole.works)).toEqual([{ MONTHLY_SALARY: 14, FARMER: 5 }, 0, 0])
  expect(shown(whole.posts)).toEqual([{ 教师: 11, 医生: 8 }, 0, 0])
  // One applicant is hidden, and all full members with them: the one would be the whole less the others.
  expect(shown(whole.standings)).toEqual([{}, 2, 20])
  const ages = whole.ages.groups.reduce((sum: number, { count }: Data) => sum + count, whole.ages.hiddenCount)
  expect(ages).toBe(19)
  expect(shown(a.educations)).toEqual([{ BACHELOR: 6 }, 2, 8])
  expect(shown(a1.educations)).toEqual([{}, 2, 9])
})

test('S3-20 for whoever sees it, and of branches below or beside them alone', async () => {
  const secretary = await seedActor(county, 'SECRETARY', tree.a.id)
  const [root, a, b] = await statistics(secretary, tree.root.id, tree.a.id, tree.b.id)
  expect([root, b]).toEqual([null, null])
  expect(shown(a.works)).toEqual([{ MONTHLY_SALARY: 9, FARMER: 5 }, 0, 0])
  const { subject } = await seedAccount(county, { keptBy: tree.a1.id })
  expect(await statistics(await actorOf(county.world, subject), tree.a1.id)).toEqual([null])
})

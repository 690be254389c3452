import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { RequestOrganisationChangeInput } from '@linghang/harness/generated/org'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { refusalOf } from './meeting-desk.ts'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: Map<string, string>
const of = (...numbers: number[]) => numbers.map(n => people.get(`甲一${n}`) as string)

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  people = await seedMembers(county, [
    ...Array.from({ length: 6 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    fullMember(county.code, tree.a2.code, { 姓名: '甲二' }),
  ])
})

const ask = async (input: Partial<RequestOrganisationChangeInput>) =>
  county.world.ask.org(
    await seedActor(county, 'SECRETARY', tree.a.id),
    'mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { id memberIds approval { id } } } }',
    {
      input: {
        ...{ organisationId: tree.a1.id, kind: 'SPLIT', name: '甲一第二党支部', reason: '党员人数多，分片设立' },
        ...{ code: `${county.code}000000077`, memberIds: of(0, 1, 2), ...input },
      },
    },
  )
const membersAt = async (orgId: string) =>
  (await look('members', 'select id from member where org_id = $1 order by id', [orgId])).map(
    ({ id }) => `Member:${id}`,
  )

describe('S0-12 支部工作条例 art. 7: a branch is split', () => {
  test('S0-12 three full members are in each of the two, all of that branch; a committee is not split', async () => {
    expect(refusalOf(await ask({ memberIds: of(0, 1) }))).toMatchObject({ code: 'SPLIT_TOO_FEW', article: '第四条' })
    expect(refusalOf(await ask({ memberIds: of(0, 1, 2, 3) }))).toMatchObject({ code: 'SPLIT_TOO_FEW', wanted: 3 })
    const stranger = people.get('甲二') as string
    expect(codesOf(await ask({ memberIds: [...of(0, 1, 2), stranger] }))).toEqual(['SPLIT_MEMBER_NOT_OF_BRANCH'])
    expect(codesOf(await ask({ memberIds: of(0, 1, 1) }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await ask({ memberIds: [] }))).toEqual(['CHANGE_SAYS_OTHERWISE'])
    expect(codesOf(await ask({ organisationId: tree.a.id }))).toEqual(['SPLIT_REFUSED'])
  })

  test('S0-12 the new one stands beside the old one, those who were named come to it, and the others stay', async () => {
    const { change } = dataOf(await ask({})).requestOrganisationChange
    expect(change?.memberIds.toSorted()).toEqual(of(0, 1, 2).toSorted())
    const id = change?.approval?.id as string
    const decider = await seedActor(county, 'SECRETARY', tree.a.id)
    await until(
      async () =>
        dataOf(
          await county.world.askUntyped.workflows(decider, 'query ($id: ID!) { approval(id: $id) { id } }', { id }),
        ).approval,
      30_000,
    )
    dataOf(
      await county.world.ask.workflows(
        decider,
        'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
        { input: { id, outcome: 'APPROVED' } },
      ),
    )
    const made = await until(async () => {
      const { node } = dataOf(
        await county.world.askUntyped.org(
          county.admin,
          'query ($id: ID!) { node(id: $id) { ... on OrganisationChange { state made { id kind superior { code } } } } }',
          { id: change?.id },
        ),
      )
      return node?.state === 'DONE' ? node.made : null
    }, 30_000)
    expect(made).toMatchObject({ kind: 'BRANCH', superior: { code: tree.a.code } })
    await until(async () => (await membersAt(uuidOf(made.id))).length === 3, 30_000, 'they have come')
    expect(await membersAt(uuidOf(made.id))).toEqual(of(0, 1, 2).toSorted())
    expect(await membersAt(uuidOf(tree.a1.id))).toEqual(of(3, 4, 5).toSorted())
  })
})

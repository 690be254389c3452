import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import type { ChangePartyGroupInput, FormPartyGroupInput } from '@linghang/harness/generated/org'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { applicant, fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { refusalOf } from './meeting-desk.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: Map<string, string>
let secretary: Actor
const of = (...names: string[]) => names.map(name => people.get(name) as string)

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  people = await seedMembers(county, [
    ...Array.from({ length: 8 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    fullMember(county.code, tree.a2.code, { 姓名: '甲二' }),
    { ...applicant(county.code, tree.a1.code, '2024-01-01'), 姓名: '申请人' },
  ])
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
})

const fields = 'id name leaderId endedOn endReason members { memberId }'
const form = (input: Partial<FormPartyGroupInput>, actor = secretary) =>
  county.world.ask.org(
    actor,
    `mutation ($input: FormPartyGroupInput!) { formPartyGroup(input: $input) { group { ${fields} } } }`,
    { input: { organisationId: tree.a1.id, name: '一组', memberIds: [], ...input } },
  )
const formed = async (input: Partial<FormPartyGroupInput>) => dataOf(await form(input)).formPartyGroup.group
const change = (input: ChangePartyGroupInput, actor = secretary) =>
  county.world.ask.org(
    actor,
    `mutation ($input: ChangePartyGroupInput!) { changePartyGroup(input: $input) { group { ${fields} } } }`,
    { input },
  )
const end = (id: string) =>
  county.world.ask.org(
    secretary,
    `mutation ($input: EndPartyGroupInput!) { endPartyGroup(input: $input) { group { ${fields} } } }`,
    { input: { id, reason: '合并到二组' } },
  )
const membersOf = (group: { members: { memberId: string }[] }) => group.members.map(({ memberId }) => memberId).sort()
const groupOf = async (id: string, on: string | null = null) => {
  const { node } = dataOf(
    await county.world.askUntyped.org(
      secretary,
      'query ($id: ID!, $on: Date) { node(id: $id) { ... on PartyGroup { leaderId members(on: $on) { memberId } } } }',
      { id, on },
    ),
  )
  return { leaderId: node.leaderId, members: membersOf(node) }
}

describe('1.2 支部工作条例 art. 13: party groups', () => {
  test('1.2 a branch forms groups, names who leads them, and each member belongs to one', async () => {
    const [one, two, three] = of('甲一0', '甲一1', '甲一2') as [string, string, string]
    const group = await formed({ memberIds: [one, two], leaderId: one })
    expect(group).toMatchObject({ name: '一组', leaderId: one, endedOn: null })
    expect(membersOf(group)).toEqual([one, two].sort())
    expect(refusalOf(await form({ name: '二组', memberIds: [two, three] }))).toMatchObject({
      ...{ code: 'GROUP_MEMBER_IN_ANOTHER', found: '一组' },
    })
    expect(codesOf(await form({ memberIds: [three] }))).toEqual(['GROUP_NAME_TAKEN'])
    const moved = dataOf(await change({ id: group.id, memberIds: [one, three] })).changePartyGroup.group
    expect(membersOf(moved)).toEqual([one, three].sort())
    const second = await formed({ name: '二组', memberIds: [two] })
    const listed = dataOf(
      await county.world.ask.org(secretary, 'query ($id: ID!) { organisation(id: $id) { groups { id } } }', {
        id: tree.a1.id,
      }),
    ).organisation.groups
    expect(listed).toEqual([{ id: group.id }, { id: second.id }])
    for (const { id } of listed) dataOf(await end(id))
  })

  test('1.2 two who take one person into two groups at the same moment: one is refused', async () => {
    const memberIds = of('甲一3')
    const answers = await Promise.all([form({ name: '三组', memberIds }), form({ name: '四组', memberIds })])
    expect(answers.flatMap(codesOf)).toEqual(['GROUP_MEMBER_IN_ANOTHER'])
    for (const { data } of answers) if (data) dataOf(await end(data.formPartyGroup.group.id))
  })

  test('1.2 only members of the branch are in a group, and only one of them leads it', async () => {
    for (const memberIds of [of('甲二'), of('申请人')])
      expect(refusalOf(await form({ name: '五组', memberIds }))).toMatchObject({
        ...{ code: 'GROUP_MEMBER_NOT_OF_BRANCH', article: '第十三条' },
      })
    const [leaderId] = of('甲一4')
    expect(refusalOf(await form({ name: '五组', memberIds: of('甲一5'), leaderId }))).toMatchObject({
      ...{ code: 'GROUP_LEADER_NOT_OF_GROUP', found: leaderId },
    })
    expect(codesOf(await form({ organisationId: tree.a.id, name: '五组' }, county.admin))).toEqual([
      'GROUPS_ARE_OF_BRANCHES',
    ])
    expect(codesOf(await form({ name: '五组', memberIds: of('甲一5', '甲一5') }))).toEqual(['BAD_INPUT'])
  })

  test('1.2 whoever moves out of the branch is in its group no longer, and it waits for another leader', async () => {
    const [leader, other] = of('甲一6', '甲一7') as [string, string]
    const group = await formed({ name: '六组', memberIds: [leader, other], leaderId: leader })
    dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation ($input: TransferMemberInput!) { transferMember(input: $input) { member { id } } }',
        { input: { id: leader, organisationId: tree.a2.id } },
      ),
    )
    await everyoneKnown(county)
    await until(async () => (await groupOf(group.id)).members.length === 1, 30_000, 'the group is left')
    expect(await groupOf(group.id)).toEqual({ leaderId: null, members: [other] })
    expect((await groupOf(group.id, addDays(today, -1))).members).toEqual([])
  })

  test('1.2 a group that has ended changes no more, and another branch has nothing to say to it', async () => {
    const group = await formed({ name: '七组', memberIds: of('甲一5') })
    const elsewhere = await seedActor(county, 'SECRETARY', tree.a2.id)
    expect(codesOf(await change({ id: group.id, name: '改名' }, elsewhere))).toEqual(['NOT_FOUND'])
    expect(dataOf(await end(group.id)).endPartyGroup.group).toMatchObject({
      endedOn: today,
      endReason: '合并到二组',
      members: [],
    })
    expect(codesOf(await end(group.id))).toEqual(['GROUP_ENDED'])
    expect(codesOf(await change({ id: group.id, name: '改名' }))).toEqual(['GROUP_ENDED'])
  })
})

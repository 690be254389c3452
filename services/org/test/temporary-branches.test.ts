import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay, systemActor } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, everywhereKnown, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import type { RequestOrganisationChangeInput } from '@linghang/harness/generated/org'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { endTemporaryBranches } from '../src/structure/changes/end-temporary.ts'
import { createDesk, refusalOf } from './meeting-desk.ts'
import { openOrg } from './perform.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let org: ReturnType<typeof openOrg>
let people: Map<string, string>

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  org = openOrg()
  people = await seedMembers(county, [
    fullMember(county.code, tree.a1.code, { 姓名: '指定书记' }),
    fullMember(county.code, tree.a2.code, { 姓名: '抽调人员' }),
    fullMember(county.code, tree.b1.code, { 姓名: '别处党员' }),
  ])
})
afterAll(() => org?.close())

const ask = async (input: Partial<RequestOrganisationChangeInput>) =>
  county.world.ask.org(
    await seedActor(county, 'SECRETARY', tree.a.id),
    'mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { id endsOn approval { id } } } }',
    {
      input: {
        ...{ organisationId: tree.a.id, kind: 'SETUP', organisationKind: 'TEMPORARY_BRANCH', name: '防汛临时党支部' },
        ...{ reason: '防汛抢险专班，任务结束即撤销', code: `${county.code}000000088`, ...input },
      },
    },
  )
async function setUp(endsOn: string): Promise<string> {
  const { change } = dataOf(await ask({ endsOn })).requestOrganisationChange
  expect(change?.endsOn).toBe(endsOn)
  const root = await seedActor(county, 'SECRETARY', tree.root.id)
  const id = change?.approval?.id as string
  await until(
    async () =>
      dataOf(await county.world.askUntyped.workflows(root, 'query ($id: ID!) { approval(id: $id) { id } }', { id }))
        .approval,
    30_000,
  )
  dataOf(
    await county.world.ask.workflows(
      root,
      'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
      { input: { id, outcome: 'APPROVED' } },
    ),
  )
  const made = await until(async () => {
    const { node } = dataOf(
      await county.world.askUntyped.org(
        county.admin,
        'query ($id: ID!) { node(id: $id) { ... on OrganisationChange { made { id } } } }',
        { id: change?.id },
      ),
    )
    return node?.made ?? null
  }, 30_000)
  return made.id
}
const organisation = async (id: string) =>
  dataOf(
    await county.world.ask.org(
      county.admin,
      'query ($id: ID!, $on: Date) { organisation(id: $id) { endsOn endedOn committee(on: $on) { id } takingPart { memberId } } }',
      { id, on: addDays(today, 1) },
    ),
  ).organisation
/** What the service does by itself every hour, on a day. */
const endOn = (day: string) =>
  org.as(systemActor(county.id), work => endTemporaryBranches.run({ ...work, today: day }, {}))

describe('1.2 支部工作条例 art. 8: a temporary branch', () => {
  let id: string
  test('1.2 is set up by the superior with its last day, which is not past; no other has one', async () => {
    expect(codesOf(await ask({}))).toEqual(['CHANGE_SAYS_OTHERWISE'])
    expect(codesOf(await ask({ organisationKind: 'BRANCH', endsOn: today }))).toEqual(['CHANGE_SAYS_OTHERWISE'])
    expect(refusalOf(await ask({ endsOn: addDays(today, -1) }))).toMatchObject({
      ...{ code: 'LAST_DAY_PAST', article: '第八条' },
    })
    id = await setUp(today)
    expect(await organisation(id)).toMatchObject({ endsOn: today, endedOn: null })
    await everywhereKnown(county)
  })

  test('1.2 has officers who are appointed and belong elsewhere, elects nobody, and nobody is transferred to it', async () => {
    const seat = {
      ...{ organisationId: id, memberId: people.get('指定书记'), post: 'SECRETARY', from: today },
      evidence: '街道党工委任命',
    }
    const record = (entry: string) =>
      county.world.askUntyped.org(
        county.admin,
        'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }',
        { input: { ...seat, entry } },
      )
    expect(codesOf(await record('ELECTED'))).toEqual(['COMMITTEE_NOT_ELECTED'])
    expect(codesOf(await record('APPOINTED'))).toEqual([])
    expect(
      codesOf(await ask({ ...endless, organisationId: tree.a1.id, kind: 'MERGE', intoOrganisationId: id })),
    ).toEqual(['SUCCESSOR_REFUSED'])
  })

  test('1.2 those who take part are registered elsewhere; its meetings are theirs, and at home they count as before', async () => {
    const keeper = await seedActor(county, 'SECRETARY', tree.a.id)
    const [secretary, seconded, stranger] = ['指定书记', '抽调人员', '别处党员'].map(name => people.get(name) as string)
    const place = (organisationId: string, ...memberIds: (string | undefined)[]) =>
      county.world.askUntyped.org(
        keeper,
        `mutation ($input: PlaceInTemporaryBranchInput!) { placeInTemporaryBranch(input: $input) {
          organisation { takingPart { memberId from } } } }`,
        { input: { organisationId, memberIds } },
      )
    expect(refusalOf(await place(tree.a1.id, seconded))).toMatchObject({
      ...{ code: 'NOT_A_TEMPORARY_BRANCH', article: '第八条' },
    })
    expect(codesOf(await place(id, stranger))).toEqual(['NOT_FOUND'])
    expect(codesOf(await place(id, seconded, seconded))).toEqual(['BAD_INPUT'])
    const placed = async (...memberIds: (string | undefined)[]) =>
      dataOf(await place(id, ...memberIds))
        .placeInTemporaryBranch.organisation.takingPart.map(({ memberId }: { memberId: string }) => memberId)
        .toSorted()
    const both = [secretary, seconded].toSorted()
    expect(await placed(secretary, seconded)).toEqual(both)
    expect(await placed(secretary, seconded)).toEqual(both)

    const desk = createDesk(county)
    const held = await desk.record(id, 'CLASS', {
      heldOn: today,
      agenda: '防汛专题',
      presentIds: [secretary, seconded],
    })
    dataOf(await desk.close(held.id))
    expect((await desk.read(held.id, 'current { due present }')).current).toEqual({ due: 2, present: 2 })
    const home = await desk.record(tree.a2.id, 'CLASS', { heldOn: today, presentIds: [seconded] })
    dataOf(await desk.close(home.id))
    expect((await desk.read(home.id, 'current { due }')).current).toEqual({ due: 1 })
    expect(await placed(seconded)).toEqual([seconded])
  })

  test('1.2 ends by itself behind its last day, and not on it; what is open there is finished first', async () => {
    const desk = createDesk(county)
    const draft = await desk.record(id, 'CLASS', { heldOn: today, agenda: '学习' })
    expect(await endOn(today)).toBe(0)
    expect(await endOn(addDays(today, 1))).toBe(0)
    expect((await organisation(id)).endedOn).toBeNull()
    dataOf(
      await county.world.askUntyped.org(
        county.admin,
        'mutation ($input: DeleteMeetingInput!) { deleteMeeting(input: $input) { __typename } }',
        { input: { id: draft.id, reason: '未召开' } },
      ),
    )
    expect(await endOn(addDays(today, 1))).toBe(1)
    expect(await organisation(id)).toMatchObject({ endedOn: addDays(today, 1), committee: [], takingPart: [] })
    expect(await endOn(addDays(today, 2))).toBe(0)
    const late = await desk.tryRecord(id, 'CLASS', { heldOn: today, agenda: '学习' })
    expect(codesOf(late)).toEqual(['ORGANISATION_ENDED'])
  })
})

/** What a setting-up says and a merger does not. */
const endless = { code: null, name: null, organisationKind: null } as const

import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, everywhereKnown, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { RequestOrganisationChangeInput } from '@linghang/harness/generated/org'
import type { ApprovalOutcome } from '@linghang/harness/generated/workflows'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { refusalOf } from './meeting-desk.ts'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
const actors = {} as Record<'root' | 'a' | 'a1' | 'b' | 'b1', Actor>

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  await seedMembers(county, [fullMember(county.code, tree.a2.code)])
  for (const place of ['root', 'a', 'a1', 'b', 'b1'] as const)
    actors[place] = await seedActor(county, 'SECRETARY', tree[place].id)
})

const fields =
  'id kind state reason requestedOn decidedOn doneOn blockedBy approval { id } organisation { id } made { id code name kind superior { code } }'
const ask = (input: Partial<RequestOrganisationChangeInput>, actor = actors.a1) =>
  county.world.ask.org(
    actor,
    `mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { ${fields} } } }`,
    { input: { organisationId: tree.a1.id, kind: 'RENAME', reason: '社区更名', ...input } },
  )
const asked = async (input: Partial<RequestOrganisationChangeInput>, actor = actors.a1) =>
  dataOf(await ask(input, actor)).requestOrganisationChange.change
const changeOf = async (id: string, actor = county.admin) =>
  dataOf(
    await county.world.ask.org(
      actor,
      `query ($id: ID!) { node(id: $id) { ... on OrganisationChange { ${fields} } } }`,
      { id },
    ),
  ).node
const approvalOf = async (id: string, actor: Actor) =>
  dataOf(
    await county.world.ask.workflows(
      actor,
      'query ($id: ID!) { approval(id: $id) { kind state round dueOn article office { role organisation { id } } subject { ... on Organisation { id } } } }',
      { id },
    ),
  ).approval
/** Decided by the office at the committee, once it has been told of the request. */
const decide = async (approvalId: string, outcome: ApprovalOutcome, actor = actors.a, round = 1) => {
  await until(async () => (await approvalOf(approvalId, actor))?.round === round, 30_000, 'the request is heard')
  dataOf(
    await county.world.ask.workflows(
      actor,
      'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
      { input: { id: approvalId, outcome, reason: '经会议研究' } },
    ),
  )
}
const becomes = (id: string, state: string) =>
  until(
    async () => {
      const change = await changeOf(id)
      return change && 'state' in change && change.state === state ? change : null
    },
    30_000,
    `the change is ${state}`,
  )
const organisation = async (id: string) =>
  dataOf(
    await county.world.ask.org(
      county.admin,
      'query ($id: ID!) { organisation(id: $id) { name kind superior { code } changes(first: 50) { totalCount nodes { id } } } }',
      { id },
    ),
  ).organisation

describe('S0-12 changes to organisations as processes', () => {
  test('S0-12 a branch asks for another name, its committee decides, and only then it has it', async () => {
    const change = await asked({ name: '甲一新社区党支部' })
    expect(change).toMatchObject({ kind: 'RENAME', state: 'REQUESTED', requestedOn: today, decidedOn: null })
    expect((await organisation(tree.a1.id)).name).toBe('甲一社区党支部')
    const approvalId = change.approval.id as string
    await decide(approvalId, 'APPROVED')
    expect(await approvalOf(approvalId, actors.a)).toEqual({
      ...{ kind: 'ORGANISATION_RENAME', state: 'APPROVED', round: 1, dueOn: addDays(today, 30), article: '工作惯例' },
      office: { role: 'SECRETARY', organisation: { id: tree.a.id } },
      subject: { id: tree.a1.id },
    })
    expect(await becomes(change.id, 'DONE')).toMatchObject({ decidedOn: today, doneOn: today, blockedBy: null })
    const now = await organisation(tree.a1.id)
    expect(now.name).toBe('甲一新社区党支部')
    expect(now.changes.nodes).toContainEqual({ id: change.id })
  })

  test('S0-12 what is sent back is handed in again, and what is refused changes nothing', async () => {
    const change = await asked({ name: '甲一改名', idempotencyKey: 'rename-again' })
    expect(await asked({ name: '甲一改名', idempotencyKey: 'rename-again' })).toEqual(change)
    expect(codesOf(await ask({ name: '甲一再改名' }))).toEqual(['REQUEST_OPEN_ALREADY'])
    const approvalId = change.approval.id as string
    await decide(approvalId, 'RETURNED')
    await becomes(change.id, 'RETURNED')
    const resubmit = () =>
      county.world.ask.org(
        actors.a1,
        'mutation ($input: ResubmitOrganisationChangeInput!) { resubmitOrganisationChange(input: $input) { change { state reason } } }',
        { input: { id: change.id, reason: '附社区批文' } },
      )
    expect(dataOf(await resubmit()).resubmitOrganisationChange.change).toEqual({
      state: 'REQUESTED',
      reason: '附社区批文',
    })
    expect(codesOf(await resubmit())).toEqual(['CHANGE_NOT_OPEN'])
    const before = await organisation(tree.a1.id)
    await decide(approvalId, 'REFUSED', actors.a, 2)
    expect(await becomes(change.id, 'REFUSED')).toMatchObject({ decidedOn: today, doneOn: null })
    expect((await organisation(tree.a1.id)).name).toBe(before.name)
  })

  test('S0-12 what has not been decided can be taken back, and the committee’s inbox knows', async () => {
    const change = await asked({ name: '甲一撤回' })
    const withdraw = (actor: Actor) =>
      county.world.ask.org(
        actor,
        'mutation ($input: WithdrawOrganisationChangeInput!) { withdrawOrganisationChange(input: $input) { change { state } } }',
        { input: { id: change.id } },
      )
    expect(codesOf(await withdraw(actors.b))).toEqual(['NOT_FOUND'])
    expect(dataOf(await withdraw(actors.a1)).withdrawOrganisationChange.change).toEqual({ state: 'WITHDRAWN' })
    expect(codesOf(await withdraw(actors.a1))).toEqual(['CHANGE_NOT_OPEN'])
    await until(
      async () => (await approvalOf(change.approval.id, actors.a))?.state === 'WITHDRAWN',
      30_000,
      'workflows hears of it',
    )
  })

  test('S0-12 支部工作条例 art. 6: a branch is set up below a committee by decision of the one above', async () => {
    const code = `${county.code}000000077`
    const setUp = {
      organisationId: tree.a.id,
      kind: 'SETUP',
      code,
      name: '新设党支部',
      organisationKind: 'BRANCH',
    } as const
    expect(codesOf(await ask({ ...setUp, organisationKind: undefined }, actors.a))).toEqual(['CHANGE_SAYS_OTHERWISE'])
    const [one, other] = [await asked(setUp, actors.a), await asked(setUp, actors.a)]
    await decide(one.approval.id, 'APPROVED', actors.root)
    const done = await becomes(one.id, 'DONE')
    expect(done).toMatchObject({ made: { code, name: '新设党支部', kind: 'BRANCH', superior: { code: tree.a.code } } })
    // Approved as well, and its code is taken by now: the process says so and nothing was set up.
    await decide(other.approval.id, 'APPROVED', actors.root)
    expect(await becomes(other.id, 'BLOCKED')).toMatchObject({ blockedBy: 'ORGANISATION_CODE_TAKEN', made: null })
    await everywhereKnown(county)
  })

  test('S0-12 a branch becomes a general branch by decision, and not while people belong to it', async () => {
    const upgrade = { organisationId: tree.b1.id, kind: 'UPGRADE', organisationKind: 'GENERAL_BRANCH' } as const
    expect(
      codesOf(await ask({ ...upgrade, organisationId: tree.a2.id }, await seedActor(county, 'SECRETARY', tree.a2.id))),
    ).toEqual(['COMMITTEE_WITH_PEOPLE'])
    expect(refusalOf(await ask({ ...upgrade, organisationKind: 'TEMPORARY_BRANCH' }, actors.b1))).toMatchObject({
      ...{ code: 'UPGRADE_REFUSED', found: 'BRANCH', article: '第七条' },
    })
    const change = await asked(upgrade, actors.b1)
    await decide(change.approval.id, 'APPROVED', actors.b)
    await becomes(change.id, 'DONE')
    expect((await organisation(tree.b1.id)).kind).toBe('GENERAL_BRANCH')
  })

  test('S0-12 a move is decided by the committee above both superiors, and by none of the two', async () => {
    expect(codesOf(await ask({ kind: 'MOVE', superiorId: tree.b.id }))).toEqual(['NOT_FOUND'])
    const change = await asked({ kind: 'MOVE', superiorId: tree.b.id }, county.admin)
    await decide(change.approval.id, 'APPROVED', actors.root)
    await becomes(change.id, 'DONE')
    expect((await organisation(tree.a1.id)).superior.code).toBe(tree.b.code)
  })

  test('S0-12 nobody asks for what changes nothing, nor for another’s organisation', async () => {
    const { name } = await organisation(tree.a2.id)
    expect(codesOf(await ask({ organisationId: tree.a2.id, name }, county.admin))).toEqual(['CHANGE_CHANGES_NOTHING'])
    expect(codesOf(await ask({ organisationId: tree.a2.id, name: '改名' }, actors.b))).toEqual(['NOT_FOUND'])
    const rows = await look('org', 'select 1 from organisation_change where org_id = $1', [uuidOf(tree.a2.id)])
    expect(rows).toEqual([])
  })
})

import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { askAs, codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { orgCode, seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { type Branch, type CaseDesk, newBranch, openDesk } from './case-desk.ts'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
let branch: Branch
let desk: CaseDesk
beforeAll(async () => {
  branch = await newBranch([rows.activist('随支部调整', '2024-03-31'), rows.activist('定联系人', '2024-03-31')])
  desk = await openDesk(branch, branch.ids.get('随支部调整') as string)
})

const approvalState = async (id: string) =>
  (await look('workflows', 'select state from approval where id = $1', [uuidOf(id)]))[0]?.state
const deciderNow = async () =>
  (await look('members', 'select decider_org_id from development_case where id = $1', [uuidOf(desk.caseId)]))[0]
    ?.decider_org_id

describe('S0-14 a branch that moves', () => {
  test('S0-14 takes its request along: the committee that it left decides no more, the new one is asked', async () => {
    await desk.file('OBSERVATION', 'OBSERVATION_BOOK', '2025-04-01')
    await desk.finish('OBSERVATION', { on: '2025-04-01' })
    await desk.file('CANDIDATE_DECISION', 'OPINIONS_RECORD', '2025-04-02')
    const meetingId = await desk.meet('BRANCH_COMMITTEE', 'CANDIDATE', '2025-04-10')
    await desk.finish('CANDIDATE_DECISION', { on: '2025-04-10', meetingId })
    const first = await desk.ask('2025-04-11')
    expect(await deciderNow()).toBe(uuidOf(branch.tree.a.id))
    dataOf(
      await branch.county.world.ask.org(
        branch.county.admin,
        'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }',
        { input: { id: branch.tree.a1.id, superiorId: branch.tree.b.id } },
      ),
    )
    await until(async () => (await approvalState(first)) === 'WITHDRAWN', 30_000, 'the request has been taken back')
    const decide = await branch.county.world.ask.workflows(
      branch.committee,
      'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
      { input: { id: first, outcome: 'APPROVED' } },
    )
    expect(codesOf(decide)).toHaveLength(1)
    await until(async () => (await deciderNow()) === uuidOf(branch.tree.b.id), 30_000, 'the new committee decides')
    expect(await desk.read('waitingOn approval { state }')).toEqual({ waitingOn: 'BRANCH', approval: null })
    const second = await desk.ask('2025-04-12')
    const committee = await seedActor(branch.county, 'SECRETARY', branch.tree.b.id)
    await until(
      async () =>
        dataOf(
          await branch.county.world.ask.workflows(committee, '{ approvals(filter: { mine: true }) { nodes { id } } }'),
        ).approvals.nodes.some(({ id }: { id: string }) => id === second),
      30_000,
      'the new committee has it',
    )
    // 细则 art. 23: a committee without the power to approve decides no more; what waits there is taken back.
    dataOf(
      await branch.county.world.ask.org(
        branch.county.admin,
        'mutation ($input: RecordApprovalPowerInput!) { recordApprovalPower(input: $input) { organisation { id } } }',
        { input: { id: branch.tree.b.id, approves: false, basis: '县委组〔2026〕1 号' } },
      ),
    )
    await until(async () => (await approvalState(second)) === 'WITHDRAWN', 30_000, 'the request has been taken back')
    await until(async () => (await deciderNow()) === uuidOf(branch.tree.root.id), 30_000, 'the one above it decides')
  })
})

describe('1.1/17 a branch under a general branch', () => {
  test('1.1/17 细则 art. 23: an admission is handed in once the general branch has deliberated and agreed', async () => {
    const own = await newBranch([rows.candidate('经总支审议', '2024-03-01')])
    const { county, tree, committee } = own
    const org = askAs(
      () => county.world.ask.org,
      () => county.admin,
    )
    const { registerOrganisation } = dataOf(
      await org(
        'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }',
        { input: { superiorId: tree.a.id, code: orgCode(county, 70), name: '甲党总支', kind: 'GENERAL_BRANCH' } },
      ),
    )
    const general = registerOrganisation.organisation.id as string
    const move = 'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }'
    dataOf(await org(move, { input: { id: tree.a1.id, superiorId: general } }))
    const below = 'select 1 from org_node where id = $1 and superior_id = $2'
    await until(
      async () => (await look('members', below, [uuidOf(tree.a1.id), uuidOf(general)])).length === 1,
      30_000,
      'members knows the general branch',
    )
    const admitted = await openDesk(own, own.ids.get('经总支审议') as string)
    const introducers = { as: 'INTRODUCER' as const, memberIds: own.voters.slice(0, 2), on: '2024-03-02' }
    await admitted.done(admitted.mutate('assignPeople', introducers))
    await admitted.finish('INTRODUCERS', { on: '2024-03-02' })
    await admitted.file('POLITICAL_REVIEW', 'POLITICAL_REVIEW_CONCLUSION', '2024-03-05')
    await admitted.finish('POLITICAL_REVIEW', { on: '2024-03-05', conclusion: 'PASSED' })
    await admitted.file('TRAINING', 'TRAINING_CERTIFICATE', '2024-03-10', committee)
    await admitted.finish('TRAINING', { on: '2024-03-10', training: { days: 3, hours: 24 } }, committee)
    await admitted.file('COMMITTEE_EXAMINATION', 'COMMITTEE_EXAMINATION', '2024-03-15')
    const examined = await admitted.meet('BRANCH_COMMITTEE', 'EXAMINATION', '2024-03-15')
    await admitted.finish('COMMITTEE_EXAMINATION', { on: '2024-03-15', meetingId: examined })
    await admitted.approve(await admitted.ask('2024-03-16'), '2024-03-20')
    await admitted.file('VOLUNTEER_FORM', 'VOLUNTEER_FORM_GUIDE', '2024-03-21')
    await admitted.finish('VOLUNTEER_FORM', { on: '2024-03-21' })
    for (const paper of ['ADMISSION_BALLOT_AND_TALLY', 'ASSEMBLY_RESOLUTION'] as const)
      await admitted.file('ADMISSION_ASSEMBLY', paper, '2024-04-01')
    const assembly = await admitted.meet('BRANCH_ASSEMBLY', 'ADMISSION', '2024-04-01')
    await admitted.finish('ADMISSION_ASSEMBLY', { on: '2024-04-01', meetingId: assembly })
    await admitted.file('COMMITTEE_TALK', 'COMMITTEE_TALK_RECORD', '2024-04-05', committee)
    await admitted.finish('COMMITTEE_TALK', { on: '2024-04-05' }, committee)
    // Each side hears when the case comes to it, and neither of what it has done itself.
    const turns = () =>
      look(
        'workflows',
        `select org_id, due_on::text as since from reminder where subject_id = $1 and rule = 'STEP_TURN' order by due_on`,
        [uuidOf(own.ids.get('经总支审议') as string)],
      )
    await until(async () => (await turns()).length === 5, 30_000, 'both have heard of their turns')
    expect(await turns()).toEqual([
      { org_id: uuidOf(tree.a.id), since: '2024-03-05' },
      { org_id: uuidOf(tree.a1.id), since: '2024-03-10' },
      { org_id: uuidOf(tree.a1.id), since: '2024-03-20' },
      { org_id: uuidOf(tree.a.id), since: '2024-04-01' },
      { org_id: uuidOf(tree.a1.id), since: '2024-04-05' },
    ])
    const handIn = (deliberationMeetingId?: string) =>
      admitted.mutate('requestApproval', { on: '2024-04-20', deliberationMeetingId })
    expect(codesOf(await handIn())).toEqual(['DELIBERATION_MISSING'])
    expect(codesOf(await handIn(assembly))).toEqual(['DELIBERATION_MISSING'])
    const late = await admitted.meet('COMMITTEE', 'ADMISSION', '2024-04-21', { at: general, by: county.admin })
    expect(codesOf(await handIn(late))).toEqual(['DELIBERATION_MISSING'])
    const agreed = await admitted.meet('COMMITTEE', 'ADMISSION', '2024-04-10', { at: general, by: county.admin })
    expect(codesOf(await handIn(agreed))).toEqual([])
  })
})

describe('1.1/5 contacts are named for their day', () => {
  test.each([
    ['before the person was an activist', '2024-03-30', ['DATES_OUT_OF_ORDER']],
    ['on that day', '2024-03-31', []],
    ['tomorrow', addDays(today, 1), ['DATE_IN_FUTURE']],
  ])('1.1/5 %s', async (_, on, codes) => {
    const other = await openDesk(branch, branch.ids.get('定联系人') as string)
    expect(
      codesOf(await other.mutate('assignPeople', { as: 'CONTACT', memberIds: branch.voters.slice(0, 1), on })),
    ).toEqual(codes)
  })

  test('1.1/5 细则 art. 14: nobody is named who is on probation within the party, on its first day already', async () => {
    const other = await openDesk(branch, branch.ids.get('定联系人') as string)
    const [, , memberId] = branch.voters as [string, string, string]
    dataOf(
      await branch.county.world.ask.members(
        branch.secretary,
        'mutation ($input: RecordPenaltyInput!) { recordPenalty(input: $input) { member { id } } }',
        { input: { memberId, fromOn: '2024-06-01', untilOn: '2025-06-01', basis: '纪委〔2024〕5 号' } },
      ),
    )
    const name = async (on: string) =>
      codesOf(await other.mutate('assignPeople', { as: 'CONTACT', memberIds: [memberId], on }))
    expect(await name('2024-06-01')).toEqual(['RIGHTS_SUSPENDED'])
    expect(await name('2025-06-01')).toEqual(['RIGHTS_SUSPENDED'])
    expect(await name('2024-05-31')).toEqual([])
    expect(await name('2025-06-02')).toEqual([])
  })

  test('1.1/5 and were full members on it, not only today', async () => {
    const other = await openDesk(branch, branch.ids.get('定联系人') as string)
    const [voter] = branch.voters as [string]
    const since = (
      await look('members', 'select full_member_since::text as day from member where id = $1', [uuidOf(voter)])
    )[0]?.day as string
    await look('members', `update member set full_member_since = '2024-05-01' where id = $1`, [uuidOf(voter)])
    const name = (on: string) => other.mutate('assignPeople', { as: 'CONTACT', memberIds: [voter], on })
    const [refused] = (await name('2024-04-30')).errors
    const { name: whose } = (await look('members', 'select name from member where id = $1', [uuidOf(voter)]))[0] as {
      name: string
    }
    expect(refused?.extensions).toMatchObject({ code: 'NOT_FULL_MEMBERS', params: { found: voter, name: whose } })
    expect(refused?.message).toBe(`${whose} 在 2024-04-30 不是在册正式党员`)
    expect(codesOf(await name('2024-05-01'))).toEqual([])
    await look('members', 'update member set full_member_since = $2 where id = $1', [uuidOf(voter), since])
  })
})

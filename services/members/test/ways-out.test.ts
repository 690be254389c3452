import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { askAs, codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { look } from '@linghang/harness/databases'
import { refusalsOf } from '@linghang/harness/desk'
import { rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { type Branch, type CaseDesk, caseOfMember, newBranch, ofOrganisation, openDesk } from './case-desk.ts'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
let branch: Branch
const deskOf = (name: string): Promise<CaseDesk> => openDesk(branch, branch.ids.get(name) as string)
const members = askAs(
  () => branch.county.world.ask.members,
  () => branch.county.admin,
)

beforeAll(async () => {
  branch = await newBranch([
    rows.applicant('撤回', '2026-09-01'),
    rows.applicant('不予接收', '2026-09-01'),
    rows.applicant('离册', '2026-09-01'),
    rows.probationary('去世', '2026-03-31'),
    rows.activist('调动', '2025-06-01'),
    rows.activist('调动中报批', '2024-03-31'),
    rows.activist('调动中公示', '2025-06-01'),
    rows.activist('外迁', '2024-08-31'),
    rows.candidate('重办', '2023-03-01'),
    rows.candidate('旧消息', '2023-03-01'),
    rows.activist('退回申请', '2023-03-01'),
    rows.probationary('延长', '2024-05-31'),
    rows.probationary('转入推迟', '2024-05-31'),
    rows.probationary('取消', '2024-05-31'),
  ])
})

const registered = async (memberId: string) =>
  dataOf(
    await members('query ($id: ID!) { member(id: $id) { kind activistSince candidateSince leftOn } }', {
      id: memberId,
    }),
  ).member
const transfer = async (memberId: string, organisationId: string) =>
  dataOf(
    await members('mutation ($input: TransferMemberInput!) { transferMember(input: $input) { __typename } }', {
      input: { id: memberId, organisationId },
    }),
  )
const movedTo = (desk: CaseDesk, organisationId: string) =>
  until(
    async () => (await desk.read('organisation { id }', branch.county.admin)).organisation?.id === organisationId,
    30_000,
    'the case has moved',
  )
const approvalState = async (id: string) =>
  (await look('workflows', 'select state from approval where id = $1', [uuidOf(id)]))[0]?.state

describe('S0-13 every way out of a case', () => {
  test.each([
    ['撤回', 'WITHDRAWN'],
    ['不予接收', 'REFUSED'],
    ['去世', 'DIED'],
  ] as const)('S0-13 %s ends the case as %s and takes the person off the register', async (name, reason) => {
    const desk = await deskOf(name)
    const tomorrow = await desk.mutate('endDevelopmentCase', { reason, on: addDays(today, 1) })
    expect(codesOf(tomorrow)).toEqual(['DATE_IN_FUTURE'])
    await desk.done(desk.mutate('endDevelopmentCase', { reason, on: today }))
    expect(await desk.read('phase endReason closedOn waitingOn openStep { key } dates { rule }')).toEqual({
      ...{ phase: 'ENDED', endReason: reason, closedOn: today, waitingOn: 'NOBODY' },
      ...{ openStep: null, dates: [] },
    })
    expect(await registered(desk.memberId)).toMatchObject({ leftOn: today })
    expect(codesOf(await desk.mutate('recordReview', { kind: 'CONTACT_TALK', on: today }))).toEqual(['CASE_CLOSED'])
    expect(codesOf(await desk.mutate('endDevelopmentCase', { reason, on: today }))).toEqual(['CASE_CLOSED'])
    // Nor is a paper begun that could not be put.
    const paper = { ...({ step: 'OBSERVATION', template: 'THOUGHT_REPORT' } as const), fileName: '思想汇报.pdf' }
    const begun = await members(
      'mutation ($input: CreateMaterialInput!) { createMaterial(input: $input) { material { id } } }',
      { input: { caseId: desk.caseId, ...paper } },
    )
    expect(codesOf(begun)).toEqual(['CASE_CLOSED'])
  })

  test('S0-13 whoever leaves the register leaves the case', async () => {
    const desk = await deskOf('离册')
    const input = { memberId: desk.memberId, leftOn: today, reason: '移居' }
    dataOf(
      await members('mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { __typename } }', {
        input,
      }),
    )
    await until(async () => (await desk.read('phase')).phase === 'ENDED', 30_000, 'the case has ended')
    expect(await desk.read('endReason')).toEqual({ endReason: 'LEFT' })
  })

  test('1.1/23 a probationary member is not refused but cancelled, by the assembly and the committee', async () => {
    const desk = await deskOf('取消')
    expect(codesOf(await desk.mutate('endDevelopmentCase', { reason: 'REFUSED', on: today }))).toEqual([
      'END_REASON_NOT_FITTING',
    ])
    await conversionOpen(desk)
    const meetingId = await desk.meet('BRANCH_ASSEMBLY', 'CANCELLATION', '2025-06-10')
    await desk.finish('CONVERSION_ASSEMBLY', { on: '2025-06-10', meetingId })
    expect(await desk.read('phase step')).toEqual({ phase: 'OPEN', step: 'CONVERSION_APPROVAL' })
    await desk.approve(await desk.ask('2025-06-12'), '2025-06-20')
    expect(await desk.read('phase endReason')).toEqual({ phase: 'ENDED', endReason: 'CANCELLED' })
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'PROBATIONARY', leftOn: '2025-06-20' })
  })
})

/** From the end of probation to the assembly, on paper of one day. */
async function conversionOpen(desk: CaseDesk): Promise<void> {
  await desk.finish('PROBATION', { on: '2025-06-01' })
  await desk.file('CONVERSION_APPLICATION', 'PROBATION_BOOK_AND_CONVERSION_LETTER', '2025-06-02')
  await desk.finish('CONVERSION_APPLICATION', { on: '2025-06-02' })
  await desk.file('CONVERSION_ASSEMBLY', 'ADMISSION_BALLOT_AND_TALLY', '2025-06-10')
  await desk.file('CONVERSION_ASSEMBLY', 'ASSEMBLY_RESOLUTION', '2025-06-10')
}

describe('1.1/23 probation is extended', () => {
  test('1.1/23 once, by six to twelve months from its end', async () => {
    const desk = await deskOf('延长')
    await conversionOpen(desk)
    const meetingId = await desk.meet('BRANCH_ASSEMBLY', 'EXTENSION', '2025-06-10')
    const extend = (extendedTo?: string) =>
      desk.complete('CONVERSION_ASSEMBLY', { on: '2025-06-10', meetingId, extendedTo })
    // Probation ended on 2025-05-31: six months are 2025-11-30, twelve 2026-05-31.
    for (const to of [undefined, '2025-11-29', '2026-06-01'])
      expect(refusalsOf(await extend(to))).toEqual([{ code: 'EXTENSION_NOT_ALLOWED', article: '第三十二条' }])
    await desk.done(extend('2025-11-30'))
    await desk.approve(await desk.ask('2025-06-12'), '2025-06-20')
    const { step, dates } = await desk.read('step dates { rule dueOn }')
    expect([step, dates.find(({ rule }: { rule: string }) => rule === 'PROBATION_ENDS')]).toEqual([
      'PROBATION',
      { rule: 'PROBATION_ENDS', dueOn: '2025-11-30' },
    ])
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'PROBATIONARY', leftOn: null })
    const { developmentPlan } = await ofOrganisation(
      branch.county,
      branch.secretary,
      branch.tree.a1.id,
      'developmentPlan { name notBefore }',
    )
    expect(developmentPlan).toContainEqual({ name: '延长', notBefore: '2025-11-30' })

    await desk.finish('PROBATION', { on: '2025-12-01' })
    await desk.finish('CONVERSION_APPLICATION', { on: '2025-12-01' })
    const early = await desk.meet('BRANCH_ASSEMBLY', 'CONVERSION', '2025-11-29')
    expect(
      refusalsOf(await desk.complete('CONVERSION_ASSEMBLY', { on: '2025-11-29', meetingId: early }))[0]?.code,
    ).toBe('DATES_OUT_OF_ORDER')
    const again = await desk.meet('BRANCH_ASSEMBLY', 'EXTENSION', '2025-12-05')
    const more = { meetingId: again, extendedTo: '2026-05-31' }
    expect(refusalsOf(await desk.complete('CONVERSION_ASSEMBLY', { on: '2025-12-05', ...more }))).toEqual([
      { code: 'EXTENSION_NOT_ALLOWED', article: '第三十二条' },
    ])
    const convert = await desk.meet('BRANCH_ASSEMBLY', 'CONVERSION', '2025-12-06')
    await desk.finish('CONVERSION_ASSEMBLY', { on: '2025-12-06', meetingId: convert })
    await desk.approve(await desk.ask('2025-12-08'), '2025-12-20')
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'FULL' })
  })
})

describe('1.1/23 who moved in on probation', () => {
  test('1.1/23 细则 art. 36: the discussion may be put off by six months after its end, and is not overdue meanwhile', async () => {
    const desk = await deskOf('转入推迟')
    const putOff = (until: string, reason = '转入不久，尚在了解') =>
      desk.mutate('postponeConversion', { until, reason })
    expect(refusalsOf(await putOff('2025-12-01'))).toEqual([
      { code: 'POSTPONEMENT_NOT_ALLOWED', article: '第三十六条' },
    ])
    expect(codesOf(await putOff('2025-11-30', ' '))).toEqual(['BAD_INPUT'])
    await desk.done(putOff('2025-11-30'))
    const { dates } = await desk.read('dates { rule dueOn }')
    expect(dates).toContainEqual({ rule: 'PROBATION_ENDS', dueOn: '2025-11-30' })
    const { developmentPlan } = await ofOrganisation(
      branch.county,
      branch.secretary,
      branch.tree.a1.id,
      'developmentPlan { name notBefore }',
    )
    expect(developmentPlan).toContainEqual({ name: '转入推迟', notBefore: '2025-05-31' })
  })
})

describe('1.1/6 observation counts on', () => {
  test('1.1/6 whoever moves to another branch keeps every date; the new branch keeps the case from then on', async () => {
    const desk = await deskOf('调动')
    const fields = 'step dates { rule dueOn }'
    const before = await desk.read(fields)
    await transfer(desk.memberId, branch.tree.a2.id)
    await movedTo(desk, branch.tree.a2.id)
    expect(await desk.read(fields, branch.sibling)).toEqual(before)
    expect(await desk.read(fields)).toBeNull()
    expect(codesOf(await desk.complete('OBSERVATION', { on: today }))).toEqual(['NOT_FOUND'])
    const { sibling } = branch
    await desk.file('OBSERVATION', 'OBSERVATION_BOOK', '2026-06-01', sibling)
    const early = await desk.complete('OBSERVATION', { on: '2026-05-31' }, sibling)
    expect(refusalsOf(early)).toEqual([{ code: 'TOO_EARLY', article: '第十三条' }])
    await desk.finish('OBSERVATION', { on: '2026-06-01' }, sibling)
    const { history } = await desk.read('history { type }', sibling)
    expect(history.map(({ type }: { type: string }) => type)).toEqual([
      'ADOPTED',
      'MOVED',
      'MATERIAL_FILED',
      'STEP_DONE',
    ])
  })

  test('S0-14 what was handed in for a branch is taken back when the person moves away from it', async () => {
    const desk = await deskOf('调动中报批')
    await desk.file('OBSERVATION', 'OBSERVATION_BOOK', '2025-04-01')
    await desk.finish('OBSERVATION', { on: '2025-04-01' })
    await desk.file('CANDIDATE_DECISION', 'OPINIONS_RECORD', '2025-04-02')
    const meetingId = await desk.meet('BRANCH_COMMITTEE', 'CANDIDATE', '2025-04-10')
    await desk.finish('CANDIDATE_DECISION', { on: '2025-04-10', meetingId })
    const approvalId = await desk.ask('2025-04-11')
    expect(await approvalState(approvalId)).toBe('OPEN')
    await transfer(desk.memberId, branch.tree.b1.id)
    await movedTo(desk, branch.tree.b1.id)
    expect(await desk.read('waitingOn approval { state }', branch.county.admin)).toEqual({
      waitingOn: 'BRANCH',
      approval: null,
    })
    await until(async () => (await approvalState(approvalId)) === 'WITHDRAWN', 30_000, 'it has been taken back')
  })

  test('S2-11 a notice that hangs at a branch comes down when the person moves, and hangs anew at the other', async () => {
    const desk = await deskOf('调动中公示')
    await desk.file('OBSERVATION', 'OBSERVATION_BOOK', '2026-06-01')
    await desk.finish('OBSERVATION', { on: '2026-06-05' })
    await desk.done(desk.mutate('openNotice', { from: '2026-09-21' }))
    await transfer(desk.memberId, branch.tree.a2.id)
    await movedTo(desk, branch.tree.a2.id)
    const { sibling } = branch
    expect(await desk.read('notice { startsOn }', sibling)).toEqual({ notice: null })
    await desk.done(desk.mutate('openNotice', { from: '2026-09-22' }, sibling))
    const hanging = await look(
      'members',
      'select org_id from public_notice where case_id = $1 and closed_on is null and not cancelled',
      [uuidOf(desk.caseId)],
    )
    expect(hanging).toEqual([{ org_id: uuidOf(branch.tree.a2.id) }])
  })

  test('1.1/6 whoever moves to another county is adopted there with the old dates', async () => {
    const desk = await deskOf('外迁')
    await desk.done(desk.mutate('endDevelopmentCase', { reason: 'MOVED_AWAY', on: today }))
    expect(await desk.read('phase endReason')).toEqual({ phase: 'ENDED', endReason: 'MOVED_AWAY' })
    const { idNumber } = dataOf(
      await members('mutation ($input: RevealIdentityInput!) { revealIdentity(input: $input) { idNumber } }', {
        input: { memberId: desk.memberId, reason: '转接组织关系' },
      }),
    ).revealIdentity
    const there = await newBranch([])
    const { registerMember } = dataOf(
      await there.county.world.ask.members(
        there.secretary,
        'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id } } }',
        {
          input: {
            ...{ organisationId: there.tree.a1.id, name: '外迁', idNumber, kind: 'ACTIVIST' },
            ...{ appliedOn: '2019-11-05', activistSince: '2024-08-31' },
          },
        },
      ),
    )
    const moved = await openDesk(there, registerMember.member.id)
    const { step, dates } = await moved.read('step dates { rule dueOn nature }')
    expect(step).toBe('OBSERVATION')
    expect(dates).toContainEqual({ rule: 'ACTIVIST_ONE_YEAR', dueOn: '2025-08-31', nature: 'EARLIEST' })
    await moved.file('OBSERVATION', 'OBSERVATION_BOOK', '2025-08-31')
    await moved.finish('OBSERVATION', { on: '2025-08-31' })
    expect(await caseOfMember(there.county, there.secretary, desk.memberId)).toBeUndefined()
  })
})

describe('S0-15 a step that has to be done anew', () => {
  test('S0-15 goes back, and the register goes back with it', async () => {
    const desk = await deskOf('重办')
    const memberIds = branch.voters.slice(0, 2)
    await desk.done(desk.mutate('assignPeople', { as: 'INTRODUCER', memberIds, on: '2023-03-02' }))
    await desk.finish('INTRODUCERS', { on: '2023-03-02' })
    for (const step of ['POLITICAL_REVIEW', 'TRAINING', 'APPLICATION'] as const)
      expect(codesOf(await desk.mutate('reopenStep', { step, reason: '重来' }))).toEqual(['STEP_CANNOT_BE_REOPENED'])
    await desk.done(desk.mutate('reopenStep', { step: 'INTRODUCERS', reason: '介绍人调离' }))
    expect(await desk.read('step history { type step note }')).toMatchObject({ step: 'INTRODUCERS' })
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'CANDIDATE', candidateSince: '2023-03-01' })
    await desk.done(desk.mutate('reopenStep', { step: 'CANDIDATE_FILING', reason: '备案材料有误' }))
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'ACTIVIST', candidateSince: null })
    await desk.approve(await desk.ask('2023-03-20'), '2023-03-25')
    expect(await desk.read('step')).toEqual({ step: 'INTRODUCERS' })
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'CANDIDATE', candidateSince: '2023-03-25' })
    // A step that is opened again follows the rules of the day on which it is.
    const { steps } = await desk.read('steps { key state doneOn ruleVersion }')
    expect(steps[7]).toEqual({ key: 'CANDIDATE_FILING', state: 'DONE', doneOn: '2023-03-25', ruleVersion: '2026' })
    expect(steps[8]).toMatchObject({ key: 'INTRODUCERS', state: 'OPEN', doneOn: null })
  })

  test('S0-15 an activist whose decision is done anew is an applicant until then', async () => {
    const desk = await deskOf('退回申请')
    await desk.done(desk.mutate('reopenStep', { step: 'ACTIVIST_DECISION', reason: '推荐材料有误' }))
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'APPLICANT', activistSince: null })
    const { step, dates } = await desk.read('step dates { rule }')
    expect([step, dates]).toEqual(['ACTIVIST_DECISION', []])
    expect(await heardAgain(desk)).toEqual({ step: 'ACTIVIST_DECISION' })
  })

  test('S0-3 news of the register that has been overtaken does not bring a case back to where it was', async () => {
    const desk = await deskOf('旧消息')
    const [old] = await look('members', 'select version from member where id = $1', [uuidOf(desk.memberId)])
    await desk.done(desk.mutate('reopenStep', { step: 'CANDIDATE_FILING', reason: '备案材料有误' }))
    await desk.approve(await desk.ask('2023-03-20'), '2023-03-25')
    await desk.done(desk.mutate('reopenStep', { step: 'CANDIDATE_FILING', reason: '再次退回' }))
    expect(await registered(desk.memberId)).toMatchObject({ kind: 'ACTIVIST' })
    // The same words as when the person was a candidate, told again late.
    await look(
      'members',
      `insert into outbox_event (county_id, org_id, type, subject, key, data)
       select county_id, org_id, 'members.member.changed.v1', id, county_id || '/' || id,
         app.member_state(m) || jsonb_build_object('kind', 'CANDIDATE', 'candidateSince', '2023-03-01', 'version', $2::bigint)
       from member m where id = $1`,
      [uuidOf(desk.memberId), old.version],
    )
    expect(await heardAgain(desk)).toEqual({ step: 'CANDIDATE_FILING' })
  })
})

/** Where the case stands once members has heard what its register told of the person: they move, and that is told last. */
async function heardAgain(desk: CaseDesk): Promise<{ step: string }> {
  await transfer(desk.memberId, branch.tree.a2.id)
  await movedTo(desk, branch.tree.a2.id)
  return desk.read('step', branch.sibling)
}

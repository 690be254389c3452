import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { refusalsOf } from '@linghang/harness/desk'
import { rows } from '@linghang/harness/people'
import { addDays } from '@linghang/rulebook'
import { type Branch, type CaseDesk, newBranch, ofOrganisation, openDesk, personAt } from './case-desk.ts'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())

describe('S2-11 the public notice of a candidate under the rules of 2026', () => {
  let branch: Branch
  let desk: CaseDesk
  let other: CaseDesk
  let ordinary: Actor
  let person: Actor
  let stranger: Actor
  let meetingId: string

  beforeAll(async () => {
    branch = await newBranch(
      [
        rows.activist('公示人', '2025-06-01'),
        rows.activist('另一人', '2025-06-01'),
        rows.applicant('邻支部人', '2026-10-08'),
      ].map(row => (row.姓名 === '邻支部人' ? { ...row, at: 'a2' as const } : row)),
    )
    const { county, tree, ids, voters } = branch
    const of = (name: string) => ids.get(name) as string
    desk = await openDesk(branch, of('公示人'))
    other = await openDesk(branch, of('另一人'))
    ordinary = await personAt(county, tree.a1.id, voters[6] as string)
    person = await personAt(county, tree.a1.id, of('公示人'))
    stranger = await personAt(county, tree.a2.id, of('邻支部人'))
  })

  const observed = async (kase: CaseDesk) => {
    await kase.file('OBSERVATION', 'OBSERVATION_BOOK', '2026-05-30')
    await kase.finish('OBSERVATION', { on: '2026-06-05' })
    await kase.file('CANDIDATE_DECISION', 'OPINIONS_RECORD', '2026-09-18')
    return kase.meet('BRANCH_COMMITTEE', 'CANDIDATE', '2026-09-20')
  }
  const noticesSeenBy = async (actor: Actor) =>
    (
      await ofOrganisation(
        branch.county,
        actor,
        branch.tree.a1.id,
        'publicNotices { id name step startsOn endsOn workingDays provisional closedOn }',
      )
    ).publicNotices
  const object = (noticeId: string, actor: Actor) => desk.object(noticeId, '培养考察材料与事实不符', actor)

  test('1.1/6 an activist since 2025-06-01 is observed to 2026-06-01, the day before is too early', async () => {
    await desk.file('OBSERVATION', 'OBSERVATION_BOOK', '2026-05-30')
    expect(refusalsOf(await desk.complete('OBSERVATION', { on: '2026-05-31' }))).toEqual([
      { code: 'TOO_EARLY', article: '第十三条' },
    ])
    const { openStep } = await desk.read('openStep { ruleVersion }')
    expect(openStep).toEqual({ ruleVersion: '2014' })
    await desk.finish('OBSERVATION', { on: '2026-06-01' })
    expect(await desk.read('step openStep { key ruleVersion }')).toEqual({
      step: 'CANDIDATE_DECISION',
      openStep: { key: 'CANDIDATE_DECISION', ruleVersion: '2026' },
    })
    await desk.file('CANDIDATE_DECISION', 'OPINIONS_RECORD', '2026-09-18')
    meetingId = await desk.meet('BRANCH_COMMITTEE', 'CANDIDATE', '2026-09-20')
  })

  test('1.1/7 nobody becomes a candidate without a notice, and the notice follows the meeting', async () => {
    expect(refusalsOf(await desk.complete('CANDIDATE_DECISION', { on: '2026-10-12', meetingId }))).toEqual([
      { code: 'NOTICE_MISSING', article: '第十三条' },
    ])
    expect(refusalsOf(await desk.mutate('openNotice', { from: '2026-05-31' }))[0]?.code).toBe('DATES_OUT_OF_ORDER')
    expect(refusalsOf(await desk.mutate('openNotice', { from: addDays(today, 1) }))[0]?.code).toBe('DATE_IN_FUTURE')
    await desk.done(desk.mutate('openNotice', { from: '2026-09-14' }))
    await desk.done(desk.mutate('closeNotice', { on: '2026-09-19' }))
    expect(refusalsOf(await desk.complete('CANDIDATE_DECISION', { on: '2026-09-20', meetingId }))).toEqual([
      { code: 'DATES_OUT_OF_ORDER', article: '第十三条' },
    ])
  })

  test('1.1/7 five working days over National Day end on a Saturday that is worked; cut short it is refused', async () => {
    await desk.done(desk.mutate('openNotice', { from: '2026-09-29' }))
    expect((await desk.read('notice { startsOn endsOn workingDays provisional closedOn }')).notice).toEqual({
      startsOn: '2026-09-29',
      endsOn: '2026-10-10',
      workingDays: 5,
      provisional: false,
      closedOn: null,
    })
    for (const on of ['2026-10-09', '2026-10-10'])
      expect(refusalsOf(await desk.mutate('closeNotice', { on }))).toEqual([
        { code: 'NOTICE_CUT_SHORT', article: '第十三条' },
      ])
    expect(refusalsOf(await desk.complete('CANDIDATE_DECISION', { on: '2026-10-12', meetingId }))).toEqual([
      { code: 'NOTICE_CUT_SHORT', article: '第十三条' },
    ])
    expect(refusalsOf(await desk.mutate('openNotice', { from: '2026-09-30' }))[0]?.code).toBe('NOTICE_OPEN_ALREADY')
  })

  test('S2-11 the notice hangs for the people of the branch and those above, not for the sibling branch', async () => {
    const hanging = {
      ...{ name: '公示人', step: 'CANDIDATE_DECISION', startsOn: '2026-09-29', endsOn: '2026-10-10' },
      ...{ workingDays: 5, provisional: false, closedOn: null },
    }
    for (const actor of [ordinary, branch.secretary, branch.committee, branch.county.admin])
      expect((await noticesSeenBy(actor))[0]).toMatchObject(hanging)
    expect(await noticesSeenBy(stranger)).toEqual([])
    expect(await noticesSeenBy(branch.sibling)).toEqual([])
  })

  test('S2-11 an open objection keeps the notice open, one that is decided lets it close', async () => {
    const [{ id: noticeId }] = await noticesSeenBy(ordinary)
    for (const actor of [stranger, branch.sibling])
      expect(refusalsOf(await object(noticeId, actor))).toEqual([{ code: 'NOT_FOUND', article: null }])
    expect(refusalsOf(await object(noticeId, person))).toEqual([{ code: 'OWN_CASE', article: null }])
    const { objectionId } = dataOf(await object(noticeId, ordinary)).raiseObjection
    const blocked = [{ code: 'OBJECTION_OPEN', article: '第十三条' }]
    expect(refusalsOf(await desk.mutate('closeNotice', { on: '2026-10-11' }))).toEqual(blocked)
    expect(refusalsOf(await desk.complete('CANDIDATE_DECISION', { on: '2026-10-12', meetingId }))).toEqual(blocked)
    const fields = 'objections { id content answer upheld } history { type }'
    const told = await desk.read(fields)
    expect(told.objections).toEqual([
      { id: objectionId, content: '培养考察材料与事实不符', answer: null, upheld: null },
    ])
    const own = await desk.read(fields, person)
    expect(own.objections).toEqual([])
    expect(JSON.stringify(own)).not.toContain('OBJECTION')
    const decision = { objectionId, answer: '已核实，不成立', upheld: false }
    expect(refusalsOf(await desk.mutate('decideObjection', decision, ordinary))).toEqual([
      { code: 'NOT_FOUND', article: null },
    ])
    await desk.done(desk.mutate('decideObjection', decision))
    expect(refusalsOf(await desk.mutate('decideObjection', decision))[0]?.code).toBe('OBJECTION_DECIDED_ALREADY')
    await desk.done(desk.mutate('closeNotice', { on: '2026-10-11' }))
    // It came down more than a month ago.
    expect(await noticesSeenBy(ordinary)).toEqual([])
    await desk.finish('CANDIDATE_DECISION', { on: '2026-10-12', meetingId })
    expect((await desk.read('step steps { key state ruleVersion }')).steps[6]).toEqual({
      key: 'CANDIDATE_DECISION',
      state: 'DONE',
      ruleVersion: '2026',
    })
  })

  test('S2-11 an objection that is upheld closes the step until another notice', async () => {
    const meeting = await observed(other)
    await other.done(other.mutate('openNotice', { from: '2026-09-29' }))
    const [{ id: noticeId }] = (await noticesSeenBy(ordinary)).filter(({ name }: { name: string }) => name === '另一人')
    const { objectionId } = dataOf(await object(noticeId, ordinary)).raiseObjection
    await other.done(other.mutate('decideObjection', { objectionId, answer: '情况属实', upheld: true }))
    await other.done(other.mutate('closeNotice', { on: '2026-10-11' }))
    expect(refusalsOf(await other.complete('CANDIDATE_DECISION', { on: '2026-10-12', meetingId: meeting }))).toEqual([
      { code: 'OBJECTION_UPHELD', article: '第十三条' },
    ])
    await other.done(other.mutate('openNotice', { from: '2026-10-12' }))
    await other.done(other.mutate('cancelNotice', { reason: '公示内容有误' }))
    expect(refusalsOf(await other.mutate('closeNotice', { on: '2026-10-19' }))[0]?.code).toBe('NO_OPEN_NOTICE')
    await other.done(other.mutate('openNotice', { from: addDays(today, -20) }))
    await other.done(other.mutate('closeNotice', { on: addDays(today, -1) }))
    expect((await noticesSeenBy(ordinary))[0]).toMatchObject({ name: '另一人', closedOn: addDays(today, -1) })
    await other.finish('CANDIDATE_DECISION', { on: today, meetingId: meeting })
  })

  test('S0-14 a step that was handed in waits for the superior and for nobody else', async () => {
    await desk.ask('2026-10-15')
    const { developmentCases } = dataOf(
      await branch.county.world.ask.members(
        branch.committee,
        '{ developmentCases(filter: { waitingOn: [APPROVAL] }) { totalCount nodes { id step waitingOn } } }',
      ),
    )
    expect(developmentCases).toEqual({
      totalCount: 1,
      nodes: [{ id: desk.caseId, step: 'CANDIDATE_FILING', waitingOn: 'APPROVAL' }],
    })
    expect(refusalsOf(await desk.mutate('requestApproval', { on: '2026-10-15' }))[0]?.code).toBe(
      'APPROVAL_OPEN_ALREADY',
    )
  })

  test('S2-11 the development plan of a branch is open to its own people and to those above', async () => {
    const planSeenBy = async (actor: Actor) =>
      (await ofOrganisation(branch.county, actor, branch.tree.a1.id, 'developmentPlan { name stage since notBefore }'))
        .developmentPlan
    const plan = [
      { name: '公示人', stage: 'CANDIDATE', since: null, notBefore: null },
      { name: '另一人', stage: 'CANDIDATE', since: null, notBefore: null },
    ]
    for (const actor of [ordinary, person, branch.committee]) {
      const seen = await planSeenBy(actor)
      expect(seen).toHaveLength(2)
      expect(seen).toEqual(expect.arrayContaining(plan))
    }
    expect([await planSeenBy(stranger), await planSeenBy(branch.sibling)]).toEqual([[], []])
  })
})

describe('S0-14 who sees what of a case', () => {
  let branch: Branch
  let desk: CaseDesk
  beforeAll(async () => {
    branch = await newBranch([rows.candidate('对象', '2023-03-01')])
    desk = await openDesk(branch, branch.ids.get('对象') as string)
    const memberIds = branch.voters.slice(0, 2)
    await desk.done(desk.mutate('assignPeople', { as: 'INTRODUCER', memberIds, on: '2023-03-02' }))
    await desk.finish('INTRODUCERS', { on: '2023-03-02' })
    await desk.file('POLITICAL_REVIEW', 'POLITICAL_REVIEW_CONCLUSION', '2023-03-10')
    await desk.finish('POLITICAL_REVIEW', { on: '2023-03-10', conclusion: 'PASSED' })
    await desk.file('TRAINING', 'TRAINING_CERTIFICATE', '2023-03-20', branch.committee)
  })
  const question =
    'step history { type step note } materials { template } objections { id } dates { rule } introducers { id }'

  test('S0-14 introducers see their case without the political review, its keepers see all of it', async () => {
    const { county, tree, voters } = branch
    const introducer = await personAt(county, tree.a1.id, voters[0] as string)
    const seen = await desk.read(question, introducer)
    expect(seen.step).toBe('TRAINING')
    // The other introducer's file is not theirs to see: the place stands, and is empty.
    expect(seen.introducers.map((one: { id: string } | null) => one?.id ?? null)).toEqual([voters[0], null])
    expect(seen.history.map(({ type }: { type: string }) => type)).toEqual([
      'ADOPTED',
      'PEOPLE_ASSIGNED',
      'STEP_DONE',
      'MATERIAL_FILED',
    ])
    expect(seen.materials).toEqual([{ template: 'TRAINING_CERTIFICATE' }])
    expect(JSON.stringify(seen)).not.toContain('POLITICAL_REVIEW')
    const kept = await desk.read(question)
    expect(kept.history.map(({ step }: { step: string }) => step)).toContain('POLITICAL_REVIEW')
    expect(kept.materials).toHaveLength(2)
    expect(kept.dates.map(({ rule }: { rule: string }) => rule)).toContain('POLITICAL_REVIEW_EXPIRES')
  })

  test('S0-14 a list of cases tells of each what whoever asks may see of it alone', async () => {
    const inList = async (actor: Actor) => {
      const fields = `developmentCases(filter: { steps: [TRAINING] }) { nodes { ${question} } }`
      return (await ofOrganisation(branch.county, actor, branch.tree.a1.id, fields)).developmentCases.nodes[0]
    }
    expect(await inList(branch.secretary)).toEqual(await desk.read(question))
    expect(await inList(branch.committee)).toEqual(await desk.read(question, branch.committee))
  })

  test('S0-14 the person sees as little of it as the introducers', async () => {
    const person = await personAt(branch.county, branch.tree.a1.id, desk.memberId)
    const seen = await desk.read(question, person)
    expect(seen.step).toBe('TRAINING')
    expect(JSON.stringify(seen)).not.toContain('POLITICAL_REVIEW')
  })

  test('S0-14 whoever is neither does not know that the case exists, nor do they write to it', async () => {
    const { county, tree, voters, sibling, committee } = branch
    const colleague = await personAt(county, tree.a1.id, voters[5] as string)
    const secretaryOfB1 = await personAt(county, tree.b1.id, voters[4] as string)
    for (const actor of [colleague, sibling, secretaryOfB1]) {
      expect(await desk.read(question, actor)).toBeNull()
      expect(refusalsOf(await desk.mutate('reopenStep', { step: 'INTRODUCERS', reason: '重来' }, actor))).toEqual([
        { code: 'NOT_FOUND', article: null },
      ])
    }
    const introducer = await personAt(county, tree.a1.id, voters[1] as string)
    expect(refusalsOf(await desk.complete('TRAINING', { on: '2023-03-20' }, introducer))[0]?.code).toBe(
      'NOT_THE_OFFICE',
    )
    expect(await desk.read('step', committee)).toEqual({ step: 'TRAINING' })
  })
})

import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import type { ApprovalRequestState } from '@linghang/events'
import { type Answer, codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { RecordApprovalPowerInput } from '@linghang/harness/generated/org'
import type { ApprovalDecisionInput, ApprovalOutcome, DecideApprovalInput } from '@linghang/harness/generated/workflows'
import { until } from '@linghang/harness/until'
import type { World } from '@linghang/harness/world'
import { addDays } from '@linghang/rulebook'
import { committeeMet, requestOf, tellAsMembers, today } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
const actors = {} as Record<'root' | 'a' | 'a1' | 'a2' | 'b' | 'leaderOfA' | 'relative', Actor>

beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
  for (const place of ['root', 'a', 'a1', 'a2', 'b'] as const)
    actors[place] = await seedActor(county, 'SECRETARY', places[place].id)
  actors.leaderOfA = await seedActor(county, 'LEADER', places.a.id)
  actors.relative = { ...actors.a, memberId: randomUUID() }
})

const ask: World['ask']['workflows'] = (actor, document, ...variables) =>
  county.world.ask.workflows(actor, document, ...variables)

const fields = `id kind state round dueOn decidedOn article reasonsWantedFor office { role organisation { id } organisationName }
  subject { ... on DevelopmentCase { id } } organisation { id }
  history { what on round delegated reason account { id } }`
const approvalOf = async (actor: Actor, id: string) =>
  dataOf(await ask(actor, `query ($id: ID!) { approval(id: $id) { ${fields} } }`, { id: `Approval:${id}` })).approval

const inbox = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me {
  inbox(first: 100) { nodes { rule rung weeksOverdue dueOn subject { ... on Approval { id state } } } } } } }`
const inboxOf = async (actor: Actor) =>
  entityOf(await ask(actor, inbox, { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] })).inbox.nodes

const request = async (more: Partial<ApprovalRequestState> = {}, decider: 'a' | 'b' | 'a1' = 'a') => {
  const asked = requestOf({ by: places.a1.id, decider: places[decider].id, ...more })
  await tellAsMembers(county, 'members.approval.requested.v1', asked.id, asked)
  await until(
    async () => (await approvalOf(actors.a1, asked.id))?.round === asked.round,
    30_000,
    'the request is heard',
  )
  return asked
}

const decide = (actor: Actor, id: string, input: Partial<DecideApprovalInput> = {}) =>
  ask(actor, `mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { ${fields} } } }`, {
    input: { id: `Approval:${id}`, outcome: 'APPROVED', ...input },
  })

const dueAtA1 = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
  deadlines(first: 100) { nodes { state subject { ... on Approval { id } } } } } } }`
const paramsOf = (answer: Answer<unknown>) => answer.errors[0]?.extensions?.params
const decisions = (id: string) =>
  look(
    'workflows',
    `select what, round, account_id from approval_event where approval_id = $1 and what <> 'REQUESTED'`,
    [id],
  )
/** Untouched: still open, nothing in its history, no event on its way. */
const isUntouched = async (id: string) => {
  expect((await approvalOf(actors.a1, id)).state).toBe('OPEN')
  expect(await decisions(id)).toEqual([])
}

describe('S0-14 a superior decides', () => {
  test('S0-14 a request is shown to both sides with its whole case, and its office is reminded at once', async () => {
    const asked = await request()
    const shown = await approvalOf(actors.a, asked.id)
    expect(shown).toMatchObject({
      ...{ kind: 'CANDIDATE_FILING', state: 'OPEN', round: 1, dueOn: addDays(today, 30), decidedOn: null },
      ...{ article: '第十四条', reasonsWantedFor: ['REFUSED', 'RETURNED'] },
      office: { role: 'SECRETARY', organisation: { id: places.a.id } },
      subject: { id: `DevelopmentCase:${asked.subjectId}` },
      organisation: { id: places.a1.id },
    })
    expect(shown.history).toEqual([
      { what: 'REQUESTED', on: today, round: 1, delegated: false, reason: null, account: null },
    ])
    expect(await inboxOf(actors.a)).toContainEqual({
      ...{ rule: 'APPROVAL_DUE', rung: 'REQUESTED', weeksOverdue: 0, dueOn: addDays(today, 30) },
      subject: { id: `Approval:${asked.id}`, state: 'OPEN' },
    })
    expect(JSON.stringify(await inboxOf(actors.root))).not.toContain(asked.id)
  })

  test('S0-38 an answer is reminded of by the ladder that its county has set, else by the platform’s', async () => {
    const dueOn = addDays(today, 20)
    for (const [more, state] of [
      [{}, 'MONTH_AHEAD'],
      [{ ladder: ['OVERDUE', 'WEEK_AHEAD'] }, 'UPCOMING'],
    ] as const) {
      const { id } = await request({ dueOn, ...more, ladder: more.ladder && [...more.ladder] })
      const [told] = await look('workflows', 'select ladders from watch where id = $1', [id])
      const { nodes } = entityOf(
        await ask(actors.root, dueAtA1, { refs: [{ __typename: 'Organisation', id: places.a1.id }] }),
      ).deadlines
      expect(nodes.find(({ subject }) => 'id' in subject && subject.id === `Approval:${id}`)?.state).toBe(state)
      expect(told.ladders.APPROVAL_DUE).toEqual(
        more.ladder ? ['WEEK_AHEAD', 'OVERDUE'] : ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
      )
    }
  })

  test('S0-14 an approval is decided with its history, its audit and its event, and what was due is closed', async () => {
    const asked = await request({ requestedOn: addDays(today, -3) })
    const decided = dataOf(await decide(actors.a, asked.id, { decidedOn: addDays(today, -1), reason: '材料齐全' }))
    expect(decided.decideApproval.approval).toMatchObject({ state: 'APPROVED', decidedOn: addDays(today, -1) })
    expect(decided.decideApproval.approval.history[1]).toEqual({
      ...{ what: 'APPROVED', on: addDays(today, -1), round: 1, delegated: false, reason: '材料齐全' },
      account: { id: `Account:${actors.a.accountId}` },
    })
    const [audit] = await look(
      'workflows',
      `select action, account_id, org_id from audit_entry where subject_id = $1`,
      [asked.id],
    )
    expect(audit).toEqual({
      action: 'approval.approved',
      account_id: actors.a.accountId,
      org_id: uuidOf(places.a.id),
    })
    await until(
      async () => {
        const [watch] = await look('workflows', 'select state, deadlines from watch where id = $1', [asked.id])
        const [due] = await look('workflows', 'select closed_at from deadline where subject_id = $1', [asked.id])
        return watch.state === 'ENDED' && watch.deadlines.length === 0 && due.closed_at !== null
      },
      30_000,
      'the decision is told and heard',
    )
  })

  test('S0-14 a request that was returned is handed in again as a new round, whose decision counts', async () => {
    const asked = await request()
    expect(codesOf(await decide(actors.a, asked.id, { outcome: 'RETURNED', reason: '缺少征求意见记录' }))).toEqual([])
    expect(codesOf(await decide(actors.a, asked.id))).toEqual(['APPROVAL_NOT_OPEN'])
    await request({ ...asked, round: 2, version: 2 })
    expect((await approvalOf(actors.a, asked.id)).state).toBe('OPEN')
    // An old round that is told once more changes nothing.
    await tellAsMembers(county, 'members.approval.requested.v1', asked.id, asked)
    expect(codesOf(await decide(actors.a, asked.id))).toEqual([])
    expect((await approvalOf(actors.a1, asked.id)).history.map((event: { what: string }) => event.what)).toEqual([
      'REQUESTED',
      'RETURNED',
      'REQUESTED',
      'APPROVED',
    ])
    const reminders = await look(
      'workflows',
      `select round from reminder where subject_id = $1 and rung = 'REQUESTED' order by round`,
      [asked.id],
    )
    expect(reminders).toEqual([{ round: 1 }, { round: 2 }])
  })

  test('S0-14 the branch hears at once that its request was sent back, and reads by name which office decides', async () => {
    const asked = await request()
    const { office } = await approvalOf(actors.a1, asked.id)
    expect(office).toEqual({ role: 'SECRETARY', organisation: null, organisationName: '甲街道党工委' })
    dataOf(await decide(actors.a, asked.id, { outcome: 'RETURNED', reason: '缺少征求意见记录' }))
    const returned = {
      ...{ rule: 'APPROVAL_DUE', rung: 'RETURNED', weeksOverdue: 0, dueOn: today },
      subject: { id: `Approval:${asked.id}`, state: 'RETURNED' },
    }
    await until(
      async () =>
        (await inboxOf(actors.a1)).some(
          ({ subject }) => subject && 'id' in subject && subject.id === returned.subject.id,
        ),
      30_000,
      'the branch is told',
    )
    expect(await inboxOf(actors.a1)).toContainEqual(returned)
    expect(await inboxOf(actors.a2)).not.toContainEqual(returned)
  })

  test('S0-14 what was taken back cannot be decided, and what was decided cannot be taken back', async () => {
    const open = await request()
    const decided = await request()
    dataOf(await decide(actors.a, decided.id))
    for (const asked of [open, decided])
      await tellAsMembers(county, 'members.approval.withdrawn.v1', asked.id, { ...asked, version: 2 })
    await until(async () => (await approvalOf(actors.a, open.id)).state === 'WITHDRAWN', 30_000, 'it is taken back')
    const refused = await decide(actors.a, open.id)
    expect(codesOf(refused)).toEqual(['APPROVAL_NOT_OPEN'])
    expect(paramsOf(refused)).toMatchObject({ found: 'WITHDRAWN', article: '第十四条' })
    expect((await approvalOf(actors.a, decided.id)).state).toBe('APPROVED')
  })

  test('S0-14 of two decisions at one moment one is taken and the other refused, whatever they say', async () => {
    const asked = await request()
    const answers = await Promise.all([
      decide(actors.a, asked.id),
      decide(actors.a, asked.id, { outcome: 'REFUSED', reason: '不符合条件' }),
      decide(actors.a, asked.id, { outcome: 'RETURNED', reason: '补材料' }),
    ])
    expect(answers.flatMap(codesOf).sort()).toEqual(['APPROVAL_NOT_OPEN', 'APPROVAL_NOT_OPEN'])
    expect(await decisions(asked.id)).toHaveLength(1)
  })

  test('S0-14 the same key gives the first result and decides once', async () => {
    const asked = await request()
    const idempotencyKey = randomUUID()
    for (const _ of [1, 2]) expect(codesOf(await decide(actors.a, asked.id, { idempotencyKey }))).toEqual([])
    expect(codesOf(await decide(actors.a, asked.id, { idempotencyKey, reason: '另' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ])
    expect(await decisions(asked.id)).toHaveLength(1)
  })
})

describe('S0-14 who may decide', () => {
  test.each<[string, () => Actor]>([
    ['the branch that asks', () => actors.a1],
    ['the superior in its stead', () => actors.root],
    ['another office of the same organisation', () => actors.leaderOfA],
    ['the administrator of the county', () => county.admin],
  ])('S0-14 %s sees the request and may not decide it', async (_, actor) => {
    const asked = await request()
    const refused = await decide(actor(), asked.id)
    expect(codesOf(refused)).toEqual(['NOT_THE_DECIDING_OFFICE'])
    expect(paramsOf(refused)).toMatchObject({ wanted: 'SECRETARY', article: '第十四条' })
    await isUntouched(asked.id)
  })

  test('S0-14 nobody decides what they have asked for themselves, though they hold the office', async () => {
    const own = await request({ requestedBy: actors.a.accountId })
    expect(codesOf(await decide(actors.a, own.id))).toEqual(['OWN_REQUEST'])
    await isUntouched(own.id)
  })

  test('S0-14 nobody decides on themselves or a declared relative, and somebody else of that office may', async () => {
    const asked = await request({ recusedMemberIds: [randomUUID(), actors.relative.memberId as string] })
    expect(codesOf(await decide(actors.relative, asked.id))).toEqual(['RELATIVE_RECUSED'])
    await isUntouched(asked.id)
    expect(codesOf(await decide(actors.a, asked.id))).toEqual([])
  })

  test('S0-14 a branch cannot approve, even where it was named as the one that decides', async () => {
    const asked = await request({}, 'a1')
    const refused = await decide(actors.a1, asked.id)
    expect(codesOf(refused)).toEqual(['DECIDER_CANNOT_DECIDE'])
    expect(paramsOf(refused)).toMatchObject({ found: 'BRANCH' })
  })

  test('1.1/17 细则 art. 23: the power to approve is a fact of the organisation, recorded by its superior with the consent', async () => {
    const record = (actor: Actor, input: RecordApprovalPowerInput) =>
      county.world.ask.org(
        actor,
        `mutation ($input: RecordApprovalPowerInput!) { recordApprovalPower(input: $input) { organisation { approvalPower { approves basis } } } }`,
        { input },
      )
    const basis = '市直机关工委〔2026〕3 号'
    expect(codesOf(await record(actors.b, { id: places.b.id, approves: true, basis }))).toEqual(['FORBIDDEN'])
    expect(codesOf(await record(actors.root, { id: places.b.id, approves: false, basis: ' ' }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await record(actors.root, { id: places.b1.id, approves: true, basis }))).toEqual([
      'POWER_NOT_FOR_KIND',
    ])
    const asked = await request({}, 'b')
    dataOf(await record(actors.root, { id: places.b.id, approves: false, basis }))
    const approves = async () =>
      (await look('workflows', 'select approves from org_node where id = $1', [uuidOf(places.b.id)]))[0].approves
    await until(async () => (await approves()) === false, 30_000, 'workflows has heard of it')
    const refused = await decide(actors.b, asked.id)
    expect(codesOf(refused)).toEqual(['DECIDER_CANNOT_DECIDE'])
    expect(paramsOf(refused)).toMatchObject({ found: 'COMMITTEE' })
    const { organisation } = dataOf(await record(actors.root, { id: places.b.id })).recordApprovalPower
    expect(organisation.approvalPower).toBeNull()
    await until(async () => (await approves()) === null, 30_000, 'workflows has heard that it is by the rule again')
    expect(codesOf(await decide(actors.b, asked.id))).toEqual([])
  })

  test('S3-2 nobody else learns that a request exists', async () => {
    const asked = await request()
    const member: Actor = { ...actors.a1, grants: [], memberId: randomUUID(), memberOrgId: uuidOf(places.a1.id) }
    for (const stranger of [actors.a2, actors.b, member]) {
      expect(await approvalOf(stranger, asked.id)).toBeNull()
      expect(codesOf(await decide(stranger, asked.id))).toEqual(['NOT_FOUND'])
      const listed = await ask(stranger, '{ approvals(first: 100) { nodes { id } totalCount counts { count } } }', {})
      expect(JSON.stringify(listed)).not.toContain(asked.id)
    }
    await isUntouched(asked.id)
  })
})

describe('S0-14 what a decision wants', () => {
  test.each<[string, number, object, string[]]>([
    ['the day of the request', -10, { decidedOn: addDays(today, -10) }, []],
    ['the day before the request', -10, { decidedOn: addDays(today, -11) }, ['DECISION_DATE_REFUSED']],
    ['today', -10, { decidedOn: today }, []],
    ['tomorrow', -10, { decidedOn: addDays(today, 1) }, ['DECISION_DATE_REFUSED']],
    ['to refuse without a reason', 0, { outcome: 'REFUSED' }, ['REASON_MISSING']],
    ['to refuse with blanks for a reason', 0, { outcome: 'REFUSED', reason: '  ' }, ['REASON_MISSING']],
    ['to refuse with a reason', 0, { outcome: 'REFUSED', reason: '理由' }, []],
    ['to return without a reason', 0, { outcome: 'RETURNED' }, ['REASON_MISSING']],
    ['a reason of 1,000 characters', 0, { reason: '理'.repeat(1_000) }, []],
    ['a reason of 1,001 characters', 0, { reason: '理'.repeat(1_001) }, ['BAD_INPUT']],
  ])('S0-14 %s', async (_, requestedDaysAgo, input, codes) => {
    const asked = await request({ requestedOn: addDays(today, requestedDaysAgo) })
    expect(codesOf(await decide(actors.a, asked.id, input))).toEqual(codes)
    if (codes.length > 0) await isUntouched(asked.id)
  })

  test.each<[string, number, number, object, string[]]>([
    ['on the due day', 0, 90, {}, []],
    ['behind the due day without the special reason', -1, 90, {}, ['REASON_MISSING']],
    ['behind the due day with it', -1, 90, { reason: '特殊情况' }, []],
    ['on the last day', -90, 0, { reason: '特殊情况' }, []],
    ['behind the last day', -91, -1, { reason: '特殊情况' }, ['HARD_LIMIT_PASSED']],
    ['behind the last day: it may still be refused', -91, -1, { reason: '已超期', outcome: 'REFUSED' }, []],
  ])('1.1/17 an admission is approved %s', async (_, dueInDays, limitInDays, input, codes) => {
    const asked = await request({
      kind: 'ADMISSION',
      requestedOn: addDays(today, -180),
      dueOn: addDays(today, dueInDays),
      hardLimitOn: addDays(today, limitInDays),
    })
    const held = { by: places.a.id, on: today, matter: 'ADMISSION', about: asked.memberId as string }
    const refused = 'outcome' in input
    const meetingId = await committeeMet(county, { ...held, inFavour: refused ? 0 : 5 })
    expect(codesOf(await decide(actors.a, asked.id, { ...input, meetingId }))).toEqual(codes)
  })
})

describe('1.1/17 the committee votes on an admission in its meeting', () => {
  test('1.1/17 细则 art. 25: no click of one officer admits; the decision names the meeting that voted on the person', async () => {
    const asked = await request({ kind: 'ADMISSION' })
    const alone = await decide(actors.a, asked.id)
    expect(codesOf(alone)).toEqual(['COMMITTEE_MEETING_WANTED'])
    expect(paramsOf(alone)).toMatchObject({ article: '第二十五条' })
    const held = { on: today, matter: 'ADMISSION', about: asked.memberId as string }
    const elsewhere = await committeeMet(county, { ...held, by: places.b.id })
    expect(codesOf(await decide(actors.a, asked.id, { meetingId: elsewhere }))).toEqual(['COMMITTEE_MEETING_UNKNOWN'])
    const lost = await committeeMet(county, { ...held, by: places.a.id, inFavour: 3 })
    expect(codesOf(await decide(actors.a, asked.id, { meetingId: lost }))).toEqual(['COMMITTEE_VOTE_DIFFERS'])
    await isUntouched(asked.id)
    const meetingId = await committeeMet(county, { ...held, by: places.a.id, inFavour: 4 })
    dataOf(await decide(actors.a, asked.id, { meetingId }))
    const shown = dataOf(
      await ask(actors.a, 'query ($id: ID!) { approval(id: $id) { meetingWanted history { meeting { id } } } }', {
        id: `Approval:${asked.id}`,
      }),
    ).approval
    expect(shown).toEqual({ meetingWanted: true, history: [{ meeting: null }, { meeting: { id: meetingId } }] })
  })
})

const decideMany = (actor: Actor, items: ApprovalDecisionInput[], idempotencyKey?: string) =>
  ask(
    actor,
    `mutation ($input: DecideApprovalsInput!) { decideApprovals(input: $input) {
      results { id approval { state } refusal { code message params { name value } } } } }`,
    { input: { decisions: items, idempotencyKey } },
  )

describe('1.1/13 a county has its committees meet for the pre-review', () => {
  test.each([[true], [false]])('1.1/13 where it says so (%s), apps are told, and it is decided so', async inMeeting => {
    const asked = await request({ kind: 'PRE_REVIEW', inMeeting })
    const id = `Approval:${asked.id}`
    const { approval } = dataOf(await ask(actors.a, 'query ($id: ID!) { approval(id: $id) { meetingWanted } }', { id }))
    expect(approval.meetingWanted).toBe(inMeeting)
    const many = dataOf(await decideMany(actors.a, [{ id, outcome: 'APPROVED' }])).decideApprovals.results
    if (!inMeeting) return expect(many[0]?.refusal).toBeNull()
    expect(many[0]?.refusal?.code).toBe('DECIDED_ONE_BY_ONE')
    expect(many[0]?.refusal?.params).toContainEqual({ name: 'article', value: '第十九条' })
    expect(codesOf(await decide(actors.a, asked.id))).toEqual(['COMMITTEE_MEETING_WANTED'])
    await isUntouched(asked.id)
    const about = asked.memberId as string
    const meetingId = await committeeMet(county, { by: places.a.id, on: today, matter: 'EXAMINATION', about })
    expect(codesOf(await decide(actors.a, asked.id, { meetingId }))).toEqual([])
  })
})

describe('S0-14 many at once', () => {
  test('S0-14 each is answered by itself: what one is refused for stops none of the others', async () => {
    const [fine, own, closed, noReason] = [
      await request(),
      await request({ requestedBy: actors.a.accountId }),
      await request(),
      await request(),
    ]
    dataOf(await decide(actors.a, closed.id))
    const strange = randomUUID()
    const approved = { outcome: 'APPROVED', reason: '同意' } as const
    const items = [fine, own, closed].map(({ id }) => ({ id: `Approval:${id}`, ...approved }))
    const { results } = dataOf(
      await decideMany(actors.a, [
        ...items,
        { id: `Approval:${noReason.id}`, outcome: 'REFUSED' },
        { id: `Approval:${strange}`, outcome: 'APPROVED' },
      ]),
    ).decideApprovals
    expect(
      results.map(({ approval, refusal }: { approval: { state: string } | null; refusal: { code: string } | null }) => [
        approval?.state ?? null,
        refusal?.code ?? null,
      ]),
    ).toEqual([
      ['APPROVED', null],
      ['OPEN', 'OWN_REQUEST'],
      ['APPROVED', 'APPROVAL_NOT_OPEN'],
      ['OPEN', 'REASON_MISSING'],
      [null, 'NOT_FOUND'],
    ])
    expect(results[1]?.refusal?.message).toContain('本人')
    expect(results[1]?.refusal?.params).toContainEqual({ name: 'article', value: '第十四条' })
    for (const { id } of [own, noReason]) await isUntouched(id)
  })

  test.each([['ADMISSION'], ['CONVERSION']])(
    '1.1/17 %s is decided one by one, never by the dozen; it may be sent back',
    async kind => {
      const asked = await request({ kind })
      const item = { id: `Approval:${asked.id}`, reason: '同意' }
      const bulk = async (outcome: ApprovalOutcome) =>
        dataOf(await decideMany(actors.a, [{ ...item, outcome }])).decideApprovals.results[0]?.refusal?.code ?? null
      expect(await bulk('APPROVED')).toBe('DECIDED_ONE_BY_ONE')
      expect(await bulk('REFUSED')).toBe('DECIDED_ONE_BY_ONE')
      await isUntouched(asked.id)
      expect(await bulk('RETURNED')).toBeNull()
    },
  )

  test('S0-14 a repeated request gives the same results and decides nothing twice', async () => {
    const asked = await request()
    const item = { id: `Approval:${asked.id}`, outcome: 'APPROVED' } as const
    const key = randomUUID()
    const [first, second] = [await decideMany(actors.a, [item], key), await decideMany(actors.a, [item], key)]
    expect(dataOf(second)).toEqual(dataOf(first))
    expect(await decisions(asked.id)).toHaveLength(1)
  })

  test('S0-14 a hundred are taken, more and one twice are refused whole', async () => {
    const strange = () => ({ id: `Approval:${randomUUID()}`, outcome: 'APPROVED' as const })
    const hundred = Array.from({ length: 100 }, strange)
    expect(dataOf(await decideMany(actors.a, hundred)).decideApprovals.results).toHaveLength(100)
    expect(codesOf(await decideMany(actors.a, [...hundred, strange()]))).toEqual(['BAD_INPUT'])
    const twice = strange()
    expect(codesOf(await decideMany(actors.a, [twice, twice]))).toEqual(['BAD_INPUT'])
  })
})

describe('S0-14 the list of approvals', () => {
  test('S0-14 is filtered and counted by kind and state, and its pages hold each once', async () => {
    const mine = await createCounty()
    const at = await seedTwoCommittees(mine)
    const secretary = await seedActor(mine, 'SECRETARY', at.a.id)
    const branch = await seedActor(mine, 'SECRETARY', at.a1.id)
    const ids: string[] = []
    for (const [by, decider, kind, daysAgo, requestedBy] of [
      [at.a1, at.a, 'CANDIDATE_FILING', 40, null],
      [at.a2, at.a, 'CANDIDATE_FILING', 2, null],
      [at.a1, at.a, 'PRE_REVIEW', 1, secretary.accountId],
      [at.b1, at.b, 'PRE_REVIEW', 1, null],
    ] as const) {
      const asked = requestOf({
        ...{ by: by.id, decider: decider.id, kind, requestedBy, requestedOn: addDays(today, -daysAgo) },
      })
      ids.push(`Approval:${asked.id}`)
      await tellAsMembers(mine, 'members.approval.requested.v1', asked.id, asked)
    }
    const list = async (actor: Actor, filter: object | null, page: object = {}) =>
      dataOf(
        await mine.world.ask.workflows(
          actor,
          `query ($filter: ApprovalFilter, $first: Int, $after: String) { approvals(filter: $filter, first: $first, after: $after) {
            totalCount counts { kind state count } nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { filter, ...page },
        ),
      ).approvals
    await until(async () => (await list(mine.admin, null)).totalCount === 4, 30_000, 'all are heard')
    const idsIn = (page: { nodes: { id: string }[] }) => page.nodes.map(({ id }) => ids.indexOf(id))
    expect(idsIn(await list(secretary, null))).toEqual([0, 1, 2])
    expect(idsIn(await list(secretary, { overdue: true }))).toEqual([0])
    expect(idsIn(await list(secretary, { mine: true }))).toEqual([0, 1])
    expect(idsIn(await list(branch, { mine: true }))).toEqual([])
    expect(idsIn(await list(branch, null))).toEqual([0, 2])
    expect(idsIn(await list(secretary, { kinds: ['PRE_REVIEW'] }))).toEqual([2])
    expect(idsIn(await list(secretary, { states: ['APPROVED'] }))).toEqual([])
    expect(idsIn(await list(mine.admin, { organisationId: at.b.id }))).toEqual([3])
    expect(idsIn(await list(mine.admin, { organisationId: at.root.id, below: false }))).toEqual([])
    expect((await list(secretary, null)).counts).toEqual([
      { kind: 'CANDIDATE_FILING', state: 'OPEN', count: 2 },
      { kind: 'PRE_REVIEW', state: 'OPEN', count: 1 },
    ])
    const first = await list(secretary, null, { first: 2 })
    const rest = await list(secretary, null, { first: 2, after: first.pageInfo.endCursor })
    expect([idsIn(first), first.pageInfo.hasNextPage, idsIn(rest), rest.pageInfo.hasNextPage]).toEqual([
      [0, 1],
      true,
      [2],
      false,
    ])
    const elsewhere = await mine.world.ask.workflows(
      secretary,
      'query ($filter: ApprovalFilter) { approvals(filter: $filter) { totalCount } }',
      { filter: { organisationId: at.b.id } },
    )
    expect(codesOf(elsewhere)).toEqual(['NOT_FOUND'])
    // An empty list finds nothing, null is as good as left out, and an organisation that is none is never everybody.
    for (const none of [{ kinds: [] }, { states: [] }]) {
      const nothing = await list(mine.admin, none)
      expect([nothing.totalCount, nothing.counts, nothing.nodes]).toEqual([0, [], []])
    }
    const nulls = { kinds: null, states: null, organisationId: null, below: null, overdue: null, mine: null }
    expect((await list(mine.admin, nulls)).totalCount).toBe(4)
    for (const organisationId of ['', ' ', 'Organisation:']) {
      const refused = await mine.world.ask.workflows(
        mine.admin,
        'query ($filter: ApprovalFilter) { approvals(filter: $filter) { totalCount } }',
        { filter: { organisationId } },
      )
      expect(codesOf(refused)).toEqual(['BAD_INPUT'])
    }
  })
})

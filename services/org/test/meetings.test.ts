import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import type { RecordPenaltyInput } from '@linghang/harness/generated/members'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember, rows } from '@linghang/harness/people'
import { addDays, addMonths } from '@linghang/rulebook'
import { createDesk, type Desk, listenToMeetings, refusalOf } from './meeting-desk.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const lastWeek = addDays(today, -7)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let listener: Awaited<ReturnType<typeof listenToMeetings>>
let voters: string[]
const consent = { by: '中共某镇委员会', on: lastWeek }
let person: Record<
  'recent' | 'probationer' | 'candidate' | 'other' | 'mover' | 'leaver' | 'fromB' | 'atA2' | 'punished',
  string
>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  listener = await listenToMeetings()
  const { code } = county
  const full = (branch: string, 姓名: string, changes = {}) => fullMember(code, branch, { 姓名, ...changes })
  const ids = await seedMembers(county, [
    ...Array.from({ length: 20 }, (_, i) => full(tree.a1.code, `表决${i}`)),
    full(tree.a2.code, '甲二党员'),
    full(tree.a2.code, '转接党员'),
    full(tree.b1.code, '离开党员'),
    full(tree.b1.code, '乙一派来'),
    full(tree.b1.code, '受处分者'),
    full(tree.b1.code, '新近转正', { 加入党组织日期: addDays(lastWeek, -370), 转为正式党员日期: lastWeek }),
    fullMember(code, tree.a1.code, rows.probationary('预备一', addDays(today, -100))),
    fullMember(code, tree.a1.code, rows.candidate('对象一', '2024-07-01')),
    fullMember(code, tree.a1.code, rows.candidate('对象二', '2024-07-01')),
  ])
  const of = (name: string) => ids.get(name) as string
  voters = Array.from({ length: 20 }, (_, i) => of(`表决${i}`))
  person = {
    recent: of('新近转正'),
    probationer: of('预备一'),
    candidate: of('对象一'),
    other: of('对象二'),
    mover: of('转接党员'),
    leaver: of('离开党员'),
    fromB: of('乙一派来'),
    punished: of('受处分者'),
    atA2: of('甲二党员'),
  }
})

afterAll(() => listener?.stop())

/** The first `present` voters came, the rest did not. */
const attendance = (present: number, due = voters) => ({
  presentIds: due.slice(0, present),
  absentIds: due.slice(present),
})
const vote = (ballots: object, more: object = {}) => ({
  matter: 'ADMISSION',
  memberId: person.candidate,
  text: '接收为中共预备党员',
  decision: 'SECRET_BALLOT',
  ballots: { due: 20, present: 12, inFavour: 0, against: 0, abstained: 0, ...ballots },
  ...more,
})
const assembly = (present: number, resolutions: object[] = [], more: object = {}) => ({
  heldOn: lastWeek,
  place: '社区活动室',
  agenda: '讨论接收预备党员',
  minutes: '逐项讨论',
  ...attendance(present),
  resolutions,
  ...more,
})
const dueOf = async (branch: string, heldOn: string) =>
  (await desk.people((await desk.record(branch, 'BRANCH_ASSEMBLY', { heldOn })).id))
    .filter(({ due }) => due)
    .map(({ memberId }) => memberId)

describe('S0-16 who is due follows from the register of that day', () => {
  test('S0-16 a whole branch: full members are due, a probationary member comes without a vote, a candidate does not', async () => {
    const meeting = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', { heldOn: lastWeek })
    expect(meeting).toMatchObject({ state: 'DRAFT', version: 1, current: { due: 20, present: 0, closedAt: null } })
    const people = await desk.people(meeting.id)
    expect(
      people
        .filter(({ due }) => due)
        .map(({ memberId }) => memberId)
        .sort(),
    ).toEqual([...voters].sort())
    expect(people.filter(({ due }) => !due)).toEqual([
      { memberId: person.probationer, due: false, standing: 'PROBATIONARY', exception: null },
    ])
  })

  test('S0-16 whoever became a full member on the day votes, the day before not yet, and had to have joined', async () => {
    expect(await dueOf(tree.b1.id, lastWeek)).toContain(person.recent)
    expect(await dueOf(tree.b1.id, addDays(lastWeek, -1))).not.toContain(person.recent)
    const before = await desk.record(tree.b1.id, 'BRANCH_ASSEMBLY', { heldOn: addDays(lastWeek, -371) })
    expect((await desk.people(before.id)).map(({ memberId }) => memberId)).not.toContain(person.recent)
  })

  test('S0-16 somebody who moves is due where they belonged on that day: yesterday there, today here', async () => {
    const move = 'mutation ($input: TransferMemberInput!) { transferMember(input: $input) { __typename } }'
    const transfer = { id: person.mover, organisationId: tree.b1.id }
    dataOf(await county.world.ask.members(county.admin, move, { input: transfer }))
    await everyoneKnown(county)
    const yesterday = addDays(today, -1)
    expect([await dueOf(tree.a2.id, yesterday), await dueOf(tree.b1.id, yesterday)]).toEqual([
      expect.arrayContaining([person.mover]),
      expect.not.arrayContaining([person.mover]),
    ])
    expect([await dueOf(tree.a2.id, today), await dueOf(tree.b1.id, today)]).toEqual([
      expect.not.arrayContaining([person.mover]),
      expect.arrayContaining([person.mover]),
    ])
  })

  test('S0-16 whoever has left is due to the day before they left', async () => {
    const leave = 'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { __typename } }'
    const leaving = { memberId: person.leaver, leftOn: lastWeek, reason: '去世' }
    dataOf(await county.world.ask.members(county.admin, leave, { input: leaving }))
    await everyoneKnown(county)
    expect(await dueOf(tree.b1.id, addDays(lastWeek, -1))).toContain(person.leaver)
    expect(await dueOf(tree.b1.id, lastWeek)).not.toContain(person.leaver)
  })

  test('S0-16 a lawful exception takes somebody out of those due; half a year away is wanted to the day', async () => {
    const abroad = (since: string | null) => ({
      heldOn: lastWeek,
      exceptions: [
        { memberId: voters[0], reason: 'ABROAD', since, consent },
        { memberId: voters[1], reason: 'RIGHTS_SUSPENDED', note: '留党察看' },
        { memberId: voters[2], reason: 'LONG_ILL', consent },
      ],
    })
    const sixMonths = addMonths(lastWeek, -6)
    expect((await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', abroad(sixMonths))).current).toMatchObject({ due: 17 })
    for (const since of [addDays(sixMonths, 1), null])
      expect(refusalOf(await desk.tryRecord(tree.a1.id, 'BRANCH_ASSEMBLY', abroad(since)))).toEqual({
        code: 'EXCEPTION_TOO_SHORT',
        found: since,
        wanted: sixMonths,
        article: '不计入应到会人数的情形',
      })
  })

  test('1.5 选举工作条例 art. 5: under probation within the party nobody is due, from its first day to its last', async () => {
    const recordPenalty = (input: Pick<RecordPenaltyInput, 'fromOn' | 'untilOn'>) =>
      county.world.ask.members(
        county.admin,
        'mutation ($input: RecordPenaltyInput!) { recordPenalty(input: $input) { member { penalties { id fromOn untilOn endReason } } } }',
        { input: { memberId: person.punished, basis: '纪委〔2026〕5 号', ...input } },
      )
    const fromOn = addMonths(lastWeek, -12)
    for (const untilOn of [addDays(addMonths(fromOn, 12), -1), addDays(addMonths(fromOn, 24), 1)])
      expect(codesOf(await recordPenalty({ fromOn, untilOn }))).toEqual(['PENALTY_PERIOD_REFUSED'])
    const { penalties } = dataOf(await recordPenalty({ fromOn, untilOn: addMonths(fromOn, 12) })).recordPenalty.member
    expect(penalties).toMatchObject([{ fromOn, untilOn: addMonths(fromOn, 12), endReason: null }])
    expect(codesOf(await recordPenalty({ fromOn, untilOn: addMonths(fromOn, 12) }))).toEqual(['PENALTY_OVERLAPS'])
    await everyoneKnown(county)
    const isDue = async (day: string) => (await dueOf(tree.b1.id, day)).includes(person.punished)
    expect(await isDue(addDays(fromOn, -1))).toBe(true)
    expect(await isDue(fromOn)).toBe(false)
    expect(await isDue(addMonths(fromOn, 12))).toBe(false)
    expect(await isDue(addDays(addMonths(fromOn, 12), 1))).toBe(true)
    // The rights are given back a day early: that day counts again.
    const input = {
      memberId: person.punished,
      penaltyId: penalties[0]?.id as string,
      untilOn: addDays(addMonths(fromOn, 12), -1),
    }
    dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation ($input: EndPenaltyInput!) { endPenalty(input: $input) { member { id } } }',
        { input: { ...input, reason: '恢复党员权利' } },
      ),
    )
    await everyoneKnown(county)
    expect(await isDue(addMonths(fromOn, 12))).toBe(true)
  })

  test('S0-16 who came only after the meeting can be left out where the register begins later, and only there', async () => {
    const late = (heldOn: string) => ({ heldOn, exceptions: [{ memberId: voters[0], reason: 'NOT_YET_HERE' }] })
    const before = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', late(addDays(today, -1)))
    expect(before.current).toMatchObject({ due: 19 })
    expect(codesOf(await desk.tryRecord(tree.a1.id, 'BRANCH_ASSEMBLY', late(today)))).toEqual(['ON_REGISTER_THAT_DAY'])
  })

  test.each([
    {
      what: 'somebody of another branch came',
      content: () => ({ presentIds: [person.atA2] }),
      code: 'NOT_ON_REGISTER',
    },
    { what: 'a candidate came', content: () => ({ presentIds: [person.candidate] }), code: 'NOT_ON_REGISTER' },
    {
      what: 'one person came and was absent',
      content: () => ({ presentIds: [voters[0]], absentIds: [voters[0]] }),
      code: 'PERSON_NAMED_TWICE',
    },
    {
      what: 'somebody lawfully absent came',
      content: () => ({ presentIds: [voters[0]], exceptions: [{ memberId: voters[0], reason: 'LONG_ILL', consent }] }),
      code: 'EXCEPTED_IN_ATTENDANCE',
    },
    { what: 'it is held tomorrow', content: () => ({ heldOn: addDays(today, 1) }), code: 'MEETING_IN_FUTURE' },
    {
      what: 'leave without a reason',
      content: () => ({ leaves: [{ memberId: voters[0], reason: ' ' }] }),
      code: 'BAD_INPUT',
    },
    { what: 'minutes beyond the bound', content: () => ({ minutes: '长'.repeat(50_001) }), code: 'BAD_INPUT' },
  ])('S0-16 refuses a meeting when $what', async ({ content, code }) => {
    expect(codesOf(await desk.tryRecord(tree.a1.id, 'BRANCH_ASSEMBLY', { heldOn: today, ...content() }))).toEqual([
      code,
    ])
  })

  test('S0-16 支部工作条例 art. 24: an officer sent from elsewhere sits in the committee while the office lasts, and in no assembly', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a2.id, { memberId: person.fromB })
    expect(secretary.memberId).toBe(person.fromB.split(':')[1])
    const held = (participantIds: string[], heldOn = today) => ({ heldOn, participantIds })
    const at = (branch: string, content: ReturnType<typeof held>) => desk.tryRecord(branch, 'BRANCH_COMMITTEE', content)
    const meeting = dataOf(await at(tree.a2.id, held([person.atA2, person.fromB]))).done.meeting
    expect(meeting.current).toMatchObject({ due: 2 })
    expect(codesOf(await at(tree.a1.id, held([person.fromB])))).toEqual(['NOT_ON_REGISTER'])
    expect(codesOf(await at(tree.a2.id, held([person.fromB], '1999-01-01')))).toEqual(['NOT_ON_REGISTER'])
    expect(
      codesOf(await desk.tryRecord(tree.a2.id, 'BRANCH_ASSEMBLY', { heldOn: today, presentIds: [person.fromB] })),
    ).toEqual(['NOT_ON_REGISTER'])
  })

  test('S0-16 选举工作条例 art. 4: a committee holds the assembly of all members below it, or the congress of those named', async () => {
    const assembly = await desk.record(tree.b.id, 'MEMBER_ASSEMBLY', { heldOn: lastWeek })
    const below = assembly.current.due as number
    expect(below).toBeGreaterThanOrEqual(3)
    expect(
      codesOf(await desk.tryRecord(tree.b.id, 'MEMBER_ASSEMBLY', { heldOn: lastWeek, participantIds: [person.fromB] })),
    ).toEqual(['BAD_INPUT'])
    const congress = await desk.record(tree.a.id, 'CONGRESS', { heldOn: lastWeek, participantIds: voters.slice(0, 5) })
    expect(congress.current).toMatchObject({ due: 5 })
    const admission = { matter: 'ADMISSION', memberId: person.candidate, text: '接收', decision: 'SECRET_BALLOT' }
    const ballots = { due: 5, present: 5, inFavour: 5, against: 0, abstained: 0 }
    for (const kind of ['MEMBER_ASSEMBLY', 'CONGRESS'] as const)
      expect(
        codesOf(
          await desk.tryRecord(tree.a.id, kind, {
            heldOn: lastWeek,
            resolutions: [{ ...admission, ballots }],
            ...(kind === 'CONGRESS' ? { participantIds: voters.slice(0, 5) } : {}),
          }),
        ),
      ).toEqual(['MATTER_NOT_FOR_MEETING'])
    for (const kind of ['MEMBER_ASSEMBLY', 'CONGRESS'] as const)
      expect(codesOf(await desk.tryRecord(tree.a1.id, kind, { heldOn: lastWeek }))).toEqual([
        'MEETING_KIND_NOT_FOR_ORGANISATION',
      ])
  })

  test('S0-16 a branch holds no committee of a superior, a committee no assembly', async () => {
    const held = { heldOn: lastWeek }
    const refused = await Promise.all([
      desk.tryRecord(tree.a1.id, 'COMMITTEE', held),
      desk.tryRecord(tree.a.id, 'BRANCH_ASSEMBLY', held),
    ])
    expect(refused.map(codesOf)).toEqual(Array(2).fill(['MEETING_KIND_NOT_FOR_ORGANISATION']))
  })

  test('S0-16 a committee names its members: full members of that branch, of a committee those below it', async () => {
    const committee = (participantIds: (string | undefined)[]) => ({ heldOn: lastWeek, participantIds })
    const of = (branch: string, ids: (string | undefined)[]) =>
      desk.tryRecord(branch, 'BRANCH_COMMITTEE', committee(ids))
    expect(dataOf(await of(tree.a1.id, voters.slice(0, 3))).done.meeting.current).toMatchObject({ due: 3 })
    expect(codesOf(await of(tree.a1.id, [person.probationer]))).toEqual(['NOT_ON_REGISTER'])
    expect(codesOf(await of(tree.a1.id, [person.atA2]))).toEqual(['NOT_ON_REGISTER'])
    expect(codesOf(await desk.close((await desk.record(tree.a1.id, 'BRANCH_COMMITTEE', committee([]))).id))).toEqual([
      'PARTICIPANTS_MISSING',
    ])
    const above = await desk.record(tree.a.id, 'COMMITTEE', committee([voters[0], person.atA2]))
    expect(above.current).toMatchObject({ due: 2 })
    expect(codesOf(await desk.tryRecord(tree.a.id, 'COMMITTEE', committee([person.recent])))).toEqual([
      'NOT_ON_REGISTER',
    ])
  })
})

describe('S0-16 the rest of organisational life is recorded as meetings are', () => {
  test('1.5 a class is the whole branch’s; closed later it still is, with whoever came on probation', async () => {
    const everybody = { presentIds: [...voters.slice(0, 18), person.probationer], absentIds: voters.slice(18) }
    const { id } = await desk.record(tree.a1.id, 'CLASS', { heldOn: lastWeek, ...everybody })
    expect(dataOf(await desk.close(id)).done.meeting).toMatchObject({
      kind: 'CLASS',
      current: { due: 20, present: 18 },
    })
    expect(await desk.people(id)).toHaveLength(21)
  })

  test('1.5 a theme day of those whom it names is theirs alone', async () => {
    const participantIds = [voters[0], voters[1], person.probationer]
    const { id } = await desk.record(tree.a1.id, 'THEME_DAY', {
      heldOn: lastWeek,
      participantIds,
      presentIds: participantIds,
    })
    expect(dataOf(await desk.close(id)).done.meeting).toMatchObject({ current: { due: 2, present: 2 } })
    expect(await desk.people(id)).toHaveLength(3)
  })

  test('1.2 a discipline committee is a committee’s, appraisal a branch’s', async () => {
    for (const [at, kind] of [
      [tree.a1.id, 'DISCIPLINE_COMMITTEE'],
      [tree.a.id, 'APPRAISAL_MEETING'],
      [tree.a.id, 'BRANCH_ASSEMBLY'],
    ] as const)
      expect(codesOf(await desk.tryRecord(at, kind, { heldOn: lastWeek }))).toEqual([
        'MEETING_KIND_NOT_FOR_ORGANISATION',
      ])
    const { kind } = await desk.record(tree.a.id, 'DISCIPLINE_COMMITTEE', {
      heldOn: lastWeek,
      participantIds: [voters[0]],
    })
    expect(kind).toBe('DISCIPLINE_COMMITTEE')
  })

  test('1.3 an election is told as one: a ballot of four fifths, by over half of those due', async () => {
    const election = (present: number, inFavour: number) => [
      vote(
        { present, inFavour, against: present - inFavour },
        { matter: 'ELECTION', memberId: voters[3], text: '选举委员' },
      ),
    ]
    const outcome = async (present: number, inFavour: number) => {
      const { id } = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', assembly(present, election(present, inFavour)))
      dataOf(await desk.close(id))
      return (await listener.told(id, 1))[0]?.resolutions[0]
    }
    expect(await outcome(16, 11)).toMatchObject({ matter: 'ELECTION', carried: true })
    expect(await outcome(16, 10)).toMatchObject({ carried: false })
    expect(await outcome(15, 15)).toMatchObject({ carried: false })
  })
})

describe('1.1/15 votes in a meeting', () => {
  const closed = async (content: object) => {
    const meeting = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', { heldOn: lastWeek, ...content })
    const answer = await desk.close(meeting.id)
    return { id: meeting.id as string, answer, meeting: answer.data?.done.meeting }
  }

  test.each([
    { present: 12, inFavour: 10, carried: false },
    { present: 12, inFavour: 11, carried: true },
    { present: 10, inFavour: 10, carried: false },
    { present: 11, inFavour: 11, carried: true },
  ])(
    '1.1/15 of 20 due $present came and $inFavour were in favour: carried $carried',
    async ({ present, inFavour, carried }) => {
      const { id, meeting } = await closed(
        assembly(present, [vote({ present, inFavour, against: present - inFavour })]),
      )
      expect(meeting).toMatchObject({ state: 'CLOSED', current: { due: 20, present } })
      expect(meeting.current.resolutions).toMatchObject([{ carried, quorate: present > 10 }])
      expect(await listener.told(id, 1)).toMatchObject([{ due: 20, present, resolutions: [{ carried }], version: 1 }])
    },
  )

  test('1.1/15 written opinions that came before the meeting count, those of others or later do not', async () => {
    const opinion = (memberId: string | undefined, receivedOn: string, more = {}) => ({
      opinions: [{ memberId, inFavour: true, receivedOn, ...more }],
    })
    const resolution = (more: object) => assembly(12, [vote({ inFavour: 10, against: 2 }, more)])
    const before = await closed(resolution(opinion(voters[12], addDays(lastWeek, -1))))
    expect(before.meeting.current.resolutions).toMatchObject([{ carried: true, ballots: { writtenInFavour: 1 } }])
    const sameDay = await closed(resolution(opinion(voters[12], lastWeek, { beforeOpening: true })))
    expect(sameDay.meeting.current.resolutions).toMatchObject([{ carried: true }])
    const refused = await Promise.all(
      [
        opinion(voters[12], lastWeek),
        opinion(voters[12], addDays(lastWeek, 1), { beforeOpening: true }),
        opinion(voters[0], addDays(lastWeek, -1)),
        opinion(person.probationer, addDays(lastWeek, -1)),
      ].map(more => desk.tryRecord(tree.a1.id, 'BRANCH_ASSEMBLY', resolution(more))),
    )
    expect(refused.flatMap(codesOf)).toEqual([
      'OPINION_TOO_LATE',
      'OPINION_TOO_LATE',
      'OPINION_NOT_OF_ABSENT_VOTER',
      'OPINION_NOT_OF_ABSENT_VOTER',
    ])
  })

  test('1.1/15 opinions are taken on admission and conversion alone, and so is a ballot asked for', async () => {
    const opinion = { opinions: [{ memberId: voters[12], inFavour: true, receivedOn: addDays(lastWeek, -1) }] }
    const matters = ['ADMISSION', 'CONVERSION', 'EXTENSION', 'CANCELLATION', 'ACTIVIST', 'CANDIDATE', 'OTHER']
    const codesFor = async (more: object) =>
      Object.fromEntries(
        await Promise.all(
          matters.map(async matter => {
            const answer = await desk.tryRecord(
              tree.a1.id,
              'BRANCH_ASSEMBLY',
              assembly(12, [vote({ inFavour: 10, against: 2 }, { matter, ...more })]),
            )
            return [matter, codesOf(answer)]
          }),
        ),
      )
    const none = { ADMISSION: [], CONVERSION: [], EXTENSION: [], CANCELLATION: [] }
    const [ballot, opinions] = [['SECRET_BALLOT_WANTED'], ['OPINION_NOT_FOR_MATTER']]
    expect(await codesFor(opinion)).toEqual({ ...none, ACTIVIST: opinions, CANDIDATE: opinions, OTHER: opinions })
    expect(await codesFor({ decision: 'COLLECTIVE_AGREEMENT' })).toEqual({
      ...{ ADMISSION: ballot, CONVERSION: ballot, EXTENSION: ballot, CANCELLATION: ballot },
      ...{ ACTIVIST: [], CANDIDATE: [], OTHER: [] },
    })
  })

  test.each([
    { ballots: { inFavour: 12, against: 1 }, code: 'MORE_BALLOTS_THAN_VOTERS', found: 13, wanted: 12 },
    { ballots: { present: 21, inFavour: 12 }, code: 'MORE_PRESENT_THAN_DUE', found: 21, wanted: 20 },
    { ballots: { inFavour: -1 }, code: 'BALLOTS_NOT_COUNTABLE', found: -1, wanted: '>= 0' },
  ])('1.1/15 refuses ballots that do not add up: $code', async ({ ballots, ...refusal }) => {
    const answer = await desk.tryRecord(tree.a1.id, 'BRANCH_ASSEMBLY', assembly(12, [vote(ballots)]))
    expect(refusalOf(answer)).toEqual({ ...refusal, article: '第二十一条' })
  })

  test.each([
    { ballots: { present: 13, inFavour: 11 }, found: 13, wanted: 12 },
    { ballots: { present: 11, inFavour: 11 }, found: 11, wanted: 12 },
    { ballots: { due: 19, inFavour: 11 }, found: 19, wanted: 20 },
  ])(
    '1.1/15 refuses to close when the count says $found voters and the attendance $wanted',
    async ({ ballots, ...refusal }) => {
      const { answer } = await closed(assembly(12, [vote(ballots)]))
      expect(refusalOf(answer)).toEqual({ code: 'VOTERS_DIFFER', ...refusal, article: '第二十一条' })
    },
  )

  test('1.1/15 one resolution a person: nobody twice for the same matter, nobody in particular is nobody', async () => {
    const two = [vote({ inFavour: 11 }), vote({ inFavour: 11 }, { memberId: person.other })]
    const { meeting } = await closed(assembly(12, two))
    expect(meeting.current.resolutions).toMatchObject([
      { member: { id: person.candidate }, carried: true },
      { member: { id: person.other }, carried: true },
    ])
    const refused = (resolutions: object[]) => desk.tryRecord(tree.a1.id, 'BRANCH_ASSEMBLY', assembly(12, resolutions))
    expect(codesOf(await refused([two[0] as object, two[0] as object]))).toEqual(['RESOLUTION_TWICE'])
    expect(codesOf(await refused([vote({}, { memberId: null })]))).toEqual(['SUBJECT_MISSING'])
    expect(codesOf(await refused([vote({}, { memberId: person.atA2 })]))).toEqual(['NOT_ON_REGISTER'])
    const unvoted = async (changes: object) => (await refused([vote({}, changes)])).errors[0]
    for (const [changes, missing, words] of [
      [{ ballots: null }, 'ballots', '缺少票数'],
      [{ decision: null }, 'decision', '缺少表决方式'],
      [{ decision: null, ballots: null }, 'decision, ballots', '缺少表决方式和票数'],
    ] as const) {
      const error = await unvoted(changes)
      expect(error?.extensions).toMatchObject({
        code: 'VOTE_MISSING',
        params: { missing, decisions: 'SECRET_BALLOT', ballots: 'due, present, inFavour, against, abstained' },
      })
      expect(error?.message).toContain(words)
    }
    expect(codesOf(await refused([vote({}, { decision: 'COLLECTIVE_AGREEMENT' })]))).toEqual(['SECRET_BALLOT_WANTED'])
  })

  test('1.1/15 a branch committee agrees collectively: half of it is enough to meet, and over half of it to decide', async () => {
    const committee = async (members: number, present: number, inFavour: number) => {
      const participantIds = voters.slice(0, members)
      const resolution = vote(
        { due: members, present, inFavour, against: present - inFavour },
        { matter: 'ACTIVIST', decision: 'COLLECTIVE_AGREEMENT' },
      )
      const content = {
        heldOn: lastWeek,
        participantIds,
        ...attendance(present, participantIds),
        resolutions: [resolution],
      }
      const meeting = await desk.record(tree.a1.id, 'BRANCH_COMMITTEE', content)
      return dataOf(await desk.close(meeting.id)).done.meeting.current.resolutions[0]
    }
    expect(await committee(3, 2, 2)).toMatchObject({ quorate: true, carried: true })
    expect(await committee(3, 2, 1)).toMatchObject({ quorate: true, carried: false })
    expect(await committee(4, 2, 2)).toMatchObject({ quorate: true, carried: false })
    expect(await committee(4, 1, 1)).toMatchObject({ quorate: false, carried: false })
    expect(await committee(4, 3, 3)).toMatchObject({ quorate: true, carried: true })
  })
})

import { describe, expect, test } from '@jest/globals'
import { addDays, type ElectionRules, type Tally, usualElectionRules } from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import { type AssemblyRecord, asking, deciding, requireRecord, withdrawing } from './asking.ts'
import { counting, reducing } from './counting.ts'
import type { Assembly, ElectionState } from './election.ts'
import { follow } from './election-state.ts'
import type { BallotKind, Fact, Plan, PostProposal } from './facts.ts'
import { type Electing, opening, type Sitting } from './opening.ts'
import { announcement, cancelling, candidateList, moving, recommendation, summons } from './preparing.ts'
import { stepDates } from './timeline.ts'
import { ballotOpening, convening } from './voting.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${`${n}`.padStart(12, '0')}`
const [ann, bo, cai, du, eve, fan, gu] = [1, 2, 3, 4, 5, 6, 7].map(uuid) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
]
const branch: Electing = {
  orgId: uuid(100),
  organisationKind: 'BRANCH',
  termEnd: '2027-03-01',
  fullMembers: 20,
  members: 22,
}
const today = '2027-01-10'
type Opening = Plan & { scattered: boolean }
const plan: Opening = {
  ...{ kind: 'TERM', body: 'ASSEMBLY', seats: 3, posts: ['SECRETARY'], plannedOn: '2027-02-26', termEnd: '2027-03-01' },
  ...{ reason: null, consentToEqual: false, scattered: false, delegates: null },
}
const rules = usualElectionRules
const nobody: Sitting = { members: 0, posts: [], size: null }
const open = (
  over: Partial<Opening> = {},
  at: Partial<Electing> = {},
  underWay = false,
  sitting: Partial<Sitting> = {},
) =>
  opening(
    { ...branch, ...at },
    { ...plan, ...over },
    { today, open: underWay, rules, sitting: { ...nobody, ...sitting } },
  )

const vacancy = (over: Partial<Opening>, sitting: Partial<Sitting>, at: Partial<Electing> = {}) =>
  open({ kind: 'BY_ELECTION', posts: [], reason: '调离', ...over }, at, false, sitting)

/** An election as far as a step, each fact made by the command itself. */
class Course {
  state: ElectionState | null = null
  today = today
  get at() {
    return { state: this.state as ElectionState, today: this.today }
  }
  take(...facts: Fact[]): this {
    for (const fact of facts) this.state = follow(this.state, fact)
    return this
  }
  later(days: number): this {
    this.today = addDays(this.today, days)
    return this
  }
  asked(stage: 'REQUEST' | 'CANDIDATES' | 'RESULT'): this {
    return this.take(asking(this.at, stage, uuid(900 + (this.state?.version ?? 0)), uuid(200)))
  }
  decided(outcome: 'APPROVED' | 'REFUSED' | 'RETURNED' = 'APPROVED'): this {
    const approval = Object.values(this.at.state.approvals).find(one => one.state === 'OPEN')
    if (!approval) throw new Error('nothing was asked')
    const fact = deciding(this.at.state, { ...approval, outcome, decidedOn: this.today })
    if (!fact) throw new Error('the decision came too late')
    this.take(fact)
    const seated: Fact[] = fact.stage === 'RESULT' && outcome === 'APPROVED' ? [{ type: 'SEATED', on: this.today }] : []
    return this.take(...seated)
  }
}

const standing = (ids: readonly string[], over: Record<string, object> = {}) =>
  ids.map(memberId => ({ memberId, standing: 'FULL', suspendedSince: null, ...over[memberId] }))
const people = [ann, bo, cai, du, eve].map((memberId, i) => ({ memberId, name: `候选人${i}`, groups: 2, members: 15 }))
const listed = [ann, bo, cai, du].map((memberId, i) => ({ memberId, name: `候选人${i}` }))
const secretary: PostProposal[] = [{ post: 'SECRETARY', memberId: ann }]

const opened = () => new Course().take(open())
const requested = () => opened().asked('REQUEST')
const agreed = () => requested().later(3).decided()
const recommended = () => {
  const course = agreed().later(5)
  return course.take(recommendation(course.at, { on: course.today, groups: 3, members: 18, people }))
}
const propose = (course: Course, list = listed, posts = secretary, over: Record<string, object> = {}) =>
  candidateList(
    course.at,
    { people: list, posts },
    standing([...new Set([...list, ...posts].map(one => one.memberId))], over),
  )
const proposed = () => {
  const course = recommended()
  return course.take(propose(course))
}
const accepted = () => proposed().asked('CANDIDATES').later(2).decided()
const announced = () => {
  const course = accepted()
  return course.take(announcement(course.at, { from: course.today, until: addDays(course.today, 7) }))
}
const summoned = () => {
  const course = announced().later(1)
  return course.take(summons(course.at, { on: course.today, assemblyOn: '2027-02-26' }))
}
const meeting = (over: object = {}) => ({
  ...{ id: uuid(300), kind: 'BRANCH_ASSEMBLY', orgId: branch.orgId, heldOn: '2027-02-26', due: 20, present: 16 },
  ...{ presentVoters: new Set([ann, bo, cai, du, fan, gu]), ...over },
})
const hold = (course: Course, over: object = {}, tellers = [fan], counters = [gu]) =>
  convening(course.at, meeting(over), { tellers, counters })
const convened = () => {
  const course = summoned()
  course.today = '2027-02-26'
  return course.take(hold(course))
}
const ballot = (course: Course, kind: BallotKind = 'MAIN', posts: PostProposal[] = [], on = course.today) =>
  ballotOpening(course.at, { kind, on, posts })
const voting = () => {
  const course = convened()
  return course.take(ballot(course))
}
const tallyOf = (yes: Record<string, number>, over: Partial<Tally> = {}): Tally => {
  const valid = (over.returned ?? 16) - (over.void ?? 0)
  return {
    ...{ due: 20, present: 16, issued: 16, voting: 16, returned: 16, void: 0, writeIns: [] },
    candidates: Object.entries(yes).map(([memberId, n]) => ({
      memberId,
      inFavour: n,
      against: valid - n,
      abstained: 0,
    })),
    ...over,
  }
}
const clear = { [ann]: 16, [bo]: 15, [cai]: 12, [du]: 5 }
const enter = (course: Course, tally: Tally, by = 'one', again = false) => counting(course.at, { tally, by, again })
const count = (course: Course, tally: Tally) => {
  course.take(enter(course, tally, 'one'))
  return course.take(enter(course, tally, 'two'))
}
const elected = () => count(voting(), tallyOf(clear))
const plenary = () => {
  const course = elected()
  course.take(ballot(course, 'POSTS'))
  return count(course, { ...tallyOf({ [ann]: 3 }, { returned: 3 }), due: 3, present: 3, issued: 3, voting: 3 })
}
const tied = () =>
  count(
    voting(),
    tallyOf(
      { [ann]: 16, [bo]: 12, [cai]: 11, [du]: 8 },
      {
        candidates: [ann, bo, cai, du].map((memberId, i) => ({
          memberId,
          inFavour: [14, 11, 11, 11][i] as number,
          against: 16 - ([14, 11, 11, 11][i] as number),
          abstained: 0,
        })),
      },
    ),
  )
const short = () => count(voting(), tallyOf({ [ann]: 16, [bo]: 15, [cai]: 10, [du]: 5 }))

function refusal(run: () => unknown): string | null {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return [error.code, error.params.article].filter(Boolean).join(' ')
  }
}

describe('S0-12 wrong turns of an election are refused, each with its code and article', () => {
  const practice = '工作惯例'
  test.each<[string, () => unknown, string | null]>([
    [
      'a temporary branch elects',
      () => open({}, { organisationKind: 'TEMPORARY_BRANCH' }),
      'OFFICERS_ARE_APPOINTED 第八条',
    ],
    ['two elections at once', () => open({}, {}, true), 'ELECTION_OPEN_ALREADY'],
    ['a branch elects by congress', () => open({ body: 'CONGRESS' }), 'BODY_NOT_ALLOWED 第四条'],
    [
      'a congress of 499',
      () => open({ body: 'CONGRESS', seats: 5 }, { organisationKind: 'COMMITTEE', members: 499 }),
      'BODY_NOT_ALLOWED 第四条',
    ],
    [
      'a congress of 500',
      () => open({ body: 'CONGRESS', seats: 5, delegates: 100 }, { organisationKind: 'COMMITTEE', members: 500 }),
      null,
    ],
    ['a by-election to the one seat of five that is empty', () => vacancy({ seats: 1 }, { members: 4, size: 5 }), null],
    [
      'a by-election to two, with one empty',
      () => vacancy({ seats: 2 }, { members: 4, size: 5 }),
      'SEATS_NOT_VACANT 第二十一条',
    ],
    ['a by-election where no election is known, up to seven', () => vacancy({ seats: 3 }, { members: 4 }), null],
    [
      'a by-election where none is known, to an eighth',
      () => vacancy({ seats: 4 }, { members: 4 }),
      'SEATS_NOT_VACANT 第二十一条',
    ],
    [
      'a seat added to five, up to seven',
      () => vacancy({ seats: 2, kind: 'CO_OPTION' }, { members: 5, size: 5 }),
      null,
    ],
    [
      'an eighth seat added',
      () => vacancy({ seats: 1, kind: 'CO_OPTION' }, { members: 7, size: 7 }),
      'SEATS_NOT_VACANT 第二十一条',
    ],
    [
      'a secretary while there is one',
      () => vacancy({ seats: 0, posts: ['SECRETARY'] }, { members: 5, size: 5, posts: ['SECRETARY'] }),
      'POST_NOT_VACANT 第二十一条',
    ],
    [
      'a second deputy of a branch',
      () => vacancy({ seats: 0, posts: ['DEPUTY_SECRETARY'] }, { members: 5, posts: ['DEPUTY_SECRETARY'] }),
      'POST_NOT_VACANT 第二十一条',
    ],
    [
      'a second deputy of a committee',
      () =>
        vacancy(
          { seats: 0, posts: ['DEPUTY_SECRETARY'] },
          { members: 7, posts: ['DEPUTY_SECRETARY'] },
          { organisationKind: 'COMMITTEE', fullMembers: 200 },
        ),
      null,
    ],
    [
      'a secretary where the seat is empty',
      () => vacancy({ seats: 0, posts: ['SECRETARY'] }, { members: 5, size: 5 }),
      null,
    ],
    ['a whole election beside those who sit', () => open({}, {}, false, { members: 7, posts: ['SECRETARY'] }), null],
    ['two seats', () => open({ seats: 2 }), 'SEATS_NOT_LAWFUL 第二十条'],
    ['three seats', () => open({ seats: 3 }), null],
    ['seven seats', () => open({ seats: 7 }), null],
    ['eight seats', () => open({ seats: 8 }), 'SEATS_NOT_LAWFUL 第二十条'],
    ['a committee of six members', () => open({}, { fullMembers: 6 }), 'COMMITTEE_NOT_SET_UP 第二十条'],
    ['six members elect a secretary', () => open({ seats: 0 }, { fullMembers: 6 }), null],
    ['seven members without a committee', () => open({ seats: 0 }, { fullMembers: 7 }), 'COMMITTEE_WANTED 第二十条'],
    ['no secretary', () => open({ posts: [] }), 'POSTS_NOT_LAWFUL 第二十一条'],
    ['two secretaries', () => open({ posts: ['SECRETARY', 'SECRETARY'] }), 'POSTS_NOT_LAWFUL 第二十一条'],
    [
      'a year and a day late',
      () => open({ kind: 'LATE', reason: '疫情', plannedOn: '2028-03-02' }),
      'MOVED_TOO_FAR 第三条',
    ],
    ['a year late', () => open({ kind: 'LATE', reason: '疫情', plannedOn: '2028-03-01' }), null],
    ['late without a reason', () => open({ kind: 'LATE', plannedOn: '2027-03-02' }), 'ELECTION_REASON_MISSING 第三条'],
    ['late, called in time', () => open({ plannedOn: '2027-03-02' }), 'KIND_DOES_NOT_FIT 第三条'],
    ['in time, called late', () => open({ kind: 'LATE', reason: '疫情' }), 'KIND_DOES_NOT_FIT 第三条'],
    ['a term that nobody knows', () => open({}, { termEnd: null }), 'TERM_NOT_KNOWN 第三条'],
    [
      'a seat is filled without saying why',
      () => open({ kind: 'BY_ELECTION', seats: 1, posts: [] }),
      'ELECTION_REASON_MISSING 第三条',
    ],
    ['a day that has passed', () => open({ plannedOn: '2027-01-09' }), 'ELECTION_DAYS_OUT_OF_ORDER'],

    ['candidates before the superior agreed', () => propose(requested()), 'NOT_APPROVED_YET 第二十一条'],
    ['asked twice', () => requested().asked('REQUEST'), 'ALREADY_ASKED'],
    ['asked again after a return', () => requested().decided('RETURNED').asked('REQUEST'), null],
    ['moved while the superior reads', () => moving(requested().at, '2027-02-20', '场地'), 'ALREADY_ASKED'],
    ['moved before', () => moving(opened().at, '2027-02-20', '场地'), null],
    ['nobody above', () => asking(opened().at, 'REQUEST', uuid(1), null), 'NO_SUPERIOR'],
    ['nothing to take back', () => withdrawing(opened().at, 'REQUEST'), 'NOTHING_TO_WITHDRAW'],

    ['candidates whom nobody recommended', () => propose(agreed()), 'NOT_RECOMMENDED 候选人经党员或所辖组织酝酿推荐'],
    [
      'a candidate from nowhere',
      () => propose(recommended(), [...listed.slice(0, 3), { memberId: fan, name: '外人' }]),
      'CANDIDATE_NOT_RECOMMENDED 候选人经党员或所辖组织酝酿推荐',
    ],
    [
      'as many candidates as seats',
      () => propose(recommended(), listed.slice(0, 3)),
      'CANDIDATES_TOO_FEW 委员候选人差额不少于应选名额的 20%',
    ],
    ['one candidate more', () => propose(recommended()), null],
    ['nobody for secretary', () => propose(recommended(), listed, []), 'POSTS_NOT_EQUAL 书记、副书记等额选举'],
    [
      'two for secretary',
      () => propose(recommended(), listed, [...secretary, { post: 'SECRETARY', memberId: bo }]),
      'POSTS_NOT_EQUAL 书记、副书记等额选举',
    ],
    [
      'the same candidate twice',
      () => propose(recommended(), [...listed, listed[0] as (typeof listed)[0]]),
      'NAMED_TWICE',
    ],
    [
      'a probationary candidate',
      () => propose(recommended(), listed, secretary, { [du]: { standing: 'PROBATIONARY' } }),
      'NOT_A_FULL_MEMBER 第五条',
    ],
    [
      'a candidate whose rights are suspended',
      () => propose(recommended(), listed, secretary, { [du]: { suspendedSince: '2026-08-01' } }),
      'RIGHTS_ARE_SUSPENDED 第五条',
    ],
    [
      'candidates asked for before they are put forward',
      () => recommended().asked('CANDIDATES'),
      'CANDIDATES_NOT_SET 候选人由上届委员会提出，经上级审查同意',
    ],
    ['other candidates behind the superior’s back', () => propose(accepted()), 'ALREADY_ASKED'],
    ['the result before the election', () => accepted().asked('RESULT'), 'RESULT_NOT_COMPLETE 第二十一条'],

    [
      'announced before the superior agreed',
      () => announcement(proposed().at, { from: today, until: '2027-03-01' }),
      'NOT_APPROVED_YET 候选人由上届委员会提出，经上级审查同意',
    ],
    [
      'a notice of four working days',
      () => announcement(accepted().at, { from: '2027-01-20', until: '2027-01-25' }),
      `NOTICE_TOO_SHORT ${practice}`,
    ],
    ['a notice of five', () => announcement(accepted().at, { from: '2027-01-20', until: '2027-01-26' }), null],
    [
      'an assembly before the notice has ended',
      () => summons(announced().at, { on: '2027-01-20', assemblyOn: '2027-01-26' }),
      `NOT_ANNOUNCED ${practice}`,
    ],
    ['an assembly that was not summoned', () => hold(announced()), `NOT_SUMMONED ${practice}`],
    [
      'another kind of meeting',
      () => hold(convenedDay(), { kind: 'BRANCH_COMMITTEE' }),
      'NOT_THE_ASSEMBLY 到会有选举权的党员不少于应到会人数的五分之四',
    ],
    [
      'fifteen of twenty',
      () => hold(convenedDay(), { present: 15 }),
      'QUORUM_NOT_MET 到会有选举权的党员不少于应到会人数的五分之四',
    ],
    ['sixteen of twenty', () => hold(convenedDay()), null],
    [
      'nobody counts',
      () => hold(convenedDay(), {}, [], []),
      'TELLERS_MISSING 监票人由不是候选人的有选举权党员担任，经大会通过',
    ],
    [
      'a candidate sees to the count',
      () => hold(convenedDay(), {}, [ann]),
      'TELLER_IS_CANDIDATE 监票人由不是候选人的有选举权党员担任，经大会通过',
    ],
    [
      'a candidate counts',
      () => hold(convenedDay(), {}, [fan], [bo]),
      'TELLER_IS_CANDIDATE 监票人由不是候选人的有选举权党员担任，经大会通过',
    ],
    [
      'a teller who was not there',
      () => hold(convenedDay(), {}, [uuid(50)]),
      'TELLER_WAS_NOT_THERE 监票人由不是候选人的有选举权党员担任，经大会通过',
    ],

    [
      'ballots before the assembly',
      () => ballot(summoned()),
      'ASSEMBLY_NOT_HELD 到会有选举权的党员不少于应到会人数的五分之四',
    ],
    ['the secretary before the committee', () => ballot(convened(), 'POSTS'), 'BALLOT_OUT_OF_TURN 投票的次序'],
    [
      'a ballot on trial with no more candidates than wanted',
      () => ballot(convened(), 'PRELIMINARY'),
      'BALLOT_OUT_OF_TURN 投票的次序',
    ],
    ['a second ballot while one is counted', () => ballot(voting()), 'BALLOT_OPEN'],
    ['a count of nothing', () => enter(convened(), tallyOf(clear)), 'NO_BALLOT_OPEN'],
    [
      'a count without one who stands',
      () => enter(voting(), tallyOf({ [ann]: 16, [bo]: 15, [cai]: 12 })),
      'TALLY_OF_OTHERS',
    ],
    [
      'a count that does not add up',
      () => enter(voting(), tallyOf({ ...clear, [ann]: 17 })),
      'TALLY_DOES_NOT_ADD_UP 收回选票不多于投票人数，选举有效',
    ],
    [
      'more due than the assembly',
      () => enter(voting(), { ...tallyOf(clear), due: 21 }),
      'VOTERS_NOT_OF_ASSEMBLY 到会有选举权的党员不少于应到会人数的五分之四',
    ],
    [
      'the same person counts twice',
      () => {
        const course = voting()
        course.take(enter(course, tallyOf(clear)))
        enter(course, tallyOf(clear))
      },
      `SAME_PERSON_COUNTS_TWICE ${practice}`,
    ],
    [
      'two people who differ',
      () => {
        const course = voting()
        course.take(enter(course, tallyOf(clear)))
        enter(course, tallyOf({ ...clear, [du]: 4 }), 'two')
      },
      `TALLIES_DIFFER ${practice}`,
    ],
    ['the result while two stand equal', () => tied().asked('RESULT'), 'RESULT_NOT_COMPLETE 第二十一条'],
    ['a new election instead of one among the tied', () => ballot(tied(), 'SECOND'), 'BALLOT_OUT_OF_TURN 投票的次序'],
    [
      'seats left open where none is',
      () => reducing(elected().at, 16),
      'SEATS_NOT_TO_BE_REDUCED 当选人数少于应选名额，另行选举或经半数以上同意减少名额',
    ],
    [
      'a seat less with half of the voters',
      () => reducing(short().at, 8),
      'CONSENT_NOT_ENOUGH 当选人数少于应选名额，另行选举或经半数以上同意减少名额',
    ],
    ['a seat less with over half of them', () => reducing(short().at, 9), null],
    [
      'a secretary who was not elected to the committee',
      () => ballot(elected(), 'POSTS', [{ post: 'SECRETARY', memberId: du }]),
      'POST_CANDIDATE_NOT_ELECTED 第二十一条',
    ],
    ['the result without a secretary', () => elected().asked('RESULT'), 'RESULT_NOT_COMPLETE 第二十一条'],
    ['a ballot when all is elected', () => ballot(plenary()), 'NOTHING_LEFT_TO_ELECT'],
    ['the result, whole', () => plenary().asked('RESULT'), null],
    ['anything after the end', () => cancelling(plenary().asked('RESULT').decided().at, '作废'), 'ELECTION_CLOSED'],
  ])('S0-12 %s', (_, run, refused) => {
    expect(refusal(run)).toBe(refused)
  })

  function convenedDay(): Course {
    const course = summoned()
    course.today = '2027-02-26'
    return course
  }
})

describe('S0-12 the result is held against the record of the assembly', () => {
  const record = { isClosed: true, heldOn: '2027-02-26', due: 20, present: 16 }
  test.each<[string, AssemblyRecord | null, string | null]>([
    ['closed as it was counted', record, null],
    ['not there', null, 'ASSEMBLY_NOT_CLOSED'],
    ['not closed', { ...record, isClosed: false }, 'ASSEMBLY_NOT_CLOSED'],
    ['corrected to one more due', { ...record, due: 21 }, 'ASSEMBLY_SAYS_OTHERWISE'],
    ['corrected to one less present', { ...record, present: 15 }, 'ASSEMBLY_SAYS_OTHERWISE'],
    ['corrected to another day', { ...record, heldOn: '2027-02-25' }, 'ASSEMBLY_SAYS_OTHERWISE'],
  ])('S0-12 %s', (_, found, refused) => {
    const { assembly } = plenary().at.state
    expect(refusal(() => requireRecord(assembly as Assembly, found))?.split(' ')[0] ?? null).toBe(refused)
  })
})

describe('S0-12 an election is held to its end by the rules of the day on which it was opened', () => {
  const by = (rules: ElectionRules) => {
    const fact = open()
    return { ...fact, rules }
  }
  test('S0-12 elected by more than half of those who came, where the county has it so', () => {
    const of = (rules: ElectionRules) => {
      const course = new Course().take(by(rules)).asked('REQUEST').later(3).decided().later(5)
      course.take(recommendation(course.at, { on: course.today, groups: 3, members: 18, people }))
      course.take(propose(course)).asked('CANDIDATES').later(2).decided()
      course.take(announcement(course.at, { from: course.today, until: addDays(course.today, 7) }))
      course.take(summons(course.at, { on: course.today, assemblyOn: '2027-02-26' }))
      course.today = '2027-02-26'
      course.take(hold(course)).take(ballot(course))
      // 20 due and 16 there: nine are more than half of sixteen and less than half of twenty.
      return count(course, tallyOf({ [ann]: 16, [bo]: 15, [cai]: 9, [du]: 8 })).at.state.elected
    }
    expect(of(usualElectionRules)).toEqual([ann, bo])
    expect(of({ ...usualElectionRules, electedBase: 'PRESENT' })).toEqual([ann, bo, cai])
  })

  test('S0-12 its days are the county’s, and those that a fact does not have are the usual', () => {
    const dueOn = (fact: Fact) => {
      const steps = stepDates(new Course().take(fact).at.state)
      return steps.find(({ step }) => step === 'PLAN')?.dueOn
    }
    expect(dueOn(by({ ...usualElectionRules, days: { PLAN: -90 } }))).toBe('2026-11-28')
    const { rules: _, ...before } = open()
    expect(dueOn(before)).toBe('2026-12-28')
  })

  test('S0-12 how far before the term’s end is early', () => {
    const on = { plannedOn: '2027-01-20' }
    const at = (inTimeDays: number) =>
      opening(branch, { ...plan, ...on }, { today, open: false, sitting: nobody, rules: { ...rules, inTimeDays } })
    expect(refusal(() => at(40))).toBe(null)
    expect(refusal(() => at(39))).toBe('KIND_DOES_NOT_FIT 第三条')
  })
})

describe('S0-12 an election to its end', () => {
  test('S0-12 the committee takes its seats with the approval of the result, and not before', () => {
    const course = plenary()
    expect(course.at.state).toMatchObject({ phase: 'OPEN', elected: [ann, bo, cai], officers: secretary })
    course.asked('RESULT').later(3).decided()
    expect(course.at.state).toMatchObject({ phase: 'DONE', closedOn: '2027-03-01' })
  })

  test('S0-12 a result that is returned is handed in again, and one that is refused leaves the old committee', () => {
    const course = plenary().asked('RESULT').decided('RETURNED').asked('RESULT')
    expect(course.at.state.approvals.RESULT).toMatchObject({ round: 2, state: 'OPEN' })
    expect(course.decided('REFUSED').at.state).toMatchObject({ phase: 'OPEN' })
  })

  test('S0-12 those with equal votes are voted on again, and more votes win', () => {
    const course = tied()
    expect(course.at.state.elected).toEqual([ann])
    course.take(ballot(course, 'RUN_OFF'))
    expect(course.at.state.ballots.at(-1)).toMatchObject({ seats: 2, candidates: [bo, cai, du] })
    count(course, tallyOf({ [bo]: 9, [cai]: 8, [du]: 7 }))
    expect(course.at.state.elected).toEqual([ann, bo, cai])
  })

  test('S0-12 a vote with more ballots than voters elects nobody and is held anew', () => {
    const course = count(voting(), tallyOf(clear, { returned: 17 }))
    expect(course.at.state).toMatchObject({ elected: [] })
    course.take(ballot(course, 'MAIN'))
    expect(count(course, tallyOf(clear)).at.state.elected).toEqual([ann, bo, cai])
  })

  test('S0-12 seats that stay open go to a second ballot of those who were not elected', () => {
    const course = short()
    course.take(ballot(course, 'SECOND'))
    expect(course.at.state.ballots.at(-1)).toMatchObject({ seats: 1, candidates: [cai, du] })
    expect(count(course, tallyOf({ [cai]: 12, [du]: 4 })).at.state.elected).toEqual([ann, bo, cai])
  })

  test('S0-12 a ballot on trial, where more stand than are wanted, elects nobody and shortens the list', () => {
    const course = recommended()
    const five = [...listed, { memberId: eve, name: '候选人4' }]
    course.take(propose(course, five)).asked('CANDIDATES').decided()
    course.take(announcement(course.at, { from: course.today, until: addDays(course.today, 7) }))
    course.take(summons(course.at, { on: course.today, assemblyOn: '2027-02-26' }))
    course.today = '2027-02-26'
    course.take(hold(course))
    course.take(ballot(course, 'PRELIMINARY'))
    count(course, tallyOf({ [ann]: 16, [bo]: 15, [cai]: 12, [du]: 11, [eve]: 5 }))
    expect(course.at.state.elected).toEqual([])
    course.take(ballot(course, 'MAIN'))
    expect(course.at.state.ballots.at(-1)).toMatchObject({ seats: 3, candidates: [ann, bo, cai, du] })
  })

  test('S0-12 a branch without a committee elects its secretary in the assembly', () => {
    const course = new Course()
      .take(open({ seats: 0 }, { fullMembers: 6 }))
      .asked('REQUEST')
      .decided()
    course.take(recommendation(course.at, { on: course.today, groups: 0, members: 6, people }))
    course.take(propose(course, [])).asked('CANDIDATES').decided()
    course.take(announcement(course.at, { from: course.today, until: addDays(course.today, 7) }))
    course.take(summons(course.at, { on: course.today, assemblyOn: '2027-02-26' }))
    course.today = '2027-02-26'
    course.take(hold(course, { due: 6, present: 5 }))
    expect(refusal(() => ballot(course, 'MAIN'))).toBe('BALLOT_OUT_OF_TURN 投票的次序')
    course.take(ballot(course, 'POSTS'))
    count(course, { ...tallyOf({ [ann]: 4 }, { returned: 5 }), due: 6, present: 5, issued: 5, voting: 5 })
    expect(course.at.state.officers).toEqual(secretary)
    expect(course.asked('RESULT').decided().at.state.phase).toBe('DONE')
  })
})

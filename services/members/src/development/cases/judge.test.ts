import { describe, expect, test } from '@jest/globals'
import {
  addMonths,
  type Ballots,
  caseDeadlines,
  developmentRulesOn,
  noPolicy,
  probationEnd,
  type StepKey,
  stepKeys,
  stepNumber,
  withPolicy,
} from '@linghang/rulebook'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import type { CaseState } from './case.ts'
import { postponement } from './case-commands.ts'
import { progressOf } from './case-progress.ts'
import { follow } from './case-state.ts'
import type { Evidence, Fact } from './facts.ts'
import { judgeStep } from './judge.ts'
import { stillCarries } from './judge-meeting.ts'

const branch = 'branch'
const person = 'person'

/** A case that stands before a step, everything before it done on the days given, under the rules of 2014 or 2026. */
function standingBefore(
  step: StepKey,
  days: Partial<Record<StepKey, string>>,
  more: Partial<CaseState> = {},
): CaseState {
  const opened = follow(null, {
    type: 'OPENED',
    on: days.APPLICATION ?? '2024-01-10',
    memberId: person,
    orgId: branch,
    source: 'APPLICATION',
  })
  let latest = opened.stepOpenedOn
  const done: CaseState['done'] = {}
  for (const key of stepKeys.slice(0, stepNumber(step) - 1)) {
    latest = days[key] ?? latest
    done[key] = { on: latest, version: '2014', evidence: {}, warnings: [] }
  }
  return {
    ...opened,
    done,
    openStep: step,
    stepOpenedOn: latest,
    notBefore: latest,
    activistSince: done.ACTIVIST_DECISION?.on ?? null,
    candidateSince: done.CANDIDATE_FILING?.on ?? null,
    admittedOn: done.ADMISSION_ASSEMBLY?.on ?? null,
    probationReviews: done.ADMISSION_ASSEMBLY ? quartersAfter(done.ADMISSION_ASSEMBLY.on) : [],
    ...more,
  }
}

/** Reviews as a branch holds them in probation that is in order: one at the end of each quarter of two years. */
const quartersAfter = (day: string): string[] => [3, 6, 9, 12, 15, 18, 21, 24].map(months => addMonths(day, months))

const filed = (step: StepKey, ...templates: string[]): CaseState['materials'] =>
  templates.map((template, index) => ({
    id: `${index}`,
    step,
    template: template as CaseState['materials'][number]['template'],
    on: '2024-01-10',
  }))

const ballots = (counts: Partial<Ballots>): Ballots => ({
  due: 20,
  present: 12,
  inFavour: 11,
  against: 0,
  abstained: 0,
  writtenInFavour: 0,
  writtenAgainst: 0,
  ...counts,
})

const meeting = (
  kind: string,
  matter: string,
  heldOn: string,
  counts: Partial<Ballots> | null = null,
  more: Partial<MeetingRecord> = {},
): MeetingRecord => ({
  id: 'meeting',
  orgId: branch,
  kind,
  heldOn,
  due: 5,
  present: 4,
  version: 1,
  resolutions: [{ id: 'r', matter, memberId: person, ballots: counts && ballots(counts), carried: true }],
  ...more,
})

type Judging = { on: string; evidence?: Evidence; meeting?: MeetingRecord | null; today?: string; byDecision?: boolean }

const judge = (
  state: CaseState,
  step: StepKey,
  { on, evidence = {}, meeting: held = null, today = '2030-01-01', byDecision = false }: Judging,
) =>
  judgeStep(
    state,
    { step, on, evidence },
    { today, rules: developmentRulesOn(state.stepOpenedOn), birthday18: '2000-01-01', meeting: held, byDecision },
  )

const codes = (findings: ReturnType<typeof judge>) => findings.map(({ code, level }) => `${level} ${code}`)

describe('1.1 the order of the steps', () => {
  test('S0-14 keeps every later step closed until the one before it is done', () => {
    const state = standingBefore('CONTACTS', {})
    for (const step of stepKeys.filter(key => key !== 'CONTACTS'))
      expect(codes(judge(state, step, { on: '2024-05-01' }))).toEqual(['BLOCK STEP_NOT_OPEN'])
  })

  test.each([
    ['2024-02-01', [], 'the day of the step before'],
    ['2024-01-31', ['BLOCK DATES_OUT_OF_ORDER'], 'a day before it'],
  ])('S0-15 a step dated %s gives %j: %s', (on, expected) => {
    const state = standingBefore('PLACEMENT', { ADMISSION_FILING: '2024-02-01' })
    expect(codes(judge(state, 'PLACEMENT', { on }))).toEqual(expected)
  })

  test.each([
    ['2024-06-01', []],
    ['2024-06-02', ['BLOCK DATE_IN_FUTURE']],
  ])('S0-15 on 2024-06-01 a step dated %s gives %j', (on, expected) => {
    const state = standingBefore('PLACEMENT', {})
    expect(codes(judge(state, 'PLACEMENT', { on, today: '2024-06-01' }))).toEqual(expected)
  })

  test.each([
    ['1999-12-31', ['BLOCK TOO_YOUNG']],
    ['2000-01-01', []],
  ])('1.1/1 an application on %s by somebody who is 18 on 2000-01-01 gives %j', (on, expected) => {
    const state = standingBefore(
      'APPLICATION',
      { APPLICATION: '1999-06-01' },
      { materials: filed('APPLICATION', 'application-letter') },
    )
    expect(codes(judge(state, 'APPLICATION', { on }))).toEqual(expected)
  })
})

describe('what a refusal says', () => {
  test('S0-15 names a missing paper as an office knows it, and by its name in code', () => {
    const [finding] = judge(standingBefore('APPLICANT_TALK', {}), 'APPLICANT_TALK', { on: '2024-01-10' })
    expect(finding).toMatchObject({
      code: 'MATERIAL_MISSING',
      wanted: { zh: '与入党申请人谈话记录', en: 'APPLICANT_TALK_RECORD' },
      templates: ['applicant-talk-record'],
    })
  })

  test('S0-15 what step 1 wants is the application itself, and no example of one', () => {
    const [finding] = judge(standingBefore('APPLICATION', {}), 'APPLICATION', { on: '2024-01-10' })
    expect(finding).toMatchObject({
      code: 'MATERIAL_MISSING',
      wanted: { zh: '入党申请书', en: 'APPLICATION_LETTER' },
      templates: ['application-letter'],
    })
  })
})

describe('1.1 terms, on both sides of each boundary', () => {
  const talk = (on: string) =>
    judge(
      standingBefore(
        'APPLICANT_TALK',
        { APPLICATION: '2024-01-31' },
        { materials: filed('APPLICANT_TALK', 'applicant-talk-record') },
      ),
      'APPLICANT_TALK',
      { on },
    )
  test.each([
    ['2024-02-29', []],
    ['2024-03-01', ['WARN TOO_LATE']],
  ])('1.1/2 a talk on %s after an application on 31 January 2024 gives %j', (on, expected) => {
    expect(codes(talk(on))).toEqual(expected)
  })

  const candidacy = (heldOn: string) => {
    const state = standingBefore(
      'CANDIDATE_DECISION',
      { ACTIVIST_DECISION: '2024-06-01', OBSERVATION: '2025-05-20' },
      { materials: filed('CANDIDATE_DECISION', 'opinions-record') },
    )
    return judge(state, 'CANDIDATE_DECISION', { on: heldOn, meeting: meeting('BRANCH_COMMITTEE', 'CANDIDATE', heldOn) })
  }
  test.each([
    ['2025-05-31', ['BLOCK TOO_EARLY']],
    ['2025-06-01', []],
  ])('1.1/7 an activist of 2024-06-01 discussed as a candidate on %s (2014) gives %j', (heldOn, expected) => {
    expect(codes(candidacy(heldOn))).toEqual(expected)
  })

  test.each([
    ['2026-07-20', '2026-06-20', []],
    ['2026-07-21', '2026-06-20', ['WARN TOO_LATE']],
    ['2026-04-01', '2026-01-10', []],
  ])(
    '1.1/15 an assembly on %s after a pre-review of %s gives %j (a month under 2026, no term under 2014)',
    (on, reviewed, expected) => {
      const state = standingBefore(
        'ADMISSION_ASSEMBLY',
        { PRE_REVIEW: reviewed, VOLUNTEER_FORM: reviewed },
        { materials: filed('ADMISSION_ASSEMBLY', 'admission-ballot-and-tally', 'assembly-resolution') },
      )
      expect(
        codes(judge(state, 'ADMISSION_ASSEMBLY', { on, meeting: meeting('BRANCH_ASSEMBLY', 'ADMISSION', on, {}) })),
      ).toEqual(expected)
    },
  )

  test.each([
    ['2026-06-30', undefined, []],
    ['2026-07-01', undefined, ['BLOCK TOO_LATE']],
    ['2026-07-01', '特殊情况', []],
    ['2026-09-30', '特殊情况', []],
    ['2026-10-01', '特殊情况', ['BLOCK TOO_LATE']],
  ])('1.1/17 an assembly of 2026-03-31 approved on %s (reason: %s) gives %j', (on, lateReason, expected) => {
    const state = standingBefore('ADMISSION_APPROVAL', { ADMISSION_ASSEMBLY: '2026-03-31' })
    const evidence = lateReason ? { lateReason } : {}
    expect(codes(judge(state, 'ADMISSION_APPROVAL', { on, evidence, byDecision: true }))).toEqual(expected)
  })

  test.each([
    ['2026-07-30', '2026-06-30', []],
    ['2026-07-31', '2026-06-30', ['WARN TOO_LATE']],
    ['2026-03-01', '2026-01-01', []],
  ])('1.1/20 an oath on %s after an approval of %s gives %j', (on, approved, expected) => {
    const state = standingBefore('OATH', { ADMISSION_APPROVAL: approved })
    expect(codes(judge(state, 'OATH', { on }))).toEqual(expected)
  })

  const conversion = (heldOn: string, more: Partial<CaseState> = {}) => {
    const state = standingBefore(
      'CONVERSION_ASSEMBLY',
      { ADMISSION_ASSEMBLY: '2024-03-31', CONVERSION_APPLICATION: '2025-03-01' },
      { materials: filed('CONVERSION_ASSEMBLY', 'admission-ballot-and-tally', 'assembly-resolution'), ...more },
    )
    return judge(state, 'CONVERSION_ASSEMBLY', {
      on: heldOn,
      meeting: meeting('BRANCH_ASSEMBLY', 'CONVERSION', heldOn, {}),
    })
  }
  test.each([
    ['2025-03-30', {}, ['BLOCK TOO_EARLY']],
    ['2025-03-31', {}, []],
    ['2025-09-29', { probationExtendedTo: '2025-09-30', extensions: 1 }, ['BLOCK TOO_EARLY']],
    ['2025-09-30', { probationExtendedTo: '2025-09-30', extensions: 1 }, []],
  ])('1.1/23 a conversion assembly on %s after an admission on 2024-03-31 (%j) gives %j', (heldOn, more, expected) => {
    expect(codes(conversion(heldOn, more))).toEqual(expected)
  })

  // Who breaks discipline in probation is cancelled, or extended, without waiting for its end (2014 Art 32).
  test.each([
    ['CANCELLATION', '2024-08-01', []],
    ['CONVERSION', '2024-08-01', ['BLOCK TOO_EARLY']],
    ['CONVERSION', '2025-03-31', []],
  ] as const)(
    '1.1/23 an assembly that decides %s on %s, in a probation to 2025-03-31, gives %j',
    (matter, heldOn, expected) => {
      const state = standingBefore(
        'CONVERSION_ASSEMBLY',
        { ADMISSION_ASSEMBLY: '2024-03-31', CONVERSION_APPLICATION: '2024-07-01' },
        { materials: filed('CONVERSION_ASSEMBLY', 'admission-ballot-and-tally', 'assembly-resolution') },
      )
      const decided = judge(state, 'CONVERSION_ASSEMBLY', {
        on: heldOn,
        meeting: meeting('BRANCH_ASSEMBLY', matter, heldOn, {}),
      })
      expect(codes(decided)).toEqual(expected)
    },
  )
})

describe('1.1 votes', () => {
  const admission = (counts: Partial<Ballots> | null) => {
    const state = standingBefore(
      'ADMISSION_ASSEMBLY',
      {},
      { materials: filed('ADMISSION_ASSEMBLY', 'admission-ballot-and-tally', 'assembly-resolution') },
    )
    return judge(state, 'ADMISSION_ASSEMBLY', {
      on: '2024-05-01',
      meeting: meeting('BRANCH_ASSEMBLY', 'ADMISSION', '2024-05-01', counts),
    })
  }
  test.each<[Partial<Ballots> | null, string[], string]>([
    [{ inFavour: 10 }, ['BLOCK VOTE_NOT_CARRIED'], '10 of 20 due, even when only 12 came'],
    [{ inFavour: 11 }, [], '11 of 20 due'],
    [{ inFavour: 10, writtenInFavour: 1 }, [], '10 and one in writing before the meeting'],
    [{ present: 10, inFavour: 10, writtenInFavour: 5 }, ['BLOCK QUORUM_NOT_REACHED'], 'half of those due came'],
    [{ present: 11, inFavour: 11 }, [], 'one over half came'],
    [{ inFavour: 13 }, ['BLOCK VOTE_NOT_SECRET'], 'more ballots than voters present'],
    [null, ['BLOCK VOTE_NOT_SECRET'], 'no ballots'],
  ])('1.1/15 an admission with %j gives %j: %s', (counts, expected) => {
    expect(codes(admission(counts))).toEqual(expected)
  })

  test('S0-16 refuses the meeting of another branch, a meeting about somebody else, and none at all', () => {
    const state = standingBefore(
      'COMMITTEE_EXAMINATION',
      {},
      { materials: filed('COMMITTEE_EXAMINATION', 'committee-examination') },
    )
    const on = '2024-05-01'
    const given = (held: MeetingRecord | null) => codes(judge(state, 'COMMITTEE_EXAMINATION', { on, meeting: held }))
    const right = meeting('BRANCH_COMMITTEE', 'EXAMINATION', on)
    expect(given(right)).toEqual([])
    expect(given(null)).toEqual(['BLOCK MEETING_MISSING'])
    expect(given({ ...right, orgId: 'another' })).toEqual(['BLOCK MEETING_OF_ANOTHER_BRANCH'])
    expect(given({ ...right, kind: 'GROUP_MEETING' })).toEqual(['BLOCK MEETING_MISSING'])
    expect(given({ ...right, heldOn: '2024-04-30' })).toEqual(['BLOCK MEETING_DATE_DIFFERS'])
    expect(given({ ...right, present: 2 })).toEqual(['BLOCK QUORUM_NOT_REACHED'])
    // 支部工作条例 art. 12: half of a committee is enough.
    expect(given({ ...right, due: 4, present: 2 })).toEqual([])
    expect(given({ ...right, due: 4, present: 1 })).toEqual(['BLOCK QUORUM_NOT_REACHED'])
    expect(
      given({ ...right, resolutions: right.resolutions.map(resolution => ({ ...resolution, memberId: 'another' })) }),
    ).toEqual(['BLOCK MEETING_MISSING'])
  })
})

describe('S0-16 a meeting that is corrected after a step was done with it', () => {
  const on = '2024-05-01'
  const held = (counts: Partial<Ballots>) => meeting('BRANCH_ASSEMBLY', 'ADMISSION', on, counts)
  const done = standingBefore('COMMITTEE_TALK', { ADMISSION_ASSEMBLY: on })
  const evidence: Evidence = { meetingId: 'meeting', resolutionId: 'r', matter: 'ADMISSION', heldOn: on }
  const state: CaseState = {
    ...done,
    done: { ...done.done, ADMISSION_ASSEMBLY: { on, version: '2014', evidence, warnings: [] } },
  }
  const at = { today: '2030-01-01', rules: developmentRulesOn('2024-05-01'), birthday18: '' }
  test.each([
    [{ inFavour: 11 }, true],
    [{ inFavour: 10 }, false],
    [{ present: 10, inFavour: 10 }, false],
  ])('S0-16 with %j it carries the step still: %s', (counts, expected) => {
    expect(stillCarries(state, 'ADMISSION_ASSEMBLY', held(counts), at)).toBe(expected)
  })

  test('S0-16 nothing goes on until the step is done again', () => {
    const withdrawn = follow(state, {
      type: 'EVIDENCE_WITHDRAWN',
      on: '2024-06-01',
      step: 'ADMISSION_ASSEMBLY',
      meetingId: 'meeting',
    })
    expect(codes(judge(withdrawn, 'COMMITTEE_TALK', { on: '2024-06-02' }))).toEqual(['BLOCK EVIDENCE_WITHDRAWN'])
    const again = follow(withdrawn, {
      type: 'STEP_REOPENED',
      on: '2024-06-03',
      step: 'ADMISSION_ASSEMBLY',
      reason: '会议记录更正',
    })
    expect(again).toMatchObject({ openStep: 'ADMISSION_ASSEMBLY', withdrawn: [] })
  })
})

describe('1.1/21 reviews in probation, which no article counts: what is missing is said and let pass', () => {
  const probation = (on: string, reviews: string[], more: Partial<CaseState> = {}) => {
    const state = standingBefore(
      'PROBATION',
      { ADMISSION_ASSEMBLY: '2024-03-31', ADMISSION_APPROVAL: '2024-05-31' },
      { probationReviews: reviews, ...more },
    )
    return judge(state, 'PROBATION', { on })
  }
  test.each<[string, string[], string | null]>([
    ['2024-06-29', [], null],
    ['2024-06-30', [], '2024-03-31 — 2024-06-30 的预备期季度考察'],
    ['2024-06-30', ['2024-06-30'], null],
    ['2024-06-30', ['2024-03-31'], '2024-03-31 — 2024-06-30 的预备期季度考察'],
    // Late by a day: it is the next quarter's.
    ['2024-09-30', ['2024-07-01'], '2024-03-31 — 2024-06-30 的预备期季度考察'],
    ['2024-12-31', ['2024-06-30'], '2024-06-30 — 2024-09-30、2024-09-30 — 2024-12-31 的预备期季度考察'],
  ])('1.1/21 done on %s with reviews on %j: %s', (on, reviews, wanted) => {
    const findings = probation(on, reviews)
    expect(findings.map(({ code, level, wanted: { zh } }) => [code, level, zh])).toEqual(
      wanted === null ? [] : [['REVIEW_MISSING', 'WARN', wanted]],
    )
    for (const { citation } of findings) expect(citation.certainty).toBe('SECONDARY')
  })

  test('1.1/21 of what lay before the register knew the person nothing is missed', () => {
    expect(codes(probation('2024-12-31', ['2024-12-31'], { knownOn: '2024-12-01' }))).toEqual([])
  })

  test.each<[string, number]>([
    // The assembly on the last day of probation, and long after it: three quarters have passed before its end.
    ['2025-03-31', 3],
    ['2026-03-31', 3],
  ])('1.1/23 an assembly on %s hears of %i quarters', (on, quarters) => {
    const state = standingBefore(
      'CONVERSION_ASSEMBLY',
      { ADMISSION_ASSEMBLY: '2024-03-31' },
      {
        probationReviews: [],
        materials: filed('CONVERSION_ASSEMBLY', 'admission-ballot-and-tally', 'assembly-resolution'),
      },
    )
    const held = meeting('BRANCH_ASSEMBLY', 'CONVERSION', on, {})
    const findings = judge(state, 'CONVERSION_ASSEMBLY', { on, meeting: held })
    expect(findings.map(({ code, level, found }) => [code, level, found])).toEqual([
      ['REVIEW_MISSING', 'WARN', `0/${quarters}`],
    ])
  })
})

describe('1.1 extension of probation', () => {
  const extend = (extendedTo: string | undefined, extensions = 0) => {
    const on = '2025-04-10'
    const state = standingBefore(
      'CONVERSION_ASSEMBLY',
      { ADMISSION_ASSEMBLY: '2024-03-31' },
      { extensions, materials: filed('CONVERSION_ASSEMBLY', 'admission-ballot-and-tally', 'assembly-resolution') },
    )
    const evidence = extendedTo ? { extendedTo } : {}
    return codes(
      judge(state, 'CONVERSION_ASSEMBLY', { on, evidence, meeting: meeting('BRANCH_ASSEMBLY', 'EXTENSION', on, {}) }),
    )
  }
  test.each([
    ['2025-09-29', 0, ['BLOCK EXTENSION_NOT_ALLOWED']],
    ['2025-09-30', 0, []],
    ['2026-03-31', 0, []],
    ['2026-04-01', 0, ['BLOCK EXTENSION_NOT_ALLOWED']],
    ['2025-09-30', 1, ['BLOCK EXTENSION_NOT_ALLOWED']],
    [undefined, 0, ['BLOCK EXTENSION_NOT_ALLOWED']],
  ])('1.1 probation to 2025-03-31 extended to %s after %i extensions gives %j', (extendedTo, extensions, expected) => {
    expect(extend(extendedTo, extensions)).toEqual(expected)
  })
})

describe('S2-11 public notice before candidacy (2026)', () => {
  const decide = (notice: CaseState['notice'], on: string) => {
    const heldOn = '2026-09-28'
    const state = standingBefore(
      'CANDIDATE_DECISION',
      { ACTIVIST_DECISION: '2025-06-01', OBSERVATION: '2026-06-10' },
      { notice, materials: filed('CANDIDATE_DECISION', 'opinions-record') },
    )
    return codes(judge(state, 'CANDIDATE_DECISION', { on, meeting: meeting('BRANCH_COMMITTEE', 'CANDIDATE', heldOn) }))
  }
  const hung = (
    closedOn: string | null,
    objections: NonNullable<CaseState['notice']>['objections'] = {},
    recordedOn = '2026-09-29',
  ) => ({
    recordedOn,
    step: 'CANDIDATE_DECISION' as const,
    from: '2026-09-29',
    until: '2026-10-10',
    workingDays: 5,
    provisional: false,
    closedOn,
    objections,
  })
  const raised = { raisedOn: '2026-09-30', decided: null }
  const decided = (upheld: boolean) => ({ ...raised, decided: { on: '2026-10-09', upheld } })
  test.each([
    ['no notice', null, ['BLOCK NOTICE_MISSING']],
    ['a notice still open', hung(null), ['BLOCK NOTICE_CUT_SHORT']],
    ['closed on its last day, over National Day', hung('2026-10-10'), ['BLOCK NOTICE_CUT_SHORT']],
    ['closed the day after its last', hung('2026-10-11'), []],
    ['one written down on its last day', hung('2026-10-11', {}, '2026-10-10'), []],
    ['one written down the day after', hung('2026-10-11', {}, '2026-10-11'), ['WARN NOTICE_AFTERWARDS']],
    ['an objection open', hung('2026-10-12', { o: raised }), ['BLOCK OBJECTION_OPEN']],
    ['an objection dismissed', hung('2026-10-12', { o: decided(false) }), []],
    ['an objection upheld', hung('2026-10-12', { o: decided(true) }), ['BLOCK OBJECTION_UPHELD']],
  ])('S2-11 a candidate decided on 2026-10-12 with %s', (_, notice, expected) => {
    expect(decide(notice, '2026-10-12')).toEqual(expected)
  })
})

describe('1.1/6 half-yearly reviews', () => {
  const observe = (reviews: string[], on: string, knownOn = '2024-01-10') => {
    const state = standingBefore(
      'OBSERVATION',
      { ACTIVIST_DECISION: '2024-03-01' },
      { knownOn, halfYearlyReviews: reviews, materials: filed('OBSERVATION', 'observation-book', 'thought-report') },
    )
    return codes(judge(state, 'OBSERVATION', { on }))
  }
  test.each([
    [['2024-08-01', '2025-02-01'], '2025-03-01', '2024-01-10', []],
    // One in each half-year, on whatever days the branch holds them: mid-year and year's end as well.
    [['2024-06-30', '2024-12-31'], '2025-03-01', '2024-01-10', []],
    [['2024-03-02', '2024-09-02'], '2025-03-01', '2024-01-10', []],
    [['2024-09-01', '2025-03-01'], '2025-03-01', '2024-01-10', []],
    [['2024-09-02', '2025-02-01'], '2025-03-01', '2024-01-10', ['WARN REVIEW_MISSING']],
    [['2024-08-01'], '2025-03-01', '2024-01-10', ['WARN REVIEW_MISSING']],
    [['2025-02-01'], '2025-03-01', '2024-12-01', []],
    [[], '2025-02-28', '2024-12-01', ['BLOCK TOO_EARLY']],
  ])(
    '1.1/6 activist since 2024-03-01, reviews %j, finished on %s, known since %s: %j',
    (reviews, on, knownOn, expected) => {
      expect(observe(reviews, on, knownOn)).toEqual(expected)
    },
  )
})

describe('county policies', () => {
  const policy = {
    ...noPolicy,
    citation: { article: '第三条', source: '区委办法', certainty: 'VERIFIED' as const },
    earliest: [{ step: 'CANDIDATE_DECISION' as const, months: 18 }],
    materials: [{ step: 'OATH' as const, template: 'oath-ceremony' as const }],
  }
  test('S0-15 a county’s longer wait blocks with the county’s own article', () => {
    const state = standingBefore(
      'CANDIDATE_DECISION',
      { ACTIVIST_DECISION: '2024-01-01' },
      { materials: filed('CANDIDATE_DECISION', 'opinions-record') },
    )
    const on = '2025-06-30'
    const rules = withPolicy(developmentRulesOn(state.stepOpenedOn), policy)
    const [finding] = judgeStep(
      state,
      { step: 'CANDIDATE_DECISION', on, evidence: {} },
      { today: '2030-01-01', rules, birthday18: '2000-01-01', meeting: meeting('BRANCH_COMMITTEE', 'CANDIDATE', on) },
    )
    expect(finding).toMatchObject({ code: 'TOO_EARLY', citation: { article: '第三条', source: '区委办法' } })
  })

  test('S0-15 a county’s own paper is asked for', () => {
    const state = standingBefore('OATH', {})
    const rules = withPolicy(developmentRulesOn(state.stepOpenedOn), policy)
    const at = { today: '2030-01-01', rules, birthday18: '2000-01-01', meeting: null }
    expect(judgeStep(state, { step: 'OATH', on: '2024-05-01', evidence: {} }, at).map(({ code }) => code)).toEqual([
      'MATERIAL_MISSING',
    ])
  })
})

describe('1.1/23 a probation that ends early', () => {
  test.each([
    // 细则 2014 art. 32: an assembly that cancels or extends waits for nobody's application.
    ['2024-08-01', [], ['WARN MATERIAL_MISSING']],
    ['2025-03-30', [], ['WARN MATERIAL_MISSING']],
    ['2025-03-31', [], ['BLOCK MATERIAL_MISSING']],
    ['2025-03-31', ['probation-book-and-conversion-letter'], []],
  ] as const)('1.1/22 on %s, in a probation to 2025-03-31, with %j, gives %j', (on, templates, expected) => {
    const materials = filed('CONVERSION_APPLICATION', ...templates)
    const state = standingBefore('CONVERSION_APPLICATION', { ADMISSION_ASSEMBLY: '2024-03-31' }, { materials })
    expect(codes(judge(state, 'CONVERSION_APPLICATION', { on }))).toEqual(expected)
  })

  test.each([
    ['CANCELLATION', []],
    ['CONVERSION', ['BLOCK MATERIAL_MISSING']],
  ] as const)('1.1/23 without the application an assembly on %s gives %j', (matter, expected) => {
    const on = '2025-04-10'
    const papers = filed('CONVERSION_ASSEMBLY', 'admission-ballot-and-tally', 'assembly-resolution')
    const before = standingBefore('CONVERSION_ASSEMBLY', { ADMISSION_ASSEMBLY: '2024-03-31' }, { materials: papers })
    const letPass = { on: '2024-08-01', version: '2014' as const, evidence: {}, warnings: ['MATERIAL_MISSING'] }
    const state = { ...before, done: { ...before.done, CONVERSION_APPLICATION: letPass } }
    const decided = judge(state, 'CONVERSION_ASSEMBLY', { on, meeting: meeting('BRANCH_ASSEMBLY', matter, on, {}) })
    expect(codes(decided)).toEqual(expected)
  })
})

describe('1.1/23 细则 2014 art. 36: who moved in on probation may be discussed later', () => {
  const standing = (more: Partial<CaseState>) =>
    standingBefore('PROBATION', { ADMISSION_ASSEMBLY: '2024-03-31', ADMISSION_APPROVAL: '2024-05-31' }, more)
  const putOff = (state: CaseState, until: string) => {
    const at = { state, rules: developmentRulesOn('2024-06-01'), today: '2025-03-01', birthday18: '' }
    try {
      return postponement(at, until, '转入不久').type
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  test.each<[string | null, string, string, string]>([
    ['2024-09-01', '2025-03-31', 'POSTPONEMENT_NOT_ALLOWED', 'the end of probation itself'],
    ['2024-09-01', '2025-04-01', 'CONVERSION_POSTPONED', 'a day later'],
    ['2024-09-01', '2025-09-30', 'CONVERSION_POSTPONED', 'six months later'],
    ['2024-09-01', '2025-10-01', 'POSTPONEMENT_NOT_ALLOWED', 'six months and a day later'],
    ['2024-05-30', '2025-04-01', 'POSTPONEMENT_NOT_ALLOWED', 'moved before the admission was approved'],
    ['2024-05-31', '2025-04-01', 'CONVERSION_POSTPONED', 'moved on the day of the approval'],
    [null, '2025-04-01', 'POSTPONEMENT_NOT_ALLOWED', 'moved never'],
  ])('1.1/23 moved on %s, until %s: %s, %s', (movedOn, until, expected) => {
    expect(putOff(standing({ movedOn }), until)).toBe(expected)
  })

  test('1.1/23 the date follows, and is not overdue meanwhile; standing counts from the end of probation', () => {
    const state = follow(standing({ movedOn: '2024-09-01' }), {
      ...{ type: 'CONVERSION_POSTPONED', on: '2025-03-01', until: '2025-09-30', reason: '转入不久' },
    })
    const rules = developmentRulesOn('2024-06-01')
    const ends = caseDeadlines(progressOf(state), rules).find(({ rule }) => rule === 'PROBATION_ENDS')
    expect(ends).toMatchObject({ dueOn: '2025-09-30', article: '第三十六条' })
    expect(probationEnd(progressOf(state), rules)).toBe('2025-03-31')
  })
})

describe('what is needed of people, training, conclusions, approvals', () => {
  test.each<[StepKey, Partial<CaseState>, Evidence, string[]]>([
    ['CONTACTS', { contacts: [] }, {}, ['BLOCK PEOPLE_MISSING']],
    ['CONTACTS', { contacts: ['a'] }, {}, []],
    ['CONTACTS', { contacts: ['a', 'b'] }, {}, []],
    ['CONTACTS', { contacts: ['a', 'b', 'c'] }, {}, ['BLOCK PEOPLE_MISSING']],
    ['INTRODUCERS', { introducers: ['a'] }, {}, ['BLOCK PEOPLE_MISSING']],
    ['INTRODUCERS', { introducers: ['a', 'b'] }, {}, []],
    [
      'TRAINING',
      { materials: filed('TRAINING', 'training-certificate') },
      { training: { days: 2, hours: 23 } },
      ['BLOCK TRAINING_TOO_SHORT'],
    ],
    ['TRAINING', { materials: filed('TRAINING', 'training-certificate') }, { training: { days: 3, hours: 0 } }, []],
    ['TRAINING', { materials: filed('TRAINING', 'training-certificate') }, { training: { days: 0, hours: 24 } }, []],
    // 细则 art. 17: "一般", but for special cases, with the reason.
    [
      'TRAINING',
      { materials: filed('TRAINING', 'training-certificate') },
      { training: { days: 2, hours: 23 }, trainingException: '援外期间，经批准线上培训' },
      ['WARN TRAINING_TOO_SHORT'],
    ],
    [
      'TRAINING',
      { materials: filed('TRAINING', 'training-certificate') },
      { training: { days: 3, hours: 0 }, trainingPassed: false },
      ['BLOCK TRAINING_NOT_PASSED'],
    ],
    [
      'POLITICAL_REVIEW',
      { materials: filed('POLITICAL_REVIEW', 'political-review-conclusion') },
      {},
      ['BLOCK CONCLUSION_MISSING'],
    ],
    [
      'POLITICAL_REVIEW',
      { materials: filed('POLITICAL_REVIEW', 'political-review-conclusion') },
      { conclusion: 'PASSED' },
      [],
    ],
    ['POLITICAL_REVIEW', {}, { conclusion: 'PASSED' }, ['BLOCK MATERIAL_MISSING']],
    ['PRE_REVIEW', {}, {}, ['BLOCK APPROVAL_MISSING']],
  ])('1.1 %s with %j and %j gives %j', (step, more, evidence, expected) => {
    expect(codes(judge(standingBefore(step, {}, more), step, { on: '2024-05-01', evidence }))).toEqual(expected)
  })
})

test.each([
  [undefined, ['WARN TRAINING_NOT_PASSED']],
  [true, []],
  [false, ['BLOCK TRAINING_NOT_PASSED']],
])('1.1/11 under the rules of 2026 the training has to be passed: %s gives %j', (trainingPassed, expected) => {
  const state = standingBefore(
    'TRAINING',
    { POLITICAL_REVIEW: '2026-06-01' },
    { materials: filed('TRAINING', 'training-certificate') },
  )
  const evidence = { training: { days: 3, hours: 0 }, ...(trainingPassed === undefined ? {} : { trainingPassed }) }
  expect(codes(judge(state, 'TRAINING', { on: '2026-06-10', evidence }))).toEqual(expected)
})

describe('which version of the regulation a step is done under', () => {
  test.each([
    ['2026-05-17', '2014'],
    ['2026-05-18', '2026'],
  ])('1.1 a step opened on %s is done under %s', (openedOn, version) => {
    expect(developmentRulesOn(openedOn).version).toBe(version)
  })

  test('1.1 a step that was open when the new version came is finished under the old one, the next under the new', () => {
    const state = standingBefore('INTRODUCERS', { CANDIDATE_FILING: '2026-05-01' }, { introducers: ['a', 'b'] })
    expect(developmentRulesOn(state.stepOpenedOn).version).toBe('2014')
    const done: Fact = {
      type: 'STEP_DONE',
      on: '2026-06-01',
      step: 'INTRODUCERS',
      version: '2014',
      evidence: {},
      warnings: [],
    }
    expect(developmentRulesOn(follow(state, done).stepOpenedOn).version).toBe('2026')
  })
})

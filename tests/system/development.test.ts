import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { uuidOf } from '@linghang/harness/ask'
import { refusalsOf } from '@linghang/harness/desk'
import { until } from '@linghang/harness/until'
import { type StepKey, stepKeys, stepNumber } from '@linghang/rulebook'
import type { Answer, Caller } from './api.ts'
import { type Desk, newSetting, openDesk, type Setting } from './case-desk.ts'
import { look } from './look.ts'
import { readWhole } from './whole-case.ts'

jest.setTimeout(120_000)

let setting: Setting
let desk: Desk

beforeAll(async () => {
  setting = await newSetting('2021-03-01')
  desk = openDesk(setting)
}, 180_000)

/** A wrong turn: what is tried, and how it is refused. */
type WrongTurn = [what: string, attempt: () => Promise<Answer>, code: string, article: string | null]

/** Each step: what stands in the way of it at first, and how it is done at last. Under the regulation of 2014. */
type Way = { step: StepKey; wrong: () => WrongTurn[]; atLast: () => Promise<unknown> }

const committee = (): Caller => setting.committeeSecretary.caller
const complete =
  (step: StepKey, on: string, more: object = {}, by?: Caller) =>
  () =>
    desk.complete(step, { on, ...more }, by)

/** Hands in, is returned once, and is approved; in between everybody who must not decide tries to. */
async function approve(decider: Caller, requestedOn: string, decidedOn: string, next: string): Promise<void> {
  const id = await desk.ask(requestedOn)
  for (const caller of [setting.secretary.caller, setting.sibling.caller, setting.county.admin])
    expect((await desk.decide(id, 'APPROVED', decidedOn, caller)).errors.length).toBe(1)
  expect((await desk.decide(id, 'RETURNED', decidedOn, decider, '材料有涂改')).errors).toEqual([])
  const again = await untilReturned(requestedOn)
  expect(again).toBe(id)
  expect((await desk.decide(id, 'APPROVED', decidedOn, decider)).errors).toEqual([])
  await desk.reaches(next)
}

/** The same request in its next round, once the return has come back to the case. */
async function untilReturned(requestedOn: string): Promise<string> {
  await until(
    async () => (await desk.mutate('requestApproval', { on: requestedOn })).errors.length === 0,
    20_000,
    'the return has come back to the case',
  )
  return desk.handedIn()
}

/** S0-38: the term of the approval is one date, of the office that can act on it, the branch's or the committee's. */
const untilDueAt = (wanted: [rule: string, orgId: string][]) =>
  until(
    async () => {
      const rows = await look(
        'workflows',
        `select rule, office_org_id from deadline where closed_at is null and rule like '%APPROVAL%'
         and (watch_id = $1 or watch_id in (select id from approval where subject_id = $1))`,
        [uuidOf(setting.caseId)],
      )
      const found = rows.map(({ rule, office_org_id }) => [rule, office_org_id])
      return JSON.stringify(found) === JSON.stringify(wanted.map(([rule, orgId]) => [rule, uuidOf(orgId)]))
    },
    20_000,
    `what is due is ${wanted.map(([rule]) => rule).join(', ')}, where it can be acted on`,
  )

const ways: Way[] = [
  {
    step: 'APPLICATION',
    wrong: () => [
      ['without the letter', complete('APPLICATION', '2021-03-01'), 'MATERIAL_MISSING', '第六条'],
      ['on a day to come', complete('APPLICATION', '2999-01-01'), 'DATE_IN_FUTURE', '第五条'],
      ['by the sibling branch', complete('APPLICATION', '2021-03-01', {}, setting.sibling.caller), 'NOT_FOUND', null],
      ['by the applicant', complete('APPLICATION', '2021-03-01', {}, setting.applicant.caller), 'OWN_CASE', null],
    ],
    async atLast() {
      await desk.file('APPLICATION', 'APPLICATION_LETTER', '2021-03-01')
      await desk.finish('APPLICATION', { on: '2021-03-01' })
    },
  },
  {
    step: 'APPLICANT_TALK',
    wrong: () => [
      ['without the record', complete('APPLICANT_TALK', '2021-03-20'), 'MATERIAL_MISSING', '第七条'],
      ['before the application', complete('APPLICANT_TALK', '2021-02-28'), 'DATES_OUT_OF_ORDER', '第七条'],
    ],
    async atLast() {
      await desk.file('APPLICANT_TALK', 'APPLICANT_TALK_RECORD', '2021-03-20')
      const { completeStep } = await desk.finish('APPLICANT_TALK', { on: '2021-04-02' })
      expect(completeStep.warnings).toEqual([{ code: 'TOO_LATE', article: '第七条' }])
    },
  },
  {
    step: 'ACTIVIST_DECISION',
    wrong: () => [
      ['without a recommendation', complete('ACTIVIST_DECISION', '2021-06-01'), 'MATERIAL_MISSING', '第八条'],
    ],
    async atLast() {
      await desk.file('ACTIVIST_DECISION', 'ACTIVIST_RECOMMENDATION_LEAGUE', '2021-05-20')
      expect(refusalsOf(await desk.complete('ACTIVIST_DECISION', { on: '2021-06-01' }))).toEqual([
        { code: 'MEETING_MISSING', article: '第八条' },
      ])
      const few = await desk.meet('BRANCH_COMMITTEE', 'ACTIVIST', '2021-06-01', { present: 2 })
      expect(refusalsOf(await desk.complete('ACTIVIST_DECISION', { on: '2021-06-01', meetingId: few }))).toEqual([
        { code: 'QUORUM_NOT_REACHED', article: '第十二条' },
      ])
      const other = await desk.meet('BRANCH_COMMITTEE', 'ACTIVIST', '2021-06-01', {
        about: setting.voters[0] as string,
      })
      expect(refusalsOf(await desk.complete('ACTIVIST_DECISION', { on: '2021-06-01', meetingId: other }))).toEqual([
        { code: 'MEETING_MISSING', article: '第八条' },
      ])
      const meetingId = await desk.meet('BRANCH_COMMITTEE', 'ACTIVIST', '2021-06-01')
      expect(refusalsOf(await desk.complete('ACTIVIST_DECISION', { on: '2021-06-02', meetingId }))).toEqual([
        { code: 'MEETING_DATE_DIFFERS', article: '第八条' },
      ])
      await desk.finish('ACTIVIST_DECISION', { on: '2021-06-01', meetingId })
    },
  },
  {
    step: 'ACTIVIST_FILING',
    wrong: () => [
      ['by the branch itself', complete('ACTIVIST_FILING', '2021-06-15'), 'MATERIAL_MISSING', '第八条'],
      [
        'handed in without the register form',
        () => desk.mutate('requestApproval', { on: '2021-06-10' }),
        'MATERIAL_MISSING',
        '第八条',
      ],
    ],
    async atLast() {
      await desk.file('ACTIVIST_FILING', 'ACTIVIST_REGISTER', '2021-06-05')
      expect(refusalsOf(await desk.complete('ACTIVIST_FILING', { on: '2021-06-15' }))).toEqual([
        { code: 'APPROVAL_MISSING', article: '第八条' },
      ])
      await approve(committee(), '2021-06-10', '2021-06-15', 'CONTACTS')
    },
  },
  {
    step: 'CONTACTS',
    wrong: () => [
      ['with nobody named', complete('CONTACTS', '2021-06-16'), 'PEOPLE_MISSING', '第九条'],
      [
        'with three',
        () => desk.mutate('assignPeople', { as: 'CONTACT', memberIds: setting.voters.slice(0, 3), on: '2021-06-16' }),
        'PEOPLE_OUT_OF_RANGE',
        null,
      ],
      [
        'with the applicant',
        () => desk.mutate('assignPeople', { as: 'CONTACT', memberIds: [setting.memberId], on: '2021-06-16' }),
        'NOT_FULL_MEMBERS',
        null,
      ],
    ],
    async atLast() {
      const memberIds = setting.voters.slice(0, 2)
      await desk.done(desk.mutate('assignPeople', { as: 'CONTACT', memberIds, on: '2021-06-16' }))
      await desk.finish('CONTACTS', { on: '2021-06-16' })
    },
  },
  {
    step: 'OBSERVATION',
    wrong: () => [
      ['within the year', complete('OBSERVATION', '2022-05-31'), 'TOO_EARLY', '第十三条'],
      ['without the observation book', complete('OBSERVATION', '2022-06-10'), 'MATERIAL_MISSING', '第十一条'],
    ],
    async atLast() {
      await desk.file('OBSERVATION', 'OBSERVATION_BOOK', '2022-06-01')
      await desk.done(desk.mutate('recordReview', { kind: 'HALF_YEARLY', on: '2021-12-01' }))
      // A half-year without a review is said and stops nobody.
      const { completeStep } = await desk.finish('OBSERVATION', { on: '2022-06-10' })
      expect(completeStep.warnings).toContainEqual({ code: 'REVIEW_MISSING', article: '第十一条' })
    },
  },
  {
    step: 'CANDIDATE_DECISION',
    wrong: () => [
      ['without opinions heard', complete('CANDIDATE_DECISION', '2022-06-20'), 'MATERIAL_MISSING', '第十三条'],
    ],
    async atLast() {
      await desk.file('CANDIDATE_DECISION', 'OPINIONS_RECORD', '2022-06-15')
      expect(refusalsOf(await desk.complete('CANDIDATE_DECISION', { on: '2022-06-20' }))).toEqual([
        { code: 'MEETING_MISSING', article: '第十三条' },
      ])
      const meetingId = await desk.meet('BRANCH_COMMITTEE', 'CANDIDATE', '2022-06-20')
      await desk.finish('CANDIDATE_DECISION', { on: '2022-06-20', meetingId })
    },
  },
  {
    step: 'CANDIDATE_FILING',
    wrong: () => [['by the branch itself', complete('CANDIDATE_FILING', '2022-07-01'), 'APPROVAL_MISSING', '第十三条']],
    atLast: () => approve(committee(), '2022-06-25', '2022-07-01', 'INTRODUCERS'),
  },
  {
    step: 'INTRODUCERS',
    wrong: () => [
      ['with nobody named', complete('INTRODUCERS', '2022-07-02'), 'PEOPLE_MISSING', '第十四条'],
      [
        'with one',
        () =>
          desk.mutate('assignPeople', { as: 'INTRODUCER', memberIds: setting.voters.slice(0, 1), on: '2022-07-02' }),
        'PEOPLE_OUT_OF_RANGE',
        null,
      ],
    ],
    async atLast() {
      const memberIds = setting.voters.slice(0, 2)
      await desk.done(desk.mutate('assignPeople', { as: 'INTRODUCER', memberIds, on: '2022-07-02' }))
      await desk.finish('INTRODUCERS', { on: '2022-07-02' })
    },
  },
  {
    step: 'POLITICAL_REVIEW',
    wrong: () => [
      [
        'without the conclusion on paper',
        complete('POLITICAL_REVIEW', '2022-07-15', { conclusion: 'PASSED' }),
        'MATERIAL_MISSING',
        '第十六条',
      ],
    ],
    async atLast() {
      await desk.file('POLITICAL_REVIEW', 'POLITICAL_REVIEW_CONCLUSION', '2022-07-15')
      expect(refusalsOf(await desk.complete('POLITICAL_REVIEW', { on: '2022-07-15' }))).toEqual([
        { code: 'CONCLUSION_MISSING', article: '第十六条' },
      ])
      await desk.finish('POLITICAL_REVIEW', { on: '2022-07-15', conclusion: 'PASSED' })
    },
  },
  {
    step: 'TRAINING',
    wrong: () => [
      [
        'by the branch',
        complete('TRAINING', '2022-08-01', { training: { days: 3, hours: 24 } }),
        'NOT_THE_OFFICE',
        null,
      ],
    ],
    async atLast() {
      await desk.file('TRAINING', 'TRAINING_CERTIFICATE', '2022-08-01', committee())
      const short = { on: '2022-08-01', training: { days: 2, hours: 23 } }
      expect(refusalsOf(await desk.complete('TRAINING', short, committee()))).toEqual([
        { code: 'TRAINING_TOO_SHORT', article: '第十七条' },
      ])
      await desk.finish('TRAINING', { on: '2022-08-01', training: { days: 3, hours: 0 } }, committee())
    },
  },
  {
    step: 'COMMITTEE_EXAMINATION',
    wrong: () => [['without a paper', complete('COMMITTEE_EXAMINATION', '2022-08-10'), 'MATERIAL_MISSING', '第十九条']],
    async atLast() {
      await desk.file('COMMITTEE_EXAMINATION', 'COMMITTEE_EXAMINATION', '2022-08-10')
      expect(refusalsOf(await desk.complete('COMMITTEE_EXAMINATION', { on: '2022-08-10' }))).toEqual([
        { code: 'MEETING_MISSING', article: '第十九条' },
      ])
      const meetingId = await desk.meet('BRANCH_COMMITTEE', 'EXAMINATION', '2022-08-10')
      await desk.finish('COMMITTEE_EXAMINATION', { on: '2022-08-10', meetingId })
    },
  },
  {
    step: 'PRE_REVIEW',
    wrong: () => [['by the branch itself', complete('PRE_REVIEW', '2022-08-20'), 'APPROVAL_MISSING', '第十九条']],
    atLast: () => approve(committee(), '2022-08-12', '2022-08-20', 'VOLUNTEER_FORM'),
  },
  {
    step: 'VOLUNTEER_FORM',
    wrong: () => [['without the form', complete('VOLUNTEER_FORM', '2022-08-22'), 'MATERIAL_MISSING', '第十九条']],
    async atLast() {
      await desk.file('VOLUNTEER_FORM', 'VOLUNTEER_FORM_GUIDE', '2022-08-22')
      await desk.finish('VOLUNTEER_FORM', { on: '2022-08-22' })
    },
  },
  {
    step: 'ADMISSION_ASSEMBLY',
    wrong: () => [
      ['without an assembly', complete('ADMISSION_ASSEMBLY', '2022-09-01'), 'MEETING_MISSING', '第二十一条'],
    ],
    async atLast() {
      await desk.file('ADMISSION_ASSEMBLY', 'ADMISSION_BALLOT_AND_TALLY', '2022-09-01')
      const held = (counts: object) => desk.meet('BRANCH_ASSEMBLY', 'ADMISSION', '2022-09-01', counts)
      const tried = async (meetingId: string) =>
        refusalsOf(await desk.complete('ADMISSION_ASSEMBLY', { on: '2022-09-01', meetingId }))
      expect(await tried(await held({ present: 4, inFavour: 4 }))).toContainEqual({
        code: 'QUORUM_NOT_REACHED',
        article: '第二十条',
      })
      expect(await tried(await held({ present: 5, inFavour: 4 }))).toContainEqual({
        code: 'VOTE_NOT_CARRIED',
        article: '第二十一条',
      })
      const meetingId = await held({ present: 5, inFavour: 5 })
      expect(await tried(meetingId)).toEqual([{ code: 'MATERIAL_MISSING', article: '第二十二条' }])
      await desk.file('ADMISSION_ASSEMBLY', 'ASSEMBLY_RESOLUTION', '2022-09-01')
      await desk.finish('ADMISSION_ASSEMBLY', { on: '2022-09-01', meetingId })
    },
  },
  {
    step: 'COMMITTEE_TALK',
    wrong: () => [['by the branch', complete('COMMITTEE_TALK', '2022-09-20'), 'NOT_THE_OFFICE', null]],
    async atLast() {
      expect(refusalsOf(await desk.complete('COMMITTEE_TALK', { on: '2022-09-20' }, committee()))).toEqual([
        { code: 'MATERIAL_MISSING', article: '第二十四条' },
      ])
      await desk.file('COMMITTEE_TALK', 'COMMITTEE_TALK_RECORD', '2022-09-20', committee())
      await desk.finish('COMMITTEE_TALK', { on: '2022-09-20' }, committee())
    },
  },
  {
    step: 'ADMISSION_APPROVAL',
    wrong: () => [
      ['by the branch itself', complete('ADMISSION_APPROVAL', '2022-10-15'), 'APPROVAL_MISSING', '第二十六条'],
      ['after six months', () => desk.mutate('requestApproval', { on: '2023-03-02' }), 'TOO_LATE', '第二十六条'],
    ],
    async atLast() {
      await untilDueAt([['ADMISSION_APPROVAL', setting.branch]])
      await desk.ask('2022-09-24')
      await untilDueAt([['APPROVAL_DUE', setting.committee]])
      await desk.done(desk.mutate('withdrawApproval', {}))
      await untilDueAt([['ADMISSION_APPROVAL', setting.branch]])
      await approve(committee(), '2022-09-25', '2022-10-15', 'ADMISSION_FILING')
    },
  },
  {
    step: 'ADMISSION_FILING',
    wrong: () => [
      ['by the branch itself', complete('ADMISSION_FILING', '2022-10-20'), 'APPROVAL_MISSING', '第二十六条'],
    ],
    atLast: () => approve(setting.countySecretary.caller, '2022-10-16', '2022-10-20', 'PLACEMENT'),
  },
  {
    step: 'PLACEMENT',
    wrong: () => [['before the filing', complete('PLACEMENT', '2022-10-19'), 'DATES_OUT_OF_ORDER', '第二十九条']],
    atLast: () => desk.finish('PLACEMENT', { on: '2022-10-21' }),
  },
  {
    step: 'OATH',
    wrong: () => [['on a day to come', complete('OATH', '2999-01-01'), 'DATE_IN_FUTURE', '第三十条']],
    atLast: () => desk.finish('OATH', { on: '2022-10-30' }),
  },
  {
    step: 'PROBATION',
    wrong: () => [['before the oath', complete('PROBATION', '2022-10-29'), 'DATES_OUT_OF_ORDER', '第三十一条']],
    async atLast() {
      await desk.done(desk.mutate('recordReview', { kind: 'PROBATION', on: '2023-02-01' }))
      await desk.finish('PROBATION', { on: '2023-08-30' })
    },
  },
  {
    step: 'CONVERSION_APPLICATION',
    wrong: () => [
      ['without the letter', complete('CONVERSION_APPLICATION', '2023-09-01'), 'MATERIAL_MISSING', '第三十三条'],
    ],
    async atLast() {
      await desk.file('CONVERSION_APPLICATION', 'PROBATION_BOOK_AND_CONVERSION_LETTER', '2023-08-31')
      // No article sets a day before which nobody may apply.
      const { completeStep } = await desk.finish('CONVERSION_APPLICATION', { on: '2023-08-31' })
      expect(completeStep.warnings).toEqual([])
    },
  },
  {
    step: 'CONVERSION_ASSEMBLY',
    wrong: () => [
      ['without an assembly', complete('CONVERSION_ASSEMBLY', '2023-09-05'), 'MEETING_MISSING', '第三十三条'],
    ],
    async atLast() {
      await desk.file('CONVERSION_ASSEMBLY', 'ADMISSION_BALLOT_AND_TALLY', '2023-09-05')
      await desk.file('CONVERSION_ASSEMBLY', 'ASSEMBLY_RESOLUTION', '2023-09-05')
      const early = await desk.meet('BRANCH_ASSEMBLY', 'CONVERSION', '2023-08-31')
      expect(refusalsOf(await desk.complete('CONVERSION_ASSEMBLY', { on: '2023-08-31', meetingId: early }))).toEqual([
        { code: 'TOO_EARLY', article: '第三十二条' },
      ])
      const meetingId = await desk.meet('BRANCH_ASSEMBLY', 'CONVERSION', '2023-09-05')
      await desk.finish('CONVERSION_ASSEMBLY', { on: '2023-09-05', meetingId })
    },
  },
  {
    step: 'CONVERSION_APPROVAL',
    wrong: () => [
      ['by the branch itself', complete('CONVERSION_APPROVAL', '2023-10-01'), 'APPROVAL_MISSING', '第三十四条'],
    ],
    atLast: () => approve(committee(), '2023-09-10', '2023-10-01', 'ARCHIVING'),
  },
  {
    step: 'ARCHIVING',
    wrong: () => [['before the approval', complete('ARCHIVING', '2023-09-30'), 'DATES_OUT_OF_ORDER', '第三十七条']],
    atLast: () => desk.finish('ARCHIVING', { on: '2023-10-20' }),
  },
]

describe('one person from the application to the archived dossier, through the gateway', () => {
  test('S0-3 the way has all 25 steps', () => {
    expect(ways.map(({ step }) => step)).toEqual([...stepKeys])
  })

  test.each(ways.map(way => [stepNumber(way.step), way.step, way] as const))(
    'S0-15 step %i %s refuses every wrong turn with its rule and article, and is done at last',
    async (_, step, way) => {
      expect(await desk.stepNow()).toBe(step)
      // S0-14: whatever comes later is closed.
      const later = stepKeys[stepNumber(step)]
      if (later)
        expect(refusalsOf(await desk.complete(later, { on: '2023-12-01' }, committee()))[0]?.code).toBe('STEP_NOT_OPEN')
      for (const [what, attempt, code, article] of way.wrong()) {
        const [refusal] = refusalsOf(await attempt())
        expect({ what, ...refusal }).toEqual({ what, code, article })
      }
      // The case is read whole while the step is open, as whoever prepares it reads it.
      const read = await readWhole(setting.secretary.caller, setting.caseId)
      expect(read.wrong).toEqual([])
      expect(read.documents).toBeGreaterThanOrEqual(36)
      await way.atLast()
    },
  )

  test('S0-13 leaves a full member in the register and the case in the archive', async () => {
    const { member } = await setting.secretary.caller.ask(
      'query ($id: ID!) { member(id: $id) { kind activistSince candidateSince joinedOn fullMemberSince developmentCases { phase steps { number state ruleVersion } history { type } } } }',
      { id: setting.memberId },
    )
    expect(member).toMatchObject({
      kind: 'FULL',
      activistSince: '2021-06-01',
      candidateSince: '2022-07-01',
      joinedOn: '2022-09-01',
      fullMemberSince: '2023-09-01',
    })
    const [kase] = member.developmentCases
    expect(kase?.phase).toBe('ARCHIVED')
    expect(
      kase?.steps.every(
        ({ state, ruleVersion }: { state: string; ruleVersion: string }) => state === 'DONE' && ruleVersion === '2014',
      ),
    ).toBe(true)
  })

  test('S0-14 the applicant sees their own case without what is confidential, the sibling branch not even that it exists', async () => {
    const question =
      'query ($id: ID!) { developmentCase(id: $id) { phase history { type step } objections { id } materials { template } } }'
    const own = (await setting.applicant.caller.ask(question, { id: setting.caseId })).developmentCase
    expect(own.phase).toBe('ARCHIVED')
    expect(own.history.map(({ step }: { step: string | null }) => step)).not.toContain('POLITICAL_REVIEW')
    expect(own.materials.map(({ template }: { template: string }) => template)).not.toContain(
      'POLITICAL_REVIEW_CONCLUSION',
    )
    expect((await setting.sibling.caller.ask(question, { id: setting.caseId })).developmentCase).toBeNull()
  })
})

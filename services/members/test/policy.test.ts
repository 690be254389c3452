import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { codesOf, type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import { look } from '@linghang/harness/databases'
import { refusalsOf } from '@linghang/harness/desk'
import type { SetDevelopmentPolicyInput } from '@linghang/harness/generated/members'
import { rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { type Branch, type CaseDesk, newBranch, ofOrganisation, openDesk } from './case-desk.ts'

jest.setTimeout(180_000)

let branch: Branch
let desk: CaseDesk
beforeAll(async () => {
  branch = await newBranch([rows.activist('积极分子', '2024-03-31'), rows.candidate('发展对象', '2023-03-01')])
  desk = await openDesk(branch, branch.ids.get('积极分子') as string)
})

const setPolicy = (policy: object, actor = branch.county.admin) =>
  branch.county.world.ask.members(
    actor,
    'mutation ($input: SetDevelopmentPolicyInput!) { setDevelopmentPolicy(input: $input) { effectiveFrom } }',
    { input: { effectiveFrom: '2020-01-01', article: '第三条', source: '测试区发展党员工作规程', ...policy } },
  )
const observation = (months: number): Pick<SetDevelopmentPolicyInput, 'earliest'> => ({
  earliest: [
    { step: 'OBSERVATION', months },
    { step: 'CANDIDATE_DECISION', months },
  ],
})

describe('1.1 a county may add and lengthen, never shorten', () => {
  test.each([
    ['observation of eleven months', observation(11), '第十三条'],
    ['a notice of four days', { notices: [{ step: 'CANDIDATE_DECISION', workingDays: 4 }] }, '第十三条'],
    ['training of two days', { training: { days: 2, hours: 24 } }, '第十七条'],
    ['training of 23 hours', { training: { days: 3, hours: 23 } }, '第十七条'],
    ['four months for the approval', { latest: [{ step: 'ADMISSION_APPROVAL', months: 4 }] }, '第二十六条'],
    ['two months for the talk', { latest: [{ step: 'APPLICANT_TALK', months: 2 }] }, '第七条'],
    ['two months for the assembly', { latest: [{ step: 'ADMISSION_ASSEMBLY', months: 2 }] }, '第十九条'],
  ])('1.1 refuses %s with the national article', async (_, policy, article) => {
    expect(refusalsOf(await setPolicy(policy))).toEqual([{ code: 'POLICY_REFUSED', article }])
  })

  test('1.1 refuses whoever is not the county’s administrator', async () => {
    for (const actor of [branch.secretary, branch.committee])
      expect(refusalsOf(await setPolicy(observation(18), actor))[0]?.code).toBe('FORBIDDEN')
  })

  test('1.1 a longer wait, another paper and more days hold from then on, with the county’s own article', async () => {
    await desk.file('OBSERVATION', 'OBSERVATION_BOOK', '2025-04-01')
    const policy = {
      ...observation(18),
      materials: [{ step: 'OBSERVATION', template: 'thought-report' }],
      notices: [{ step: 'CANDIDATE_DECISION', workingDays: 7 }],
      ladders: [{ rule: 'APPROVAL_DUE', rungs: ['QUARTER_AHEAD', 'OVERDUE'] }],
    }
    expect((await setPolicy(policy)).errors).toEqual([])
    expect(refusalsOf(await setPolicy(policy))[0]?.code).toBe('POLICY_DATE_TAKEN')
    // Eighteen months after 31 March 2024.
    expect((await desk.read('dates { rule dueOn }')).dates).toContainEqual({
      rule: 'ACTIVIST_ONE_YEAR',
      dueOn: '2025-09-30',
    })
    expect(refusalsOf(await desk.complete('OBSERVATION', { on: '2025-09-29' }))).toEqual([
      { code: 'TOO_EARLY', article: '第三条' },
    ])
    expect(refusalsOf(await desk.complete('OBSERVATION', { on: '2025-09-30' }))).toEqual([
      { code: 'MATERIAL_MISSING', article: '第三条' },
    ])
    await desk.file('OBSERVATION', 'THOUGHT_REPORT', '2025-09-01')
    await desk.finish('OBSERVATION', { on: '2025-09-30' })
    // The rules of 2014 know no notice; the county's own hangs for seven working days.
    await desk.done(desk.mutate('openNotice', { from: '2025-10-13' }))
    expect((await desk.read('notice { endsOn workingDays }')).notice).toEqual({ endsOn: '2025-10-21', workingDays: 7 })
    expect(refusalsOf(await desk.mutate('closeNotice', { on: '2025-10-21' }))[0]?.code).toBe('NOTICE_CUT_SHORT')
    await desk.done(desk.mutate('closeNotice', { on: '2025-10-22' }))

    const candidate = await openDesk(branch, branch.ids.get('发展对象') as string)
    await candidate.done(candidate.mutate('reopenStep', { step: 'CANDIDATE_FILING', reason: '备案材料有误' }))
    const [asked] = await look('workflows', 'select ladder from approval where id = $1', [
      uuidOf(await candidate.ask('2023-03-20')),
    ])
    expect(asked).toEqual({ ladder: ['QUARTER_AHEAD', 'OVERDUE'] })
  })
})

describe('1.1 a county that sets rules which are in force already', () => {
  const remindedOf = async (memberId: string) =>
    (
      await look(
        'workflows',
        `select due_on::text as on from deadline where subject_id = $1 and rule = 'ACTIVIST_ONE_YEAR' and closed_at is null`,
        [uuidOf(memberId)],
      )
    ).map(({ on }: Data) => on)

  test('1.1 the dates of whoever stands on such a step are told again: in lists, in the plan, in reminders', async () => {
    const own = await newBranch([rows.activist('观察中', '2024-03-31'), rows.applicant('申请', '2026-09-01')])
    const kase = await openDesk(own, own.ids.get('观察中') as string)
    const set = async (effectiveFrom: string, months: number) =>
      dataOf(
        await own.county.world.ask.members(
          own.county.admin,
          'mutation ($input: SetDevelopmentPolicyInput!) { setDevelopmentPolicy(input: $input) { effectiveFrom } }',
          { input: { ...observation(months), effectiveFrom, article: '第三条', source: '测试区发展党员工作规程' } },
        ),
      )
    const planned = async () =>
      (
        await ofOrganisation(own.county, own.secretary, own.tree.a1.id, 'developmentPlan { name notBefore }')
      ).developmentPlan.toSorted((one: Data, other: Data) => (one.name < other.name ? -1 : 1))
    expect(await planned()).toEqual([
      { name: '申请', notBefore: null },
      { name: '观察中', notBefore: '2025-03-31' },
    ])

    await set('2024-03-31', 18)
    await until(async () => (await planned())[1].notBefore === '2025-09-30', 30_000, 'the case has been told')
    await until(async () => (await remindedOf(kase.memberId)).join() === '2025-09-30', 30_000, 'reminders go by it')

    // Of these the first was overtaken before the activist's step was opened, and the second came after it.
    await set('2024-01-01', 24)
    await set('2026-08-01', 24)
    const applicant = await openDesk(own, own.ids.get('申请') as string)
    const taken = async (desk: CaseDesk) =>
      (await desk.read('history { type note }')).history
        .filter(({ type }: Data) => type === 'POLICY_TAKEN_UP')
        .map(({ note }: Data) => note)
    await until(
      async () => (await taken(applicant)).length === 2,
      30_000,
      'the applicant’s case has been told of the last',
    )
    expect([await taken(applicant), await taken(kase)]).toEqual([['2024-03-31', '2026-08-01'], ['2024-03-31']])
    expect(await planned()).toContainEqual({ name: '观察中', notBefore: '2025-09-30' })
  })

  test('1.1 each of hundreds of cases takes it up, once', async () => {
    const people = Array.from({ length: 501 }, (_, n) => rows.activist(`积极分子${n}`, '2025-06-01'))
    const own = await newBranch(people)
    const counted = async (sql: string) => (await look('members', sql, [own.county.id]))[0].n
    const cases = 'select count(*)::int as n from development_case where county_id = $1'
    await until(async () => (await counted(cases)) === 501, 60_000, 'everybody has a case')
    const input = { ...observation(18), effectiveFrom: '2020-01-01', article: '第三条', source: '测试区规程' }
    dataOf(
      await own.county.world.ask.members(
        own.county.admin,
        'mutation ($input: SetDevelopmentPolicyInput!) { setDevelopmentPolicy(input: $input) { effectiveFrom } }',
        { input },
      ),
    )
    await until(
      async () => (await counted(`${cases} and not_before = '2026-12-01'`)) === 501,
      60_000,
      'all have taken it up',
    )
    const facts = `select count(*)::int as n from development_fact where county_id = $1 and type = 'POLICY_TAKEN_UP'`
    expect(await counted(facts)).toBe(501)
  })
})

describe('1.1/5 what a county says of contacts and introducers', () => {
  test('1.1/5 declared relatives are kept out, and one member has so many cases at most; elsewhere neither holds', async () => {
    const people = ['甲', '乙', '丙'].map(name => rows.activist(`积极分子${name}`, '2024-03-31'))
    const own = await newBranch(people)
    const set = (practice: object) =>
      own.county.world.ask.members(
        own.county.admin,
        'mutation ($input: SetDevelopmentPolicyInput!) { setDevelopmentPolicy(input: $input) { effectiveFrom } }',
        { input: { effectiveFrom: '2024-01-01', article: '第三条', source: '测试区发展党员工作规程', practice } },
      )
    const [one, two, three] = (await Promise.all(
      ['甲', '乙', '丙'].map(name => openDesk(own, own.ids.get(`积极分子${name}`) as string)),
    )) as [CaseDesk, CaseDesk, CaseDesk]
    const [contact, other] = own.voters as [string, string]
    const name = async (desk: CaseDesk, ...memberIds: string[]) =>
      codesOf(await desk.mutate('assignPeople', { as: 'CONTACT', memberIds, on: '2024-04-01' }))
    const declare = async (desk: CaseDesk, ...memberIds: string[]) =>
      codesOf(await desk.mutate('declareRelatives', { memberIds }))
    expect(await declare(one, contact)).toEqual([])
    expect(await name(one, contact)).toEqual([])

    for (const refused of [{ casesPerCompanion: 0 }, { casesPerCompanion: 21 }, { probationReviewMonths: 13 }])
      expect(codesOf(await set(refused))).toEqual(['BAD_INPUT'])
    // What was found and what is wanted is said in both languages, and in no library's words.
    expect((await set({ casesPerCompanion: 21 })).errors[0]?.extensions?.params).toEqual({
      ...{ field: 'practice.casesPerCompanion', found: '21' },
      ...{ wanted: '20 at most', wantedZh: '不超过 20' },
    })
    dataOf(await set({ relativesKeptOut: true, casesPerCompanion: 2 }))
    expect(await name(one, contact)).toEqual(['RELATIVE_KEPT_OUT'])
    expect(await name(one, other)).toEqual([])
    expect(await declare(one, contact, other)).toEqual(['RELATIVE_KEPT_OUT'])
    // Two are allowed; the third at the same moment as the second is not.
    const both = await Promise.all([name(two, other), name(three, other)])
    expect(both.flat()).toEqual(['TOO_MANY_CASES_EACH'])
    // Named again in a case where they are already, nobody is counted twice.
    expect(await name(one, other)).toEqual([])
  })
})

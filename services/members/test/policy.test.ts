import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { look } from '../../../tests/harness/databases.ts'
import { type Branch, type CaseDesk, newBranch, openDesk, refusalsOf, rows } from './case-desk.ts'
import { uuidOf } from './material-desk.ts'

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
const observation = (months: number) => ({
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
    expect(refusalsOf(await desk.complete('OBSERVATION', '2025-09-29'))).toEqual([
      { code: 'TOO_EARLY', article: '第三条' },
    ])
    expect(refusalsOf(await desk.complete('OBSERVATION', '2025-09-30'))).toEqual([
      { code: 'MATERIAL_MISSING', article: '第三条' },
    ])
    await desk.file('OBSERVATION', 'THOUGHT_REPORT', '2025-09-01')
    await desk.finish('OBSERVATION', '2025-09-30')
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

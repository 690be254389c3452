import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import type { ApprovalOutcome } from '@linghang/harness/generated/workflows'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, periodOf } from '@linghang/rulebook'
import { fileLifePlan } from '../src/life/plans/file-plan.ts'
import { openOrg } from './perform.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())
const nextMonth = periodOf('MONTH', addMonths(periodOf('MONTH', today).from, 1)).from

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let keeper: Actor
let above: Actor
const org = openOrg()
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  above = await seedActor(county, 'SECRETARY', tree.a.id)
  dataOf(await settings({ effectiveFrom: today, plansFiled: true, plansApproved: true }))
})
afterAll(() => org.close())

const settings = (input: object) =>
  county.world.askUntyped.org(
    county.admin,
    `mutation ($input: SetLifeSettingsInput!) { setLifeSettings(input: $input) { settings { plansFiled plansApproved } } }`,
    { input: { basis: '区委文件', ...input } },
  )
const plan = 'plan { id state revision filedAt approval { id } entries { id kind } }'
const mutations = {
  make: `mutation ($input: MakeLifePlanInput!) { done: makeLifePlan(input: $input) { ${plan} } }`,
  change: `mutation ($input: ChangeLifePlanEntryInput!) { done: changeLifePlanEntry(input: $input) { ${plan} } }`,
  file: `mutation ($input: FileLifePlanInput!) { done: fileLifePlan(input: $input) { ${plan} } }`,
}
const send = (name: keyof typeof mutations, input: object) =>
  county.world.askUntyped.org(keeper, mutations[name], { input })
const done = async (name: keyof typeof mutations, input: object) => dataOf(await send(name, input)).done.plan
/** A plan of its own for each test, months ahead. */
const make = (months: number) =>
  done('make', { organisationId: tree.a1.id, period: 'MONTH', day: addMonths(nextMonth, months) })
const file = (made: { id: string }) => done('file', { planId: made.id })
const themeDayOf = (made: { entries: { id: string; kind: string }[] }) =>
  made.entries.find(({ kind }) => kind === 'THEME_DAY')?.id
const planOf = async (id: string) =>
  dataOf(
    await county.world.askUntyped.org(
      keeper,
      `query ($id: ID!) { ${plan.replace('plan', 'plan: lifePlan(id: $id)')} }`,
      { id },
    ),
  ).plan
const becomes = (id: string, state: string) =>
  until(
    async () => {
      const now = await planOf(id)
      return now.state === state ? now : null
    },
    30_000,
    `the plan is ${state}`,
  )
const approvalOf = async (id: string, by = above) =>
  dataOf(
    await county.world.askUntyped.workflows(
      by,
      `query ($id: ID!) { approval(id: $id) { kind state round dueOn article certainty office { role organisation { id } }
        subject { ... on LifePlan { id } } history { what reason } } }`,
      { id },
    ),
  ).approval
const decision = (id: string, outcome: ApprovalOutcome) =>
  county.world.ask.workflows(
    above,
    'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
    { input: { id, outcome, reason: '内容需与年度安排一致' } },
  )
/** Decided by the office at the committee, once it has been told of the request. */
const decide = async (id: string, outcome: ApprovalOutcome, round = 1) => {
  await until(async () => (await approvalOf(id))?.round === round, 30_000, 'the request is heard')
  dataOf(await decision(id, outcome))
}

describe('S0-6d where the county wants plans approved, the committee above decides on what is filed', () => {
  test('S0-6d sent back it is the branch’s own again with the reason, handed in again and approved it stays as it is', async () => {
    const made = await make(0)
    expect(made).toMatchObject({ state: 'DRAFT', approval: null })
    const filed = await file(made)
    expect(filed).toMatchObject({ state: 'FILED', approval: { id: expect.any(String) } })
    const entryId = themeDayOf(made)
    const write = () => send('change', { planId: made.id, entryId, ownTopics: ['走访困难党员'] })
    expect(codesOf(await write())).toEqual(['PLAN_IS_FILED'])
    expect(codesOf(await send('file', { planId: made.id }))).toEqual(['PLAN_IS_FILED'])

    const asked = filed.approval.id as string
    await decide(asked, 'RETURNED')
    const office = { role: 'SECRETARY', organisation: { id: tree.a.id } }
    expect(await approvalOf(asked)).toMatchObject({ office, subject: { id: made.id } })
    expect(await becomes(made.id, 'DRAFT')).toMatchObject({ filedAt: null, approval: { id: asked } })
    expect(await approvalOf(asked, keeper)).toEqual({
      ...{ kind: 'LIFE_PLAN', state: 'RETURNED', round: 1, dueOn: addDays(today, 10) },
      ...{ article: '工作惯例', certainty: 'RECALLED', subject: { id: made.id } },
      // Who asked does not enter the superior; who decides does.
      office: { role: 'SECRETARY', organisation: null },
      history: [
        { what: 'REQUESTED', reason: null },
        { what: 'RETURNED', reason: '内容需与年度安排一致' },
      ],
    })

    expect(codesOf(await write())).toEqual([])
    expect(await file(made)).toMatchObject({ state: 'FILED', approval: { id: asked } })
    await decide(asked, 'APPROVED', 2)
    expect(await becomes(made.id, 'APPROVED')).toMatchObject({ filedAt: expect.any(String), approval: { id: asked } })
    expect(codesOf(await write())).toEqual(['PLAN_IS_FILED'])
    expect(codesOf(await send('file', { planId: made.id }))).toEqual(['PLAN_IS_FILED'])
  })

  test('S0-6d refused it is the branch’s own again, and filing it asks anew', async () => {
    const made = await make(1)
    const first = (await file(made)).approval.id as string
    await decide(first, 'REFUSED')
    expect(await becomes(made.id, 'DRAFT')).toMatchObject({ filedAt: null, approval: { id: first } })
    const second = (await file(made)).approval.id as string
    expect(second).not.toBe(first)
    await decide(second, 'APPROVED')
    await becomes(made.id, 'APPROVED')
  })

  test('S0-6d made anew while it waits, the request is taken back: nobody decides on what is no longer handed in', async () => {
    const made = await make(2)
    const asked = (await file(made)).approval.id as string
    expect(await make(2)).toMatchObject({ id: made.id, state: 'DRAFT', filedAt: null, approval: null })
    await until(async () => (await approvalOf(asked))?.state === 'WITHDRAWN', 30_000, 'workflows hears of it')
    expect(codesOf(await decision(asked, 'APPROVED'))).toEqual(['APPROVAL_NOT_OPEN'])
  })

  test('S0-6d what was sent back before the county changed its mind is filed and waits for nobody', async () => {
    const made = await make(3)
    const asked = (await file(made)).approval.id as string
    await decide(asked, 'RETURNED')
    await becomes(made.id, 'DRAFT')
    const tomorrow = addDays(today, 1)
    dataOf(await settings({ effectiveFrom: tomorrow, plansFiled: true }))
    await org.as(keeper, work =>
      fileLifePlan.run({ ...work, today: tomorrow }, { id: uuidOf(made.id), revision: null }),
    )
    expect(await planOf(made.id)).toMatchObject({ state: 'FILED', approval: null })
    await until(async () => (await approvalOf(asked))?.state === 'WITHDRAWN', 30_000, 'workflows hears of it')
  })

  test('S0-6d only what is filed is decided on: a county that wants the one wants the other', async () => {
    const refused = await settings({ effectiveFrom: addDays(today, 2), plansApproved: true })
    expect(codesOf(refused)).toEqual(['BAD_INPUT'])
    const taken = await settings({ effectiveFrom: addDays(today, 2), plansFiled: true, plansApproved: true })
    expect(dataOf(taken).setLifeSettings.settings).toEqual({ plansFiled: true, plansApproved: true })
  })
})

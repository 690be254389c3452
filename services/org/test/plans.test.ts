import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember, rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, periodOf } from '@linghang/rulebook'
import { createDesk } from './meeting-desk.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())
/** The month after this one: nothing of it is past, whatever the day. */
const nextMonth = periodOf('MONTH', addMonths(periodOf('MONTH', today).from, 1))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let keeper: Actor
let above: Actor
let listener: Awaited<ReturnType<typeof listenToPlans>>
const listenToPlans = () => listen('org.events', ['org.plan.changed.v1'])
beforeAll(async () => {
  listener = await listenToPlans()
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  await seedMembers(county, [
    ...Array.from({ length: 7 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `党员${i}` })),
    fullMember(county.code, tree.a2.code, { 姓名: '单独党员' }),
  ])
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  above = await seedActor(county, 'SECRETARY', tree.a.id)
})

afterAll(() => listener?.stop())

const plan = `plan { id every from until state themeDay revision filedAt entries {
  id kind on from until origin article source state meeting { id } topics { text why dueOn discussion article } } }`
const mutations = {
  make: `mutation ($input: MakeLifePlanInput!) { done: makeLifePlan(input: $input) { ${plan} } }`,
  change: `mutation ($input: ChangeLifePlanEntryInput!) { done: changeLifePlanEntry(input: $input) { ${plan} } }`,
  add: `mutation ($input: AddLifePlanEntryInput!) { done: addLifePlanEntry(input: $input) { ${plan} } }`,
  remove: `mutation ($input: RemoveLifePlanEntryInput!) { done: removeLifePlanEntry(input: $input) { ${plan} } }`,
  file: `mutation ($input: FileLifePlanInput!) { done: fileLifePlan(input: $input) { ${plan} } }`,
  theme: 'mutation ($input: GiveLifeThemeInput!) { done: giveLifeTheme(input: $input) { theme { id text } } }',
  withdraw:
    'mutation ($input: WithdrawLifeThemeInput!) { done: withdrawLifeTheme(input: $input) { theme { withdrawReason } } }',
  settings:
    'mutation ($input: SetLifeSettingsInput!) { done: setLifeSettings(input: $input) { settings { themeDay themeDayBy plansFiled basis effectiveFrom } } }',
}
const send = (name: keyof typeof mutations, input: object, by = keeper) =>
  county.world.askUntyped.org(by, mutations[name], { input })
const done = async (name: keyof typeof mutations, input: object, by = keeper) =>
  dataOf(await send(name, input, by)).done
const make = async (more: object = {}, by = keeper) =>
  (await done('make', { organisationId: tree.a1.id, period: 'MONTH', day: nextMonth.from, ...more }, by)).plan
type Entry = {
  id: string
  kind: string
  on: string
  until: string
  topics: { text: string; discussion: string | null }[]
}
const entryOf = (of: { entries: Entry[] }, kind: string) => of.entries.find(entry => entry.kind === kind) as Entry

test('S0-11 one command makes a month: what the rules ask for, by when, with its agenda', async () => {
  const made = await make({ themeDay: 15 })
  expect(made).toMatchObject({ every: 'MONTH', ...nextMonth, state: 'DRAFT', themeDay: 15, revision: 1 })
  const monthly = made.entries.filter(
    ({ from, until: last }: { from: string; until: string }) => from === nextMonth.from && last === nextMonth.until,
  )
  expect(monthly.map((entry: Entry) => entry.kind)).toEqual(['BRANCH_COMMITTEE', 'THEME_DAY'])
  expect(entryOf(made, 'BRANCH_COMMITTEE')).toMatchObject({ article: '第十二条', origin: 'REGULAR', state: 'TO_COME' })
  const theme = entryOf(made, 'THEME_DAY')
  expect(theme).toMatchObject({ article: '第十六条', from: nextMonth.from, until: nextMonth.until })
  expect(theme.topics.map(({ text }) => text)).toEqual(['按月交纳党费'])
  expect(entryOf(made, 'BRANCH_COMMITTEE').on < theme.on).toBe(true)
})

test('S0-11 a branch of fewer than seven full members has no committee, and no meetings of one', async () => {
  const made = await make({ organisationId: tree.a2.id, period: 'YEAR' }, county.admin)
  expect(made.entries.filter((entry: Entry) => entry.kind === 'BRANCH_COMMITTEE')).toEqual([])
  expect(made.entries.filter((entry: Entry) => entry.kind === 'THEME_DAY').length).toBeGreaterThan(0)
})

test('S0-11 the branch fills in the discussion, moves a day and adds what it likes; made anew, all of it is kept', async () => {
  const made = await make({ day: addMonths(nextMonth.from, 2) })
  const { id, on, until: last } = entryOf(made, 'THEME_DAY')
  const other = on === last ? addDays(on, -1) : last
  const said = { n: 1, text: '逐人核对，当场交清' }
  const changed = (
    await done('change', { planId: made.id, entryId: id, on: other, discussions: [said], ownTopics: ['走访困难党员'] })
  ).plan
  expect(entryOf(changed, 'THEME_DAY')).toMatchObject({ on: other })
  await done('add', { planId: made.id, kind: 'CLASS', on: last, ownTopics: ['书记讲党课'] })
  const anew = await make({ day: addMonths(nextMonth.from, 2) })
  expect(anew).toMatchObject({ id: made.id, revision: 4 })
  expect(entryOf(anew, 'THEME_DAY')).toMatchObject({
    ...{ id, on: other },
    topics: [
      { text: '按月交纳党费', discussion: said.text, why: 'DUES' },
      { text: '走访困难党员', discussion: null, why: 'OWN' },
    ],
  })
  const own = anew.entries.find(({ origin }: { origin: string }) => origin === 'OWN')
  expect(own).toMatchObject({ kind: 'CLASS', topics: [{ text: '书记讲党课' }] })
  const without = (await done('remove', { planId: made.id, entryId: own.id })).plan
  expect(without.entries).toHaveLength(anew.entries.length - 1)
})

test('S0-11 what a development case has due stands on the agenda of a meeting that comes in time, with whom it is about', async () => {
  // Half a year ahead of the other plans of this file: an assembly within a month after the probation ends.
  const endsOn = addDays(addMonths(nextMonth.from, 6), 4)
  const ids = await seedMembers(county, [
    fullMember(county.code, tree.b1.code, rows.probationary('预备党员', addMonths(endsOn, -12))),
  ])
  const input = { organisationId: tree.b1.id, period: 'QUARTER', day: endsOn, themeDay: 20 }
  const read = `mutation ($input: MakeLifePlanInput!) { makeLifePlan(input: $input) { plan { entries {
    kind on topics { text why dueOn member { id } } } } } }`
  const found = await until(async () => {
    const { makeLifePlan } = dataOf(await county.world.askUntyped.org(county.admin, read, { input }))
    return (
      makeLifePlan.plan.entries.find(({ topics }: { topics: { why: string; text: string }[] }) =>
        topics.some(({ why, text }) => why === 'DEVELOPMENT' && text.startsWith('讨论预备党员转正')),
      ) ?? null
    )
  }, 30_000)
  expect(found.kind).toBe('BRANCH_ASSEMBLY')
  expect(found.on >= endsOn && found.on <= addDays(endsOn, 31)).toBe(true)
  expect(found.topics.filter(({ why }: { why: string }) => why === 'DEVELOPMENT')).toMatchObject([
    { dueOn: endsOn, member: { id: ids.get('预备党员') } },
  ])
})

describe('S0-11 what is refused says what was found and what is wanted', () => {
  test.each<[string, keyof typeof mutations, (made: { id: string; entries: Entry[] }) => object, string]>([
    [
      'a day before its time',
      'change',
      m => ({ entryId: entryOf(m, 'THEME_DAY').id, on: addDays(nextMonth.from, -1) }),
      'PLAN_DAY_REFUSED',
    ],
    [
      'a day after it',
      'change',
      m => ({ entryId: entryOf(m, 'THEME_DAY').id, on: addDays(nextMonth.until, 1) }),
      'PLAN_DAY_REFUSED',
    ],
    [
      'a topic that is not there',
      'change',
      m => ({ entryId: entryOf(m, 'THEME_DAY').id, discussions: [{ n: 9, text: '无' }] }),
      'PLAN_TOPIC_MISSING',
    ],
    [
      'a topic 0',
      'change',
      m => ({ entryId: entryOf(m, 'THEME_DAY').id, discussions: [{ n: 0, text: '无' }] }),
      'PLAN_TOPIC_MISSING',
    ],
    ['a topic of blanks', 'change', m => ({ entryId: entryOf(m, 'THEME_DAY').id, ownTopics: ['  '] }), 'BAD_INPUT'],
    [
      'taking out what the rules ask for',
      'remove',
      m => ({ entryId: entryOf(m, 'THEME_DAY').id }),
      'PLAN_ENTRY_IS_ASKED_FOR',
    ],
    ['an election that is no regular meeting', 'add', () => ({ kind: 'CONGRESS', on: nextMonth.from }), 'BAD_INPUT'],
    ['an old revision', 'file', () => ({ expectedRevision: 0 }), 'CONFLICT'],
  ])('%s', async (_, name, input, code) => {
    const made = await make({ day: nextMonth.from })
    expect(codesOf(await send(name, { planId: made.id, ...input(made) }))).toEqual([code])
  })

  test.each<[string, object, string]>([
    ['a time that is over', { day: addDays(periodOf('MONTH', today).from, -1) }, 'PLAN_PERIOD_REFUSED'],
    ['a time more than a year ahead', { day: addMonths(nextMonth.from, 13) }, 'PLAN_PERIOD_REFUSED'],
    ['a theme day that February lacks', { themeDay: 29 }, 'BAD_INPUT'],
    ['a theme day 0', { themeDay: 0 }, 'BAD_INPUT'],
  ])('a plan for %s', async (_, input, code) => {
    expect(
      codesOf(await send('make', { organisationId: tree.a1.id, period: 'MONTH', day: nextMonth.from, ...input })),
    ).toEqual([code])
  })

  test('a county’s committee has nothing that comes back', async () => {
    expect(
      codesOf(await send('make', { organisationId: tree.root.id, period: 'YEAR', day: today }, county.admin)),
    ).toEqual(['PLAN_NOT_FOR_ORGANISATION'])
  })
})

test('S0-6d a plan is filed where the county wants it; it stays as it is then, and is the branch’s again when made anew', async () => {
  const made = await make({ day: addMonths(nextMonth.from, 3) })
  expect(codesOf(await send('file', { planId: made.id }))).toEqual(['PLAN_FILING_NOT_ASKED'])
  await done('settings', { effectiveFrom: today, plansFiled: true, basis: '区委文件' }, county.admin)
  expect((await done('file', { planId: made.id })).plan).toMatchObject({ state: 'FILED' })
  const { id } = entryOf(made, 'THEME_DAY')
  expect(codesOf(await send('change', { planId: made.id, entryId: id, ownTopics: ['再加一项'] }))).toEqual([
    'PLAN_IS_FILED',
  ])
  expect(await make({ day: addMonths(nextMonth.from, 3) })).toMatchObject({ state: 'DRAFT', filedAt: null })
})

test('S0-11 what those above ask for stands on the agenda below, and is gone when it is taken back', async () => {
  const day = addMonths(nextMonth.from, 4)
  const { until: last } = periodOf('MONTH', day)
  const asked = { organisationId: tree.a.id, from: day, until: last, text: '学习党章', basis: '区委组织部〔2026〕9号' }
  const { theme } = await done('theme', asked, above)
  const texts = (made: { entries: Entry[] }) => entryOf(made, 'THEME_DAY').topics.map(({ text }) => text)
  expect(texts(await make({ day }))).toContain('学习党章')
  const beside = await make({ day, organisationId: tree.b1.id }, county.admin)
  expect(texts(beside)).not.toContain('学习党章')
  expect(await done('withdraw', { id: theme.id, reason: '合并布置' }, above)).toEqual({
    theme: { withdrawReason: '合并布置' },
  })
  expect(texts(await make({ day }))).not.toContain('学习党章')
  expect(codesOf(await send('withdraw', { id: theme.id, reason: '再撤' }, above))).toEqual(['THEME_WITHDRAWN_ALREADY'])
  // A branch asks nothing of the committee above it, and does not see its list.
  expect(codesOf(await send('theme', asked, keeper))).toEqual(['NOT_FOUND'])
  expect(codesOf(await send('theme', { ...asked, kind: 'CONGRESS' }, above))).toEqual(['THEME_KIND_REFUSED'])
  expect(codesOf(await send('theme', { ...asked, until: addDays(day, -1) }, above))).toEqual(['BAD_INPUT'])
  expect(codesOf(await send('theme', { ...asked, basis: ' ' }, above))).toEqual(['BAD_INPUT'])
})

test('S3-9 the county decides the theme day; branches that name none have it', async () => {
  const other = await createCounty()
  const { a1 } = await seedTwoCommittees(other)
  const set = (input: object, by = other.admin) =>
    other.world.askUntyped.org(by, mutations.settings, { input: { effectiveFrom: today, basis: '区委文件', ...input } })
  for (const input of [{ themeDay: 0 }, { themeDay: 29 }, { themeDayBy: 29 }, { themeDay: 10, themeDayBy: 9 }])
    expect(codesOf(await set(input))).toEqual(['BAD_INPUT'])
  const settings = { themeDay: 5, themeDayBy: 20, plansFiled: false, basis: '区委文件', effectiveFrom: today }
  expect(dataOf(await set({ themeDay: 5, themeDayBy: 20 })).done).toEqual({ settings })
  expect(codesOf(await set({ themeDay: 6 }))).toEqual(['LIFE_SETTINGS_DATE_TAKEN'])
  const secretary = await seedActor(other, 'SECRETARY', a1.id)
  expect(codesOf(await set({}, secretary))).toEqual(['FORBIDDEN'])
  const input = { organisationId: a1.id, period: 'MONTH', day: nextMonth.from }
  expect(dataOf(await other.world.askUntyped.org(secretary, mutations.make, { input })).done.plan).toMatchObject({
    themeDay: 5,
  })
})

test('S0-35 those above see a plan and what has become of it, those beside see nothing', async () => {
  const made = await make({ day: addMonths(nextMonth.from, 5) })
  const read = 'query ($id: ID!) { lifePlan(id: $id) { id entries { kind state } } }'
  const by = async (actor: Actor) => dataOf(await county.world.askUntyped.org(actor, read, { id: made.id })).lifePlan
  expect(await by(above)).toMatchObject({ id: made.id })
  expect(await by(await seedActor(county, 'SECRETARY', tree.a2.id))).toBeNull()
  expect(await by(await seedActor(county, 'SECRETARY', tree.b.id))).toBeNull()
  const list = 'query ($id: ID!) { organisation(id: $id) { lifePlans(first: 1) { totalCount nodes { every from } } } }'
  const { organisation } = dataOf(await county.world.askUntyped.org(above, list, { id: tree.a1.id }))
  expect(organisation.lifePlans.totalCount).toBeGreaterThan(1)
})

test('S0-26 a plan is compared with what was held: a closed meeting in its time is what was planned', async () => {
  const made = await make({ organisationId: tree.a2.id, period: 'YEAR', day: today }, county.admin)
  await done('add', { planId: made.id, kind: 'CLASS', on: today, ownTopics: ['书记讲党课'] }, county.admin)
  const registered = await county.world.askUntyped.members(
    county.admin,
    'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { members { nodes { id } } } } }',
    { refs: [{ __typename: 'Organisation', id: tree.a2.id }] },
  )
  const people = dataOf(registered)._entities[0].members.nodes.map(({ id }: { id: string }) => id)
  const desk = createDesk(county)
  const meeting = await desk.record(tree.a2.id, 'CLASS', { heldOn: today, presentIds: people })
  const read = `query ($id: ID!) { lifePlan(id: $id) { entries { origin state meeting { id } } } }`
  const own = async () => {
    const { lifePlan } = dataOf(await county.world.askUntyped.org(county.admin, read, { id: made.id }))
    return lifePlan.entries.find(({ origin }: { origin: string }) => origin === 'OWN')
  }
  expect(await own()).toMatchObject({ state: 'TO_COME', meeting: null })
  expect((await desk.close(meeting.id)).errors).toEqual([])
  // Whether the regular class of this quarter is past already or not, one of the two is what was held.
  const { lifePlan } = dataOf(await county.world.askUntyped.org(county.admin, read, { id: made.id }))
  expect(lifePlan.entries.flatMap((entry: { meeting: { id: string } | null }) => entry.meeting?.id ?? [])).toEqual([
    meeting.id,
  ])
})

test('S0-11 the calendar is told of what is still to come, each day once, and no more of what was held', async () => {
  const { b1 } = tree
  const ids = await seedMembers(county, [fullMember(county.code, b1.code, { 姓名: '乙一党员' })])
  const { plan: first } = await done(
    'make',
    { organisationId: b1.id, period: 'YEAR', day: today, themeDay: 15 },
    county.admin,
  )
  const { plan: made } = await done('add', { planId: first.id, kind: 'CLASS', on: today }, county.admin)
  const ofPlan = () => listener.heard.filter(({ subject }) => subject === uuidOf(made.id)).map(({ data }) => data)
  const daysOf = (entries: { on: string; state: string }[]) =>
    [...new Set(entries.flatMap(({ on, state }) => (state === 'HELD' || on < today ? [] : [on])))].toSorted()
  const told = await until(() => ofPlan().at(1) ?? null, 30_000)
  expect(told.dates.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual(daysOf(made.entries))
  const desk = createDesk(county)
  const meeting = await desk.record(b1.id, 'CLASS', { heldOn: today, presentIds: [ids.get('乙一党员') as string] })
  await desk.close(meeting.id)
  const after = await until(() => ofPlan().find(({ version }) => version > told.version) ?? null, 30_000)
  const read = 'query ($id: ID!) { lifePlan(id: $id) { entries { on state } } }'
  const { lifePlan } = dataOf(await county.world.askUntyped.org(county.admin, read, { id: made.id }))
  expect(after.dates.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual(daysOf(lifePlan.entries))
})

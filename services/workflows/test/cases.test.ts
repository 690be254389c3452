import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createPerform, createTransact, surroundings as ofService } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import type { DevelopmentCaseState } from '@linghang/events'
import { codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import type { Horizon } from '@linghang/harness/generated/workflows'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { migrateDatabase } from '@linghang/migrations'
import { addDays, type DeadlineRule } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { sendReminder } from '../src/inbox/send-reminder.ts'
import type { Tx } from '../src/work.ts'
import { tellAsMembers, today } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
let pool: ReturnType<typeof createPool>
let prisma: PrismaClient
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
  pool = createPool(databaseUrl(surroundings(), 'workflows'), { max: 4, applicationName: 'cases.test' })
  prisma = new PrismaClient({ adapter: createAdapter(pool) })
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
})

type Due = DevelopmentCaseState['deadlines'][number]
const due = (rule: DeadlineRule, inDays: number, at: string, more: Partial<Due> = {}): Due => ({
  ...{ rule, dueOn: addDays(today, inDays), nature: 'LATEST', article: `${rule} 条`, source: '细则' },
  ...{ certainty: 'SECONDARY', role: 'SECRETARY', orgId: uuidOf(at) },
  ...more,
})

const tellCase = async (more: Partial<DevelopmentCaseState>) => {
  const state: DevelopmentCaseState = {
    ...{ id: randomUUID(), memberId: randomUUID(), orgId: uuidOf(places.a1.id), state: 'OPEN' },
    ...{ stage: 'ADMISSION', step: 'ADMISSION_APPROVAL', deadlines: [], ladders: {}, version: 1 },
    ...more,
  }
  await tellAsMembers(county, 'members.case.changed.v1', state.id, state)
  await until(
    async () =>
      Number((await look('workflows', 'select version from watch where id = $1', [state.id]))[0]?.version) >=
      state.version,
    30_000,
    'the case is heard',
  )
  return state
}

const deadlinesOf = async (actor: Actor, memberId: string) =>
  entityOf(
    await county.world.ask.workflows(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { deadlines {
        rule dueOn state article office { role organisation { id } } } } } }`,
      { refs: [{ __typename: 'Member', id: `Member:${memberId}` }] },
    ),
  ).deadlines
const rulesOf = async (actor: Actor, memberId: string) =>
  (await deadlinesOf(actor, memberId)).map(({ rule }: { rule: string }) => rule)
const own = (memberId: string): Actor => ({
  ...{ kind: 'PERSON', accountId: randomUUID(), countyId: county.id, memberId, memberOrgId: uuidOf(places.a1.id) },
  ...{ grants: [], scopes: [] },
})

describe('S0-38 what is due of a case', () => {
  test('S0-38 each date is shown with its article, on the rung of its own ladder, with the office that can act', async () => {
    const secretary = await seedActor(county, 'SECRETARY', places.a.id)
    const { memberId } = await tellCase({
      deadlines: [due('ADMISSION_APPROVAL', 5, places.a.id), due('OATH', 20, places.a1.id)],
      ladders: { OATH: ['OVERDUE', 'MONTH_AHEAD'] },
    })
    expect(await deadlinesOf(secretary, memberId)).toEqual([
      {
        ...{
          rule: 'ADMISSION_APPROVAL',
          dueOn: addDays(today, 5),
          state: 'WEEK_AHEAD',
          article: 'ADMISSION_APPROVAL 条',
        },
        office: { role: 'SECRETARY', organisation: { id: places.a.id } },
      },
      {
        ...{ rule: 'OATH', dueOn: addDays(today, 20), state: 'MONTH_AHEAD', article: 'OATH 条' },
        office: { role: 'SECRETARY', organisation: { id: places.a1.id } },
      },
    ])
    const branch = await seedActor(county, 'SECRETARY', places.a1.id)
    expect((await deadlinesOf(branch, memberId))[0]?.office).toEqual({ role: 'SECRETARY', organisation: null })
    expect(await rulesOf(await seedActor(county, 'SECRETARY', places.a2.id), memberId)).toEqual([])
  })

  test('S2-11 the person sees their own dates, and not how long the political review about them holds', async () => {
    const { memberId } = await tellCase({
      deadlines: [due('POLITICAL_REVIEW_EXPIRES', 50, places.a1.id), due('OATH', 20, places.a1.id)],
    })
    expect(await rulesOf(own(memberId), memberId)).toEqual(['OATH'])
    expect(await rulesOf(county.admin, memberId)).toEqual(['OATH', 'POLITICAL_REVIEW_EXPIRES'])
    expect(await rulesOf(own(randomUUID()), memberId)).toEqual([])
  })

  test('S0-38 dates follow the case, an older change changes nothing, and an ended case has none', async () => {
    const first = await tellCase({ version: 5, deadlines: [due('OATH', 20, places.a1.id)] })
    const { memberId } = first
    await tellAsMembers(county, 'members.case.changed.v1', first.id, { ...first, version: 4, deadlines: [] })
    await tellCase({ ...first, version: 6, deadlines: [due('PROBATION_ENDS', 200, places.a1.id)] })
    expect(await rulesOf(county.admin, memberId)).toEqual(['PROBATION_ENDS'])
    await tellCase({ ...first, version: 7, state: 'ARCHIVED' })
    expect(await rulesOf(county.admin, memberId)).toEqual([])
  })

  const turnsOf = (memberId: string) =>
    look(
      'workflows',
      `select org_id, role, due_on::text, rule from reminder where subject_id = $1 and rung = 'TURN' order by id`,
      [memberId],
    )

  test('S0-38 who is to take the next step hears it, once for each time that it becomes theirs', async () => {
    const turn = { role: 'SECRETARY', orgId: uuidOf(places.a.id), since: today }
    const passed = await tellCase({ version: 3, step: 'COMMITTEE_TALK', turn })
    const { memberId } = passed
    await tellAsMembers(county, 'members.case.changed.v1', passed.id, passed)
    await tellCase({ ...passed, version: 4, turn: null })
    const once = { org_id: uuidOf(places.a.id), role: 'SECRETARY', due_on: today, rule: 'STEP_TURN' }
    expect(await turnsOf(memberId)).toEqual([once])
    await tellCase({ ...passed, version: 6 })
    expect(await turnsOf(memberId)).toEqual([once, once])
  })

  test('S0-38 a case that ended late in the telling leaves the dates of the one after it alone', async () => {
    const before = await tellCase({ deadlines: [due('APPLICANT_TALK', 20, places.a1.id)] })
    const { memberId } = before
    await tellCase({ memberId, deadlines: [due('APPLICANT_TALK', 20, places.a1.id)] })
    await tellCase({ ...before, version: 2, state: 'ENDED' })
    expect(await rulesOf(county.admin, memberId)).toEqual(['APPLICANT_TALK'])
  })

  test('S0-38 a rule that nobody knows is kept as a dead letter and shown nowhere', async () => {
    const id = randomUUID()
    const memberId = randomUUID()
    await tellAsMembers(county, 'members.case.changed.v1', id, {
      ...{ id, memberId, orgId: uuidOf(places.a1.id), state: 'OPEN', stage: 'ADMISSION', step: 'OATH' },
      ...{ deadlines: [due('OATH', 1, places.a1.id, { rule: 'NO_SUCH_RULE' })], ladders: {}, version: 1 },
    })
    await until(
      async () =>
        (
          await look(
            'workflows',
            `select 1 from dead_letter where consumer = 'workflows.cases' and reason like '%NO_SUCH_RULE%'`,
          )
        ).length > 0,
      30_000,
      'the dead letter is kept',
    )
    expect(await rulesOf(county.admin, memberId)).toEqual([])
  })

  test('S0-38 what falls due is counted by rule, within a month, a quarter, half a year and a year', async () => {
    const deadlines = [
      due('APPLICANT_TALK', -3, places.b1.id),
      due('OATH', 20, places.b1.id),
      due('HALF_YEARLY_REVIEW', 80, places.b1.id),
      due('PROBATION_ENDS', 170, places.b1.id),
      due('PROBATION_REVIEW', 300, places.b1.id),
      due('THOUGHT_REPORT', 400, places.b1.id),
    ]
    await tellCase({ orgId: uuidOf(places.b1.id), deadlines })
    const within = async (horizon: Horizon | null) =>
      entityOf(
        await county.world.ask.workflows(
          county.admin,
          `query ($refs: [_Any!]!, $within: Horizon) { _entities(representations: $refs) { ... on Organisation {
            deadlines(within: $within) { totalCount byRule { rule count overdue } nodes { rule } } } } }`,
          { refs: [{ __typename: 'Organisation', id: places.b.id }], within: horizon },
        ),
      ).deadlines
    const counts = []
    for (const horizon of ['MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR', null] as const)
      counts.push((await within(horizon)).totalCount)
    expect(counts).toEqual([2, 3, 4, 5, 6])
    expect((await within('MONTH')).byRule).toEqual([
      { rule: 'APPLICANT_TALK', count: 1, overdue: 1 },
      { rule: 'OATH', count: 1, overdue: 0 },
    ])
  })
})

describe('S0-38 reminders of a case', () => {
  type OnSent = Parameters<typeof sendReminder>[0]['onSent']
  const sending = (atMost: number, onSent: OnSent = () => undefined) =>
    sendReminder({
      perform: createPerform(createTransact<Tx>(prisma), ofService, () => ({})),
      together: { lingerMs: 5, atMost },
      onSent,
    })
  /** As if the dates had been heard of so long ago. */
  const knownFor = (subjectId: string, time: string) =>
    look('workflows', 'update deadline set id = uuidv7(-$2::interval) where subject_id = $1', [subjectId, time])
  const remindersOf = (subjectId: string) =>
    look('workflows', 'select rung, week, org_id from reminder where subject_id = $1 order by rung, week, org_id', [
      subjectId,
    ])

  test.each([1, 50])(
    'S0-38 go to the office that can act and, once overdue, to its superior: %i at once',
    async atMost => {
      const late: Record<string, boolean[]> = {}
      const send = sending(atMost, one => {
        late[one.rung] = [...(late[one.rung] ?? []), one.late]
      })
      const { memberId } = await tellCase({ deadlines: [due('ADMISSION_APPROVAL', -1, places.a.id)] })
      await knownFor(memberId, '10 days')
      const one = {
        countyId: county.id,
        subjectId: memberId,
        rule: 'ADMISSION_APPROVAL' as const,
        dueOn: addDays(today, -1),
      }
      const dues = [
        { ...one, rung: 'WEEK_AHEAD' as const, week: 0, round: 1 },
        { ...one, rung: 'OVERDUE' as const, week: 0, round: 1 },
        { ...one, rung: 'OVERDUE' as const, week: 1, round: 1 },
      ]
      // Twice at one moment, and once more later: each is there once.
      await Promise.all([...dues, ...dues].map(send))
      await Promise.all(dues.map(send))
      const [office, superior] = [uuidOf(places.a.id), uuidOf(places.root.id)]
      const pairs = (week: number) => [office, superior].sort().map(org_id => ({ rung: 'OVERDUE', week, org_id }))
      expect(await remindersOf(memberId)).toEqual([
        ...pairs(0),
        ...pairs(1),
        { rung: 'WEEK_AHEAD', week: 0, org_id: office },
      ])
      // An operator is told which went out after their day, each by its own: two offices a time once overdue.
      expect(late).toEqual({ WEEK_AHEAD: [true], OVERDUE: [false, false, false, false] })
    },
  )

  test('S0-38 of a date that became known after its day, as with a roster of old terms, no reminder is late', async () => {
    const late: boolean[] = []
    const send = sending(50, one => void late.push(one.late))
    const { memberId } = await tellCase({ deadlines: [due('ADMISSION_APPROVAL', -40, places.a.id)] })
    const one = {
      countyId: county.id,
      subjectId: memberId,
      rule: 'ADMISSION_APPROVAL',
      dueOn: addDays(today, -40),
    } as const
    await send({ ...one, rung: 'OVERDUE', week: 0, round: 1 })
    expect(late).toEqual([false, false])
    await knownFor(memberId, '2 days')
    await send({ ...one, rung: 'OVERDUE', week: 1, round: 1 })
    expect(late).toEqual([false, false, true, true])
  })

  test.each([
    // 支部工作条例 art. 21: six months before a term ends the superior reminds.
    ['TERM_ENDS', 'YEAR_AHEAD', '第二十一条', false],
    ['TERM_ENDS', 'HALF_YEAR_AHEAD', '第二十一条', true],
    ['TERM_ENDS', 'QUARTER_AHEAD', '第二十一条', false],
    ['TERM_ENDS', 'OVERDUE', '第二十一条', true],
    ['PROBATION_ENDS', 'HALF_YEAR_AHEAD', '第三十一条', false],
    ['HALF_YEARLY_REVIEW', 'OVERDUE', '第十一条', true],
    ['HALF_YEARLY_REVIEW', 'OVERDUE', '工作惯例', false],
  ] as const)('S0-38 of %s at %s, by %s, the superior hears: %s', async (rule, rung, article, hears) => {
    const dueOn = addDays(today, 1)
    const { memberId } = await tellCase({ deadlines: [due(rule, 1, places.a1.id, { article })] })
    await sending(1)({ countyId: county.id, subjectId: memberId, rule, dueOn, rung, week: 0, round: 1 })
    const told = (await remindersOf(memberId)).map(({ org_id }) => org_id)
    expect(told.sort()).toEqual([uuidOf(places.a1.id), ...(hears ? [uuidOf(places.a.id)] : [])].sort())
  })

  test('S0-37 what an office was reminded of is in the inbox of the one that takes the person over', async () => {
    const first = await tellCase({ deadlines: [due('OATH', 5, places.a1.id)] })
    const { memberId } = first
    const given = { rule: 'OATH', dueOn: addDays(today, 5), rung: 'WEEK_AHEAD', week: 0, round: 1 } as const
    await sending(1)({ countyId: county.id, subjectId: memberId, ...given })
    const moved = { orgId: uuidOf(places.a2.id), deadlines: [due('OATH', 5, places.a2.id)] }
    await tellCase({ ...first, ...moved, version: 2 })
    await tellCase({ ...first, ...moved, version: 3 })
    const told = (await remindersOf(memberId)).map(({ rung, org_id }) => ({ rung, org_id }))
    expect(told).toEqual(
      [places.a1.id, places.a2.id]
        .map(uuidOf)
        .toSorted()
        .map(org_id => ({ rung: 'WEEK_AHEAD', org_id })),
    )
  })

  test('S0-38 written ahead they are in the inbox when offices open, and not when their date was settled before', async () => {
    const { orgId, role } = { orgId: places.b1.id, role: 'SECRETARY' as const }
    const secretary = await seedActor(county, role, orgId)
    const inbox = async () =>
      entityOf(
        await county.world.ask.workflows(
          secretary,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me {
            inbox { totalCount nodes { id rule dueOn } } } } }`,
          { refs: [{ __typename: 'Me', id: `Account:${secretary.accountId}` }] },
        ),
      ).inbox
    const tomorrow = addDays(today, 8)
    const kept = await tellCase({ deadlines: [due('OATH', 8, orgId)] })
    const settled = await tellCase({ deadlines: [due('OATH', 8, orgId)] })
    for (const { memberId: subjectId } of [kept, settled])
      await sending(50)({ countyId: county.id, subjectId, rule: 'OATH', dueOn: tomorrow, rung: 'WEEK_AHEAD' })
    expect(await inbox()).toEqual({ totalCount: 0, nodes: [] })
    const hidden = await look('workflows', 'select id from reminder where subject_id = $1', [kept.memberId])
    const mark = (idempotencyKey?: string, ids = hidden.map(({ id }) => `Reminder:${id}`)) =>
      county.world.ask.workflows(
        secretary,
        'mutation ($input: MarkRemindersReadInput!) { markRemindersRead(input: $input) { marked } }',
        { input: { ids, idempotencyKey } },
      )
    expect(dataOf(await mark()).markRemindersRead.marked).toBe(0)
    await tellCase({ ...settled, version: 2, deadlines: [] })
    await look('workflows', 'update reminder set sent_at = now() where subject_id = any ($1)', [
      [kept.memberId, settled.memberId],
    ])
    expect(await inbox()).toMatchObject({ totalCount: 1, nodes: [{ id: `Reminder:${hidden[0].id}` }] })
    for (const _ of ['first', 'again']) expect(dataOf(await mark('read-1')).markRemindersRead.marked).toBe(1)
    expect(dataOf(await mark('read-2')).markRemindersRead.marked).toBe(0)
    expect(codesOf(await mark('read-1', []))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    // What is settled after it was seen has been seen.
    await tellCase({ ...kept, version: 2, deadlines: [] })
    expect(await inbox()).toMatchObject({ totalCount: 1 })
  })

  test('S0-38 of a date that is closed meanwhile nobody is reminded', async () => {
    const first = await tellCase({ deadlines: [due('OATH', 3, places.a1.id)] })
    await tellCase({ ...first, version: 2, deadlines: [] })
    await sending(50)({
      ...{ countyId: county.id, subjectId: first.memberId, rule: 'OATH', dueOn: addDays(today, 3), rung: 'WEEK_AHEAD' },
    })
    expect(await remindersOf(first.memberId)).toEqual([])
  })
})

describe('S0-38 a database of the time before cases', () => {
  test('S0-38 loses its watches of people, which their workflows are told, and none of its reminders', async () => {
    const at = surroundings()
    const database = `workflows_before_${randomUUID().slice(0, 8)}`
    const all = join(at.root, 'services/workflows/prisma/migrations')
    const old = mkdtempSync(join(tmpdir(), 'linghang-migrations-'))
    const isOlder = (file: string) => (/\/(\d{14})_/.exec(file)?.[1] ?? '') < '20261123000100'
    cpSync(all, old, { recursive: true, dereference: true, filter: isOlder })
    await migrateDatabase({ superuserUrl: at.postgresUrl, database, migrationsDir: old })
    const suffix = database.slice('workflows_'.length)
    const lookAt = (sql: string) => look('workflows', sql, [], suffix)
    const [person, organisation, county] = [randomUUID(), randomUUID(), randomUUID()]
    await lookAt(`insert into watched_subject (id, county_id, org_id, type, deadlines, version, told_version) values
      ('${person}', '${county}', '${organisation}', 'MEMBER', '[{"rule":"OATH","dueOn":"2027-01-01","nature":"LATEST"}]', 7, 7),
      ('${organisation}', '${county}', '${organisation}', 'ORGANISATION', '[{"rule":"TERM_ENDS","dueOn":"2027-01-01","nature":"LATEST"}]', 3, 3)`)
    for (const [id, type] of [
      [person, 'MEMBER'],
      [organisation, 'ORGANISATION'],
    ])
      await lookAt(`insert into deadline (county_id, org_id, subject_id, subject_type, rule, due_on, nature, article, source, certainty, office_role)
        values ('${county}', '${organisation}', '${id}', '${type}', 'PROBATION_ENDS', '2027-01-01', 'LATEST', '', '', 'VERIFIED', 'SECRETARY')`)
    await lookAt(`insert into reminder (county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, sent_at)
      values ('${county}', '${organisation}', 'SECRETARY', '${person}', 'MEMBER', 'PROBATION_ENDS', '2027-01-01', 'MONTH_AHEAD', now())`)
    await migrateDatabase({ superuserUrl: at.postgresUrl, database, migrationsDir: all })
    expect(
      await lookAt('select kind, state, deadlines, version::int, told_version::int from watch order by kind'),
    ).toEqual([
      { kind: 'MEMBER', state: 'ENDED', deadlines: [], version: 8, told_version: 7 },
      // Its workflow has another name than before and is begun anew.
      expect.objectContaining({ kind: 'TERM_OF_OFFICE', state: 'OPEN', version: 3, told_version: 0 }),
    ])
    expect(
      await lookAt(
        'select subject_type, closed_at is null as open, watch_id = subject_id as own from deadline order by 1',
      ),
    ).toEqual([
      { subject_type: 'MEMBER', open: false, own: true },
      { subject_type: 'ORGANISATION', open: true, own: true },
    ])
    expect(await lookAt('select rung, week, round from reminder')).toEqual([{ rung: 'MONTH_AHEAD', week: 0, round: 1 }])
    rmSync(old, { recursive: true })
  })
})

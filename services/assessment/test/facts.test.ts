import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createTransact, shanghaiDay, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { inOrder } from '../src/facts/fact.ts'
import { factStore } from '../src/facts/journal/store.ts'
import { peopleStore } from '../src/facts/people/store.ts'
import type { Tx } from '../src/work.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const lastWeek = addDays(today, -7)
const month = monthOf(today)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: Map<string, string>
const pool = createPool(databaseUrl(surroundings(), 'assessment'), { max: 4, applicationName: 'facts-test' })
const prisma = new PrismaClient({ adapter: createAdapter(pool) })
const inCounty = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  createTransact<Tx>(prisma)(systemActor(county.id), work)

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  people = await seedMembers(
    county,
    Array.from({ length: 4 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
  )
  dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      {
        input: {
          ...{ organisationId: tree.root.id, bank: 'ICBC', bankNumber: '6222021203001234567' },
          openedOn: addMonths(month, -3),
        },
      },
    ),
  )
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
})

const idOf = (name: string) => people.get(name) as string
const factsOf = async (subjectId: string, from = '2020-01-01', to = today) =>
  (await inCounty(tx => factStore.ofSubjects(tx, county.id, [uuidOf(subjectId)], from, to))).get(uuidOf(subjectId)) ??
  []
/** A closed meeting of a class; all that it names came. @returns its id */
async function close(heldOn: string, presentIds: string[]): Promise<string> {
  const content = { heldOn, place: '会议室', agenda: '学习', minutes: '集中学习。', presentIds, absentIds: [] }
  const { recordMeeting } = dataOf(
    await county.world.ask.org(
      county.admin,
      'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
      { input: { organisationId: tree.a1.id, kind: 'CLASS', content } },
    ),
  )
  const { id } = recordMeeting.meeting
  dataOf(
    await county.world.ask.org(
      county.admin,
      'mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }',
      { input: { id } },
    ),
  )
  return id
}

describe('S0-21 facts from what the services tell', () => {
  test('S0-21 a meeting that was held is a fact of the branch, and a correction takes its place', async () => {
    const everybody = [0, 1, 2, 3].map(n => idOf(`甲一${n}`))
    const id = await close(lastWeek, everybody)
    const [held] = await until(async () => {
      const found = await factsOf(tree.a1.id)
      return found.length > 0 ? found : null
    }, 30_000)
    const fact = {
      ...{ subjectType: 'ORGANISATION', subjectId: uuidOf(tree.a1.id), orgId: uuidOf(tree.a1.id), quantity: 100 },
      ...{ kind: 'MEETING_HELD', day: lastWeek, source: { type: 'Meeting', id: uuidOf(id), version: 1 } },
      attributes: { due: 4, present: 4, meetingKind: 'CLASS', resolutions: 0 },
    }
    expect(held).toEqual(fact)

    const earlier = addDays(lastWeek, -30)
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: CorrectMeetingInput!) { correctMeeting(input: $input) { meeting { version } } }',
        {
          input: {
            ...{ id, reason: '日期有误，缺席一人' },
            content: {
              ...{ heldOn: earlier, place: '会议室', agenda: '学习', minutes: '集中学习。' },
              ...{ presentIds: everybody.slice(1), absentIds: everybody.slice(0, 1) },
            },
          },
        },
      ),
    )
    const corrected = await until(async () => {
      const found = await factsOf(tree.a1.id)
      return found.some(({ source }) => source.version === 2) ? found : null
    }, 30_000)
    expect(corrected).toEqual([
      {
        ...fact,
        day: earlier,
        source: { ...fact.source, version: 2 },
        attributes: { ...fact.attributes, present: 3 },
      },
    ])
    expect(await factsOf(tree.a1.id, lastWeek)).toEqual([])
    // What the first version said still stands in the journal, which cannot be changed.
    expect(
      await look(
        'assessment',
        `select source_version::int, day::text from fact where source_id = $1 and told_as = 'org.meeting.closed' order by 1`,
        [uuidOf(id)],
      ),
    ).toEqual([
      { source_version: 1, day: lastWeek },
      { source_version: 2, day: earlier },
    ])
    const attended = (name: string) =>
      until(async () => {
        const found = (await factsOf(idOf(name))).filter(({ source }) => source.id === uuidOf(id))
        return found[0]?.source.version === 2 ? found : null
      }, 30_000)
    const attendance = { meetingKind: 'CLASS', late: false, leftEarly: false, madeUp: false }
    expect(await attended('甲一0')).toMatchObject([
      { kind: 'ATTENDANCE', day: earlier, attributes: { ...attendance, attendance: 'ABSENT' } },
    ])
    expect(await attended('甲一1')).toMatchObject([
      { kind: 'ATTENDANCE', day: earlier, attributes: { ...attendance, attendance: 'PRESENT' } },
    ])
  })

  test('S0-21 months of dues are facts of the member, where they belonged on that day', async () => {
    dataOf(
      await county.world.ask.dues(
        county.admin,
        'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
        { input: { memberId: idOf('甲一0'), through: addMonths(month, -3) } },
      ),
    )
    const duesOf = (field: 'pauseDues' | 'resumeDues', input: object) =>
      county.world.askUntyped.dues(
        county.admin,
        `mutation ($input: ${field === 'pauseDues' ? 'PauseDuesInput' : 'ResumeDuesInput'}!) { ${field}(input: $input) { record { paidThrough } } }`,
        { input: { memberId: idOf('甲一0'), ...input } },
      )
    dataOf(
      await duesOf('pauseDues', {
        ...{ from: addMonths(month, -2), kind: 'MEMBERSHIP_SUSPENDED', basis: '支部党员大会 2026 年第 9 号' },
      }),
    )
    // What was taken back was not owed after all; this month is owed again once the pause is over.
    dataOf(await duesOf('resumeDues', { until: today }))
    const found = await until(async () => {
      const facts = (await factsOf(idOf('甲一0'))).filter(({ kind }) => kind === 'DUES_MONTH')
      return facts.length === 1 ? facts : null
    }, 30_000)
    expect(found).toMatchObject([
      {
        ...{ subjectType: 'MEMBER', kind: 'DUES_MONTH', day: month, orgId: uuidOf(tree.a1.id) },
        attributes: { state: 'OPEN', inTime: false },
        source: { type: 'DuesBill' },
      },
    ])
    const all = await factsOf(idOf('甲一0'))
    expect(all).toEqual(all.toSorted(inOrder))
    const atBranch = await inCounty(tx =>
      factStore.ofMembersAt(tx, county.id, [uuidOf(tree.a1.id)], ['DUES_MONTH'], month, today),
    )
    expect(atBranch.get(uuidOf(tree.a1.id))).toEqual(found)
    const others = await inCounty(tx =>
      factStore.ofMembersAt(tx, county.id, [uuidOf(tree.a1.id)], ['ATTENDANCE'], month, today),
    )
    expect(others).toEqual(new Map())
  })

  test('S0-21 where people belong and as what is known of any day; whoever nobody told of is not there', async () => {
    const ids = [uuidOf(idOf('甲一1')), randomUUID()]
    const at = await inCounty(tx => peopleStore.at(tx, county.id, ids, today))
    expect([...at.values()]).toMatchObject([
      { memberId: ids[0], orgId: uuidOf(tree.a1.id), orgSince: null, kind: 'FULL' },
    ])
    expect(await inCounty(tx => peopleStore.everAt(tx, county.id, [uuidOf(tree.a1.id)]))).toHaveLength(4)
  })
})

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay, systemActor } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { CommitteePost, RecordSeatInput } from '@linghang/harness/generated/org'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember, rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths } from '@linghang/rulebook'
import { type TakeSeats, takeSeats } from '../src/structure/seats/take-seats.ts'
import { refusalOf } from './meeting-desk.ts'
import { openOrg } from './perform.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const lastYear = addMonths(today, -12)
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let listener: Awaited<ReturnType<typeof listen<'org.committee.changed.v1'>>>
let org: ReturnType<typeof openOrg>
let people: Map<string, string>
let adminOfA1: Actor
const of = (name: string) => people.get(name) as string

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  listener = await listen('org.events', ['org.committee.changed.v1'])
  org = openOrg()
  const full = (branch: string, 姓名: string) => fullMember(county.code, branch, { 姓名 })
  people = await seedMembers(county, [
    // Seven full members, so that A1 has a committee; six at B1, which has none.
    ...Array.from({ length: 7 }, (_, i) => full(tree.a1.code, `甲一${i}`)),
    ...Array.from({ length: 10 }, (_, i) => full(tree.a2.code, `甲二${i}`)),
    ...Array.from({ length: 6 }, (_, i) => full(tree.b1.code, `乙一${i}`)),
    fullMember(county.code, tree.a1.code, rows.probationary('预备', addDays(today, -100))),
  ])
  adminOfA1 = await seedActor(county, 'ADMIN', tree.a1.id)
})
afterAll(async () => {
  await listener?.stop()
  await org?.close()
})

const record = (input: Partial<RecordSeatInput> & { memberId: string }, actor = county.admin) =>
  county.world.ask.org(
    actor,
    'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id post entry from until evidence endReason } } }',
    {
      input: {
        ...{ organisationId: tree.a1.id, post: 'MEMBER', entry: 'ELECTED', from: lastYear, evidence: '党员大会选举' },
        ...input,
      },
    },
  )
const end = (seatId: string, more: { until?: string } = {}, actor = county.admin) =>
  county.world.ask.org(
    actor,
    'mutation ($input: EndSeatInput!) { endSeat(input: $input) { seat { id until endReason } } }',
    { input: { seatId, reason: '工作调动', ...more } },
  )
const committee = async (organisationId: string, on?: string, actor = county.admin) =>
  dataOf(
    await county.world.ask.org(
      actor,
      'query ($id: ID!, $on: Date) { organisation(id: $id) { committee(on: $on) { id memberId post entry from until } } }',
      { id: organisationId, on },
    ),
  ).organisation.committee
const recorded = async (input: Parameters<typeof record>[0], actor = county.admin) =>
  dataOf(await record(input, actor)).recordSeat.seat.id as string

describe('S0-12 committee seats', () => {
  test('S0-12 who sits in the committee on a day is known, and what has ended stays as history', async () => {
    const seatId = await recorded({ memberId: of('甲一0'), post: 'PUBLICITY' })
    const ended = dataOf(await end(seatId, { until: addDays(today, -1) })).endSeat.seat
    expect(ended).toEqual({ id: seatId, until: addDays(today, -1), endReason: '工作调动' })
    const on = async (day: string) => (await committee(tree.a1.id, day)).map(({ id }: { id: string }) => id)
    expect(await on(addDays(lastYear, -1))).not.toContain(seatId)
    expect(await on(lastYear)).toContain(seatId)
    expect(await on(addDays(today, -2))).toContain(seatId)
    expect(await on(addDays(today, -1))).not.toContain(seatId)
    const history = dataOf(
      await county.world.ask.org(
        county.admin,
        'query ($id: ID!) { organisation(id: $id) { committeeHistory(first: 50) { totalCount nodes { id until } } } }',
        { id: tree.a1.id },
      ),
    ).organisation.committeeHistory
    expect(history.nodes).toContainEqual({ id: seatId, until: addDays(today, -1) })
    expect(codesOf(await end(seatId))).toEqual(['SEAT_ENDED_ALREADY'])
  })

  test('S0-12 the same key records once, and another seat by it is refused', async () => {
    const input = { memberId: of('甲一1'), post: 'ORGANISATION', idempotencyKey: 'once' } as const
    const first = await recorded(input)
    expect(await recorded(input)).toBe(first)
    expect(codesOf(await record({ ...input, post: 'PUBLICITY' }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    dataOf(await end(first))
  })

  test('S0-12 each change tells who sits there, by ids and a version that grows', async () => {
    const seatId = await recorded({ memberId: of('乙一0'), organisationId: tree.b1.id, post: 'SECRETARY' })
    dataOf(await end(seatId))
    const told = await until(() => {
      const states = listener.heard.flatMap(({ subject, data }) => (subject === uuidOf(tree.b1.id) ? [data] : []))
      return states.length >= 2 ? states : null
    }, 30_000)
    const seat = {
      id: uuidOf(seatId),
      memberId: uuidOf(of('乙一0')),
      post: 'SECRETARY',
      entry: 'ELECTED',
      from: lastYear,
    }
    expect(told).toEqual([
      { orgId: uuidOf(tree.b1.id), seats: [seat], version: 1 },
      { orgId: uuidOf(tree.b1.id), seats: [], version: 2 },
    ])
  })

  test('S0-12 only a full member sits in a committee', async () => {
    expect(refusalOf(await record({ memberId: of('预备'), from: today }))).toEqual({
      ...{ code: 'SEAT_HOLDER_NOT_FULL', found: 'PROBATIONARY', wanted: 'FULL', article: '第五条' },
    })
  })

  test('S0-12 nobody whose rights are suspended sits there, from the first day of the penalty', async () => {
    const fromOn = addMonths(today, -6)
    dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation ($input: RecordPenaltyInput!) { recordPenalty(input: $input) { member { id } } }',
        { input: { memberId: of('甲一6'), basis: '纪委〔2026〕5 号', fromOn, untilOn: addMonths(fromOn, 12) } },
      ),
    )
    await everyoneKnown(county)
    expect(refusalOf(await record({ memberId: of('甲一6'), from: fromOn }))).toMatchObject({
      ...{ code: 'SEAT_HOLDER_SUSPENDED', found: fromOn, article: '第五条' },
    })
    const before = { from: addDays(fromOn, -1), until: fromOn }
    expect(codesOf(await record({ memberId: of('甲一6'), ...before }))).toEqual([])
  })

  test('S0-12 one secretary at a time, another once the seat has ended', async () => {
    const first = await recorded({ memberId: of('甲一0'), post: 'SECRETARY' })
    expect(refusalOf(await record({ memberId: of('甲一1'), post: 'SECRETARY', from: today }))).toMatchObject({
      ...{ code: 'POST_TAKEN', found: of('甲一0'), article: '第二十条' },
    })
    dataOf(await end(first))
    const next = await recorded({ memberId: of('甲一1'), post: 'SECRETARY', from: today })
    dataOf(await end(next))
  })

  test('S0-12 two who record a secretary at the same moment: one is refused', async () => {
    const answers = await Promise.all(
      ['甲一2', '甲一3'].map(name => record({ memberId: of(name), post: 'SECRETARY', from: today })),
    )
    expect(answers.flatMap(codesOf)).toEqual(['POST_TAKEN'])
    for (const { data } of answers) if (data) dataOf(await end(data.recordSeat.seat.id))
  })

  test('S0-12 nobody is secretary and deputy at once, and deputy and member for organisation may be one person', async () => {
    const deputy = await recorded({ memberId: of('甲一4'), post: 'DEPUTY_SECRETARY' })
    expect(refusalOf(await record({ memberId: of('甲一4'), post: 'SECRETARY', from: today }))).toMatchObject({
      ...{ code: 'SEAT_HELD_ALREADY', found: 'DEPUTY_SECRETARY', wanted: 'SECRETARY' },
    })
    const second = await recorded({ memberId: of('甲一4'), post: 'ORGANISATION' })
    for (const seatId of [deputy, second]) dataOf(await end(seatId))
  })

  test('S0-12 a branch of six full members has a secretary and a deputy, and no committee', async () => {
    const at = { organisationId: tree.b1.id, from: today }
    expect(refusalOf(await record({ ...at, memberId: of('乙一1'), post: 'PUBLICITY' }))).toMatchObject({
      ...{ code: 'POST_WITHOUT_COMMITTEE', found: 6, wanted: 7, article: '第二十条' },
    })
    const deputy = await recorded({ ...at, memberId: of('乙一1'), post: 'DEPUTY_SECRETARY' })
    expect(codesOf(await record({ ...at, memberId: of('乙一2'), post: 'DEPUTY_SECRETARY' }))).toEqual(['POST_TAKEN'])
    dataOf(await end(deputy))
  })

  test('S0-12 seven sit in a branch’s committee, an eighth does not', async () => {
    const at = { organisationId: tree.a2.id, from: lastYear }
    const seated: string[] = []
    for (const n of [0, 1, 2, 3, 4, 5, 6]) seated.push(await recorded({ ...at, memberId: of(`甲二${n}`) }))
    expect(refusalOf(await record({ ...at, memberId: of('甲二7'), from: today }))).toMatchObject({
      ...{ code: 'COMMITTEE_TOO_LARGE', found: 8, wanted: 7, article: '第二十条' },
    })
    // One of the seven in a second post is no eighth person.
    expect(codesOf(await record({ ...at, memberId: of('甲二0'), post: 'PUBLICITY' }))).toEqual([])
    dataOf(await end(seated[6] as string))
    expect(codesOf(await record({ ...at, memberId: of('甲二7'), from: today }))).toEqual([])
  })

  test('S0-12 who belongs elsewhere comes in by the superior alone, as first secretary or appointed', async () => {
    const from = { memberId: of('乙一3'), from: today }
    expect(refusalOf(await record({ ...from, post: 'SECRETARY' }))).toMatchObject({
      ...{ code: 'SEAT_HOLDER_FROM_OUTSIDE', found: 'ELECTED', article: '第二十一条、第二十四条' },
    })
    const first = { ...from, post: 'FIRST_SECRETARY', entry: 'FIRST_SECRETARY' } as const
    expect(codesOf(await record({ ...first, post: 'SECRETARY' }))).toEqual(['SEAT_POST_NOT_FOR_ENTRY'])
    expect(codesOf(await record(first, adminOfA1))).toEqual(['FORBIDDEN'])
    const seatId = await recorded(first)
    expect(codesOf(await end(seatId, {}, adminOfA1))).toEqual(['FORBIDDEN'])
    expect((await committee(tree.a1.id, undefined, adminOfA1)).map(({ id }: { id: string }) => id)).toContain(seatId)
  })

  test('S0-12 whoever administers the branch records who was elected there, nobody beside or below it', async () => {
    const seatId = await recorded({ memberId: of('甲一5'), post: 'DISCIPLINE' }, adminOfA1)
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    expect(codesOf(await end(seatId, {}, secretary))).toEqual(['FORBIDDEN'])
    const adminOfB = await seedActor(county, 'ADMIN', tree.b.id)
    expect(codesOf(await end(seatId, {}, adminOfB))).toEqual(['NOT_FOUND'])
    expect(codesOf(await record({ memberId: of('甲一5') }, adminOfB))).toEqual(['NOT_FOUND'])
    dataOf(await end(seatId, {}, adminOfA1))
  })

  test('S0-12 a seat offers its holder’s login the office that goes with it, to whoever administers, until it is held', async () => {
    const memberId = of('甲一2')
    const seatId = await recorded({ memberId, post: 'DISCIPLINE' })
    const offered = async (actor: Actor) =>
      (
        dataOf(
          await county.world.askUntyped.org(
            actor,
            'query ($id: ID!) { node(id: $id) { ... on CommitteeSeat { offeredOffice { role account { id } } } } }',
            { id: seatId },
          ),
        ) as { node: { offeredOffice: unknown } }
      ).node.offeredOffice
    expect(await offered(county.admin)).toBeNull()
    const { accountId } = await seedAccount(county, { keptBy: tree.a1.id, memberId })
    expect(await offered(county.admin)).toEqual({ role: 'DISCIPLINE_INSPECTOR', account: { id: accountId } })
    expect(await offered(adminOfA1)).toEqual({ role: 'DISCIPLINE_INSPECTOR', account: { id: accountId } })
    expect(await offered(await seedActor(county, 'SECRETARY', tree.a1.id))).toBeNull()
    const input = { accountId, organisationId: tree.a1.id, role: 'DISCIPLINE_INSPECTOR' } as const
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id } } }',
        { input },
      ),
    )
    expect(await offered(county.admin)).toBeNull()
    dataOf(await end(seatId))
  })

  test('S0-12 a seat begins today or earlier, and ends not before it begins', async () => {
    expect(codesOf(await record({ memberId: of('甲一5'), from: addDays(today, 1) }))).toEqual(['SEAT_DAY_REFUSED'])
    const seatId = await recorded({ memberId: of('甲一5'), from: addDays(today, -5) })
    expect(codesOf(await end(seatId, { until: addDays(today, -6) }))).toEqual(['SEAT_DAY_REFUSED'])
    expect(codesOf(await end(seatId, { until: addDays(today, 1) }))).toEqual(['SEAT_DAY_REFUSED'])
    dataOf(await end(seatId, { until: addDays(today, -5) }))
  })
})

describe('S0-12 a new committee takes its seats', () => {
  const elected = (posts: readonly (readonly [string, CommitteePost])[], more: Partial<TakeSeats> = {}) =>
    org.as(systemActor(county.id), work =>
      takeSeats(work, {
        ...{ orgId: uuidOf(tree.a2.id), electedOn: today, entry: 'ELECTED', evidence: '选举结果批复', replaces: true },
        term: { start: today, end: addMonths(today, 36) },
        ...{ reason: '换届', seats: posts.map(([name, post]) => ({ memberId: uuidOf(of(name)), post })) },
        ...more,
      }),
    )
  const termOf = async () =>
    dataOf(
      await county.world.ask.org(county.admin, 'query ($id: ID!) { organisation(id: $id) { term { start end } } }', {
        id: tree.a2.id,
      }),
    ).organisation.term

  test('S0-12 the old seats end, the new ones and the term begin, or nothing of it', async () => {
    const first = { memberId: of('乙一4'), organisationId: tree.a2.id, from: lastYear }
    const sent = await recorded({ ...first, post: 'FIRST_SECRETARY', entry: 'FIRST_SECRETARY' })
    const before = await committee(tree.a2.id)
    await expect(
      elected([
        ['甲二8', 'SECRETARY'],
        ['甲二9', 'SECRETARY'],
      ]),
    ).rejects.toMatchObject({ code: 'POST_TAKEN' })
    expect(await committee(tree.a2.id)).toEqual(before)
    expect(await termOf()).toBeNull()
    const taken = await elected([
      ['甲二0', 'SECRETARY'],
      ['甲二8', 'DEPUTY_SECRETARY'],
      ['甲二9', 'ORGANISATION'],
    ])
    expect((await committee(tree.a2.id)).map(({ id }: { id: string }) => uuidOf(id)).sort()).toEqual(
      [...taken, uuidOf(sent)].sort(),
    )
    expect(await termOf()).toEqual({ start: today, end: addMonths(today, 36) })
    const [ended] = await look(
      'org',
      `select count(*)::int as n from committee_seat where org_id = $1 and until_on = $2 and end_reason = '换届'`,
      [uuidOf(tree.a2.id), today],
    )
    expect(ended?.n).toBe(before.length - 1)
  })

  test('S0-12 whoever comes in by a by-election sits beside the others, and the term goes on', async () => {
    const [before, term] = [await committee(tree.a2.id), await termOf()]
    await elected([['甲二1', 'PUBLICITY']], { replaces: false, term: null })
    expect(await committee(tree.a2.id)).toHaveLength(before.length + 1)
    expect(await termOf()).toEqual(term)
  })
})

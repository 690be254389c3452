import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay, systemActor } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { CommitteePost, OfficeRole } from '@linghang/harness/generated/org'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths } from '@linghang/rulebook'
import { takeSeats } from '../src/structure/seats/take-seats.ts'
import { openOrg } from './perform.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let org: ReturnType<typeof openOrg>
let listener: Awaited<ReturnType<typeof listen<'org.office.ended.v1'>>>
let people: Map<string, string>
const of = (name: string) => people.get(name) as string

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  org = openOrg()
  listener = await listen('org.events', ['org.office.ended.v1'])
  people = await seedMembers(county, [
    ...Array.from({ length: 8 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    ...Array.from({ length: 3 }, (_, i) => fullMember(county.code, tree.b1.code, { 姓名: `乙一${i}` })),
  ])
})
afterAll(async () => {
  await listener?.stop()
  await org?.close()
})

const seat = async (
  organisationId: string,
  name: string,
  post: CommitteePost,
  actor = county.admin,
  from = addMonths(today, -12),
) =>
  dataOf(
    await county.world.ask.org(
      actor,
      'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }',
      {
        input: { organisationId, memberId: of(name), post, entry: 'ELECTED', evidence: '党员大会选举', from },
      },
    ),
  ).recordSeat.seat.id as string
/** A login, kept where whoever administers the branch does not see it, with an office at the branch. */
const login = (name: string, role: OfficeRole, at: string, keptBy = tree.root.id) =>
  seedAccount(county, { keptBy, memberId: of(name), role, at })
const officesOf = async (at: string, ids: readonly (string | null)[]) =>
  (
    await look(
      'org',
      'select id, ends_on::text as ends_on, end_reason from office where org_id = $1 and id = any ($2) order by id',
      [uuidOf(at), ids.map(id => uuidOf(id as string))],
    )
  ).map(({ ends_on, end_reason }) => ({ endsOn: ends_on, reason: end_reason }))
const isOpen = { endsOn: null, reason: null }
const findingsAt = async (id: string) =>
  dataOf(
    await county.world.ask.org(
      county.admin,
      'query ($id: ID!) { organisation(id: $id) { structureFindings { kind since } } }',
      { id },
    ),
  ).organisation.structureFindings as { kind: string; since: string | null }[]

describe('S0-12 offices end with the committee', () => {
  test('S0-12 who is elected no more loses the office that went with the seat, in the same transaction, and nobody else does', async () => {
    const [first, , again] = [
      await seat(tree.a1.id, '甲一0', 'SECRETARY'),
      await seat(tree.a1.id, '甲一1', 'DISCIPLINE'),
      await seat(tree.a1.id, '甲一2', 'DEPUTY_SECRETARY'),
    ]
    expect([first, again]).not.toContain(null)
    const old = await login('甲一0', 'SECRETARY', tree.a1.id)
    const inspector = await login('甲一1', 'DISCIPLINE_INSPECTOR', tree.a1.id)
    const kept = await login('甲一2', 'SECRETARY', tree.a1.id)
    const books = await login('甲一3', 'TREASURER', tree.a1.id)
    const all = [old, inspector, kept, books].map(({ officeId }) => officeId)
    const taking = (posts: readonly (readonly [string, CommitteePost])[]) =>
      org.as(systemActor(county.id), work =>
        takeSeats(work, {
          ...{ orgId: uuidOf(tree.a1.id), electedOn: addDays(today, -3), entry: 'ELECTED', evidence: '选举结果批复' },
          ...{ replaces: true, reason: '换届', term: { start: addDays(today, -3), end: addMonths(today, 36) } },
          seats: posts.map(([name, post]) => ({ memberId: uuidOf(of(name)), post })),
        }),
      )
    // Refused as a whole: nobody's office ends.
    await expect(
      taking([
        ['甲一4', 'SECRETARY'],
        ['甲一5', 'SECRETARY'],
      ]),
    ).rejects.toMatchObject({ code: 'POST_TAKEN' })
    expect(await officesOf(tree.a1.id, all)).toEqual([isOpen, isOpen, isOpen, isOpen])
    await taking([
      ['甲一4', 'SECRETARY'],
      ['甲一2', 'DEPUTY_SECRETARY'],
      ['甲一1', 'MEMBER'],
    ])
    expect(await officesOf(tree.a1.id, [old.officeId])).toEqual([{ endsOn: today, reason: '换届' }])
    // Elected again, as deputy, as a member before the posts were shared out; and what goes with no seat.
    expect(
      await officesOf(
        tree.a1.id,
        [inspector, kept, books].map(({ officeId }) => officeId),
      ),
    ).toEqual([isOpen, isOpen, isOpen])
    expect((await actorOf(county.world, old.subject)).grants).toEqual([])
    const told = await until(
      () => listener.heard.find(({ subject }) => subject === uuidOf(old.officeId as string)),
      30_000,
      'the end of the office is told',
    )
    expect(told.data).toMatchObject({ role: 'SECRETARY', orgId: uuidOf(tree.a1.id), endsOn: today })
    const audited = await look('org', `select action from audit_entry where subject_id = $1 order by recorded_at`, [
      uuidOf(old.officeId as string),
    ])
    expect(audited.map(({ action }) => action)).toEqual(['office.appointed', 'office.ended'])
    expect((await findingsAt(tree.a1.id)).map(({ kind }) => kind)).not.toContain('KEPT_FROM_ABOVE')
  })

  test('S0-12 with a single seat ends what went with it; where nobody keeps a branch’s affairs any more it is said, and the superior keeps them', async () => {
    const seatId = await seat(tree.b1.id, '乙一0', 'SECRETARY')
    expect((await findingsAt(tree.b1.id)).map(({ kind }) => kind)).not.toContain('KEPT_FROM_ABOVE')
    const { officeId } = await login('乙一0', 'SECRETARY', tree.b1.id)
    const superior = await seedActor(county, 'ADMIN', tree.b.id)
    dataOf(
      await county.world.ask.org(
        superior,
        'mutation ($input: EndSeatInput!) { endSeat(input: $input) { seat { id } } }',
        { input: { seatId, reason: '工作调动' } },
      ),
    )
    expect(await officesOf(tree.b1.id, [officeId])).toEqual([{ endsOn: today, reason: '工作调动' }])
    expect(await findingsAt(tree.b1.id)).toContainEqual({ kind: 'KEPT_FROM_ABOVE', since: today })
    // What the branch would do its superior does, the next secretary's login included.
    await seat(tree.b1.id, '乙一1', 'SECRETARY', superior, today)
    const next = await seedAccount(county, { keptBy: tree.b1.id, memberId: of('乙一1') })
    const appointed = await county.world.ask.org(
      superior,
      'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id } } }',
      { input: { accountId: next.accountId, organisationId: tree.b1.id, role: 'SECRETARY' } },
    )
    expect(codesOf(appointed)).toEqual([])
    expect((await findingsAt(tree.b1.id)).map(({ kind }) => kind)).not.toContain('KEPT_FROM_ABOVE')
  })

  test('S0-12 whoever administers keeps their office, whatever becomes of their seat', async () => {
    const seatId = await seat(tree.b1.id, '乙一2', 'DEPUTY_SECRETARY')
    const { officeId } = await login('乙一2', 'ADMIN', tree.b1.id)
    const secretary = await seedActor(county, 'ADMIN', tree.b1.id)
    const end = (actor: Actor) =>
      county.world.ask.org(actor, 'mutation ($input: EndSeatInput!) { endSeat(input: $input) { seat { id } } }', {
        input: { seatId, reason: '调整分工' },
      })
    dataOf(await end(secretary))
    expect(await officesOf(tree.b1.id, [officeId])).toEqual([isOpen])
  })
})

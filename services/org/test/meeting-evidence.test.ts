import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay, systemActor } from '@linghang/access'
import { codesOf, dataOf, send, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { MeetingKind, OfficeRole } from '@linghang/harness/generated/org'
import { seedMembers } from '@linghang/harness/imports'
import { openDatabase } from '@linghang/harness/open-database'
import { fullMember, rows } from '@linghang/harness/people'
import { addDays } from '@linghang/rulebook'
import { type Content, createDesk, type Desk, listenToMeetings } from './meeting-desk.ts'

jest.setTimeout(120_000)

const lastWeek = addDays(shanghaiDay(new Date()), -7)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let voters: string[]
let candidateId: string
let listener: Awaited<ReturnType<typeof listenToMeetings>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  listener = await listenToMeetings()
  const names = ['甲', '乙', '丙', '丁', '戊'].map(name => `证据${name}`)
  const ids = await seedMembers(county, [
    ...names.map(姓名 => fullMember(county.code, tree.a1.code, { 姓名 })),
    fullMember(county.code, tree.a1.code, rows.candidate('证据对象', '2024-07-01')),
  ])
  voters = names.map(name => ids.get(name) as string)
  candidateId = ids.get('证据对象') as string
})
afterAll(() => listener?.stop())

const admission = (inFavour: number, present = 4): Content => ({
  heldOn: lastWeek,
  place: '一楼会议室',
  minutes: '会议记录原文',
  presentIds: voters.slice(0, present),
  leaves: voters.slice(present).map(memberId => ({ memberId, reason: '住院' })),
  resolutions: [
    {
      matter: 'ADMISSION',
      memberId: candidateId,
      text: '接收预备党员',
      decision: 'SECRET_BALLOT',
      ballots: { due: 5, present, inFavour, against: present - inFavour, abstained: 0 },
    },
  ],
})
const closedMeeting = async (content = admission(3)) => {
  const { id } = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', content)
  return dataOf(await desk.close(id)).done.meeting
}

describe('S0-16 a closed meeting is evidence', () => {
  test('S0-16 a draft can be changed, whole, by whoever saw it last; closed it cannot', async () => {
    const { id, revision } = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', { heldOn: lastWeek })
    const incomplete = (await desk.close(id)).errors[0]?.extensions
    expect(incomplete).toMatchObject({ code: 'ATTENDANCE_INCOMPLETE', params: { found: 0, wanted: voters.length } })
    expect(String(incomplete?.params?.missing).split(', ').toSorted()).toEqual(voters.toSorted())
    const change = { id, content: admission(3), expectedRevision: revision }
    const changed = await desk.done(county.admin, 'changeMeeting', change)
    expect(changed).toMatchObject({ state: 'DRAFT', version: 1, revision: revision + 1, current: { present: 4 } })
    expect(codesOf(await desk.send(county.admin, 'changeMeeting', change))).toEqual(['CONFLICT'])
    expect(
      codesOf(await desk.send(county.admin, 'correctMeeting', { ...change, expectedRevision: null, reason: '误' })),
    ).toEqual(['MEETING_IS_DRAFT'])
    const closed = dataOf(await desk.close(id)).done.meeting
    expect(closed.current.resolutions[0]?.id).toBe(changed.current.resolutions[0]?.id)
    expect(codesOf(await desk.close(id))).toEqual(['MEETING_IS_CLOSED'])
    expect(codesOf(await desk.send(county.admin, 'changeMeeting', { id, content: admission(2) }))).toEqual([
      'MEETING_IS_CLOSED',
    ])
  })

  test('S0-16 a draft begun by mistake is deleted by whoever began it, or an administrator, with the reason in the audit', async () => {
    const begin = async (actor: Actor) =>
      (await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', { heldOn: lastWeek, minutes: '误建' }, actor)).id as string
    const drop = (actor: Actor, id: string, more: object = {}) =>
      county.world.ask.org(actor, 'mutation ($input: DeleteMeetingInput!) { deleteMeeting(input: $input) { id } }', {
        input: { id, reason: '日期填错，重建', ...more },
      })
    const [secretary, another, committee, stranger] = [
      await seedActor(county, 'SECRETARY', tree.a1.id),
      await seedActor(county, 'SECRETARY', tree.a1.id),
      await seedActor(county, 'LEADER', tree.a.id),
      await seedActor(county, 'SECRETARY', tree.b1.id),
    ]
    const id = await begin(secretary)
    expect(codesOf(await drop(stranger, id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await drop(committee, id))).toEqual(['FORBIDDEN'])
    expect(codesOf(await drop(another, id))).toEqual(['FORBIDDEN'])
    expect(codesOf(await drop(secretary, id, { reason: ' ' }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await drop(secretary, id, { expectedRevision: 7 }))).toEqual(['CONFLICT'])
    const again = { idempotencyKey: randomUUID() }
    for (const _ of [1, 2]) expect(dataOf(await drop(secretary, id, again))).toEqual({ deleteMeeting: { id } })
    expect(await desk.read(id, 'id')).toBeNull()
    expect(codesOf(await drop(secretary, id))).toEqual(['NOT_FOUND'])
    for (const table of ['meeting_version', 'meeting_person', 'meeting_resolution'])
      expect(await look('org', `select 1 from ${table} where meeting_id = $1`, [uuidOf(id)])).toEqual([])
    const audit = await look(
      'org',
      'select action, account_id, before_hash is not null as had from audit_entry where subject_id = $1 order by id',
      [uuidOf(id)],
    )
    expect(audit.map(({ action, account_id, had }) => [action, account_id, had])).toEqual([
      ['meeting.recorded', secretary.accountId, false],
      ['meeting.deleted: 日期填错，重建', secretary.accountId, true],
    ])
    // Whoever began it may be gone.
    expect(codesOf(await drop(county.admin, await begin(another)))).toEqual([])
  })

  test('S0-16 what is closed is never deleted, by nobody and by no way', async () => {
    const { id } = await closedMeeting()
    const input = { id, reason: '不要了' }
    const refused = await county.world.ask.org(
      county.admin,
      'mutation ($input: DeleteMeetingInput!) { deleteMeeting(input: $input) { id } }',
      { input },
    )
    expect(codesOf(refused)).toEqual(['MEETING_IS_CLOSED'])
    for (const table of ['meeting_resolution', 'meeting_person', 'meeting_version'])
      await expect(look('org', `delete from ${table} where meeting_id = $1`, [uuidOf(id)])).rejects.toThrow(/immutable/)
    await expect(look('org', 'delete from meeting where id = $1', [uuidOf(id)])).rejects.toThrow()
    expect(await desk.read(id, 'state')).toEqual({ state: 'CLOSED' })
  })

  test('S0-16 tells counts and outcomes, no minutes and no names of voters', async () => {
    const { id, current } = await closedMeeting()
    expect(await listener.told(id, 1)).toEqual([
      {
        id: uuidOf(id),
        orgId: uuidOf(tree.a1.id),
        kind: 'BRANCH_ASSEMBLY',
        heldOn: lastWeek,
        due: 5,
        present: 4,
        resolutions: [
          {
            id: uuidOf(current.resolutions[0]?.id as string),
            matter: 'ADMISSION',
            memberId: uuidOf(candidateId),
            ballots: {
              due: 5,
              present: 4,
              inFavour: 3,
              against: 1,
              abstained: 0,
              writtenInFavour: 0,
              writtenAgainst: 0,
            },
            carried: true,
          },
        ],
        version: 1,
      },
    ])
    expect(listener.text()).not.toMatch(/会议记录原文|住院|会议室/)
    for (const voter of voters) expect(listener.text()).not.toContain(uuidOf(voter))
  })

  test('S0-16 a correction is a new version with its reason, told again; the old one stays as it was', async () => {
    const { id, current } = await closedMeeting()
    const corrected = await desk.done(county.admin, 'correctMeeting', {
      id,
      content: { ...admission(2), minutes: '更正后的记录' },
      reason: '计票有误，经监票人核对更正',
    })
    expect(corrected).toMatchObject({
      state: 'CLOSED',
      version: 2,
      current: { version: 2, reason: '计票有误，经监票人核对更正', resolutions: [{ carried: false }] },
    })
    expect(corrected.current.resolutions[0]?.id).toBe(current.resolutions[0]?.id)
    const { versions } = await desk.read(
      id,
      'versions { version minutes reason people { totalCount nodes { attendance leaveReason } } resolutions { carried ballots { inFavour } } }',
    )
    expect(versions).toMatchObject([
      { version: 2, minutes: '更正后的记录', resolutions: [{ carried: false, ballots: { inFavour: 2 } }] },
      { version: 1, minutes: '会议记录原文', reason: null, resolutions: [{ carried: true, ballots: { inFavour: 3 } }] },
    ])
    expect(versions[1].people).toMatchObject({ totalCount: 5 })
    expect((await listener.told(id, 2)).map(({ version, resolutions }) => [version, resolutions[0]?.carried])).toEqual([
      [1, true],
      [2, false],
    ])
    expect(
      codesOf(await desk.send(county.admin, 'correctMeeting', { id, content: admission(2), reason: ' ' })),
    ).toEqual(['BAD_INPUT'])
  })

  test('S0-16 the same key makes one meeting, and each writing leaves an audit row with what was before', async () => {
    const input = {
      organisationId: tree.a1.id,
      kind: 'BRANCH_ASSEMBLY' as const,
      content: admission(3),
      idempotencyKey: 'meeting-once',
    }
    const [first, again] = [
      await desk.done(county.admin, 'recordMeeting', input),
      await desk.done(county.admin, 'recordMeeting', input),
    ]
    expect(again.id).toBe(first.id)
    dataOf(await desk.close(first.id))
    const rows = await look(
      'org',
      `select action, encode(before_hash, 'hex') as before, encode(after_hash, 'hex') as after, org_id from audit_entry
       where subject_id = $1 order by id`,
      [uuidOf(first.id)],
    )
    const orgId = uuidOf(tree.a1.id)
    expect(rows).toMatchObject([
      { action: 'meeting.recorded', before: null, org_id: orgId },
      { action: 'meeting.closed', before: rows[0].after, org_id: orgId },
    ])
  })

  test('S0-16 the database itself refuses to change a closed meeting, to every role that a service takes', async () => {
    const { id } = await closedMeeting()
    const draft = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', admission(3))
    const state = async () =>
      look(
        'org',
        `select md5(string_agg(t, ',' order by t)) as hash from (
           select m::text from meeting m where id = $1 union all select v::text from meeting_version v where meeting_id = $1
           union all select p::text from meeting_person p where meeting_id = $1
           union all select r::text from meeting_resolution r where meeting_id = $1) as all_rows (t)`,
        [uuidOf(id)],
      )
    const before = await state()
    const org = await openDatabase('org', '')
    const attempts = [
      'update meeting_resolution set carried = false where meeting_id = $1::uuid',
      'delete from meeting_resolution where meeting_id = $1::uuid',
      `update meeting_person set attendance = 'ABSENT' where meeting_id = $1::uuid`,
      'delete from meeting_person where meeting_id = $1::uuid',
      `update meeting_version set minutes = '' where meeting_id = $1::uuid`,
      'update meeting_version set closed_at = null where meeting_id = $1::uuid',
      'delete from meeting_version where meeting_id = $1::uuid',
      `update meeting set state = 'DRAFT' where id = $1::uuid`,
      'update meeting set held_on = held_on - 1 where id = $1::uuid',
      'update meeting set version = version + 1 where id = $1::uuid',
      'delete from meeting where id = $1::uuid',
      'truncate meeting cascade',
      `insert into meeting_resolution select meeting_id, version, uuidv7(), n + 1, county_id, org_id, matter, member_id, text,
         decision, due, present, in_favour, against, abstained, written_in_favour, written_against, quorate, carried
       from meeting_resolution where meeting_id = $1::uuid`,
    ]
    try {
      for (const sql of attempts) {
        const values = sql.includes('$1') ? [uuidOf(id)] : []
        const run = (tx: { $executeRawUnsafe: (sql: string, ...values: unknown[]) => Promise<number> }) =>
          tx.$executeRawUnsafe(sql, ...values)
        const refused = /immutable|stays|append-only|permission denied/
        await expect(org.transact(systemActor(county.id), run)).rejects.toThrow(refused)
        await expect(org.asService(run)).rejects.toThrow(/permission denied/)
      }
      await expect(
        org.transact(systemActor(county.id), tx =>
          tx.$executeRawUnsafe('delete from meeting_resolution where meeting_id = $1::uuid', uuidOf(draft.id)),
        ),
      ).resolves.toBe(1)
    } finally {
      await org.close()
    }
    expect(await state()).toEqual(before)
  })
})

describe('S3-2 who sees meetings', () => {
  const page = `query ($id: ID!, $after: String, $kind: MeetingKind, $from: Date, $to: Date) { organisation(id: $id) {
    meetings(first: 1, after: $after, kind: $kind, from: $from, to: $to) { totalCount pageInfo { hasNextPage endCursor }
      nodes { id kind heldOn current { minutes } } } } }`
  const meetingsOf = async (actor: Actor, id: string, variables = {}) =>
    dataOf(await county.world.ask.org(actor, page, { id, ...variables })).organisation?.meetings ?? null

  test('S3-2 the branch’s offices and those above see a meeting, who was there that it was held, a sibling nothing', async () => {
    const { id } = await closedMeeting()
    const seen = 'id current { minutes people { nodes { member { id } } } resolutions { id } } versions { version }'
    const at = (role: OfficeRole, place: string) => seedActor(county, role, place)
    const looking = [await at('SECRETARY', tree.a1.id), await at('LEADER', tree.a.id), await at('AUDITOR', tree.a1.id)]
    for (const actor of looking)
      expect(await desk.read(id, seen, actor)).toMatchObject({ id, current: { minutes: '会议记录原文' } })
    const own = { ...(await seedActor(county, 'AUDITOR', tree.a1.id, { memberId: voters[0] as string })), grants: [] }
    expect(await desk.read(id, seen, own)).toEqual({ id, current: null, versions: [] })
    expect((await meetingsOf(own, tree.a1.id))?.totalCount ?? 0).toBe(0)
    const blind = [await at('SECRETARY', tree.a2.id), await at('ADMIN', tree.b.id), (await createCounty()).admin]
    for (const actor of blind) {
      expect(await desk.read(id, seen, actor)).toBeNull()
      expect((await meetingsOf(actor, tree.a1.id))?.totalCount ?? 0).toBe(0)
      const { data } = await county.world.ask.org(actor, 'query ($id: ID!) { node(id: $id) { id } }', { id })
      expect(data.node).toBeNull()
    }
  })

  test('S3-2 whoever keeps the register writes; who looks on is told so, for a sibling there is nothing', async () => {
    const { id } = await desk.record(tree.a1.id, 'BRANCH_ASSEMBLY', admission(3))
    const attempts = async (actor: Actor) => [
      codesOf(await desk.tryRecord(tree.a1.id, 'BRANCH_ASSEMBLY', admission(3), actor)),
      codesOf(await desk.send(actor, 'changeMeeting', { id, content: admission(2) })),
      codesOf(await desk.close(id, actor)),
      codesOf(await desk.send(actor, 'correctMeeting', { id, content: admission(2), reason: '误' })),
    ]
    expect(await attempts(await seedActor(county, 'LEADER', tree.a.id))).toEqual(Array(4).fill(['FORBIDDEN']))
    expect(await attempts(await seedActor(county, 'ADMIN', tree.a2.id))).toEqual(Array(4).fill(['NOT_FOUND']))
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    expect(codesOf(await desk.close(id, secretary))).toEqual([])
  })

  test('S0-16 the meetings of an organisation come page by page, the latest first, of a kind and a time', async () => {
    const { a2 } = tree
    const ids = await seedMembers(county, [fullMember(county.code, a2.code, { 姓名: '翻页' })])
    const held = (days: number, kind: MeetingKind, more = {}) =>
      desk.record(a2.id, kind, { heldOn: addDays(lastWeek, -days), ...more })
    const oldest = await held(30, 'BRANCH_ASSEMBLY')
    const group = await held(10, 'GROUP_MEETING', { participantIds: [ids.get('翻页')] })
    const latest = await held(0, 'BRANCH_ASSEMBLY')
    const found: string[] = []
    let after: string | null = null
    do {
      const { nodes, pageInfo, totalCount } = await meetingsOf(county.admin, a2.id, { after })
      expect(totalCount).toBe(3)
      found.push(...nodes.map((node: { id: string }) => node.id))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    expect(found).toEqual([latest.id, group.id, oldest.id])
    const only = async (filter: object) => (await meetingsOf(county.admin, a2.id, filter)).nodes[0]?.id
    expect(await only({ kind: 'GROUP_MEETING' })).toBe(group.id)
    expect(await only({ to: addDays(lastWeek, -11) })).toBe(oldest.id)
    expect(await only({ from: addDays(lastWeek, -10), to: addDays(lastWeek, -10) })).toBe(group.id)
  })
})

describe('S0-16 the minutes are made from what is written down', () => {
  test('S0-16 a link opens them for whoever asked, and nobody else; of a meeting to come there are none', async () => {
    const items = [{ title: '讨论接收预备党员', discussion: '逐个讨论', outcome: '提交表决' }]
    const { id } = await closedMeeting({ ...admission(3), items })
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const link = (meetingId: string, actor: Actor) =>
      county.world.askUntyped.org(actor, 'query ($id: ID!) { meetingMinutesLink(meetingId: $id) { url expiresAt } }', {
        id: meetingId,
      })
    const { url } = dataOf(await link(id, secretary)).meetingMinutesLink
    const { status, text } = await send(county.world.urls.org, secretary, { path: url })
    expect([status, text.slice(0, 2)]).toEqual([200, 'PK'])
    const others = [county.admin, await seedActor(county, 'SECRETARY', tree.b1.id)] as const
    for (const actor of others) expect((await send(county.world.urls.org, actor, { path: url })).status).toBe(403)
    expect(codesOf(await link(id, others[1]))).toEqual(['NOT_FOUND'])
    const startsAt = new Date(Date.now() + 3_600_000).toISOString()
    const planned = await county.world.askUntyped.org(
      county.admin,
      'mutation ($input: PlanMeetingInput!) { planMeeting(input: $input) { meeting { id } } }',
      { input: { organisationId: tree.a1.id, kind: 'BRANCH_ASSEMBLY', plan: { startsAt } } },
    )
    expect(codesOf(await link(dataOf(planned).planMeeting.meeting.id, secretary))).toEqual(['MEETING_NOT_HELD'])
  })
})

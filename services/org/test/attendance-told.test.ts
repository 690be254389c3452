import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay, systemActor } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember, rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { tellUntold } from '../src/life/meetings/tell-attendance.ts'
import { createDesk, type Desk } from './meeting-desk.ts'
import { openOrg } from './perform.ts'

jest.setTimeout(120_000)

const lastWeek = addDays(shanghaiDay(new Date()), -7)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let people: string[]
let probationer: string
let away: Actor
let secretary: Actor
let listener: Awaited<ReturnType<typeof listen<'org.attendance.told.v1' | 'org.appraisal.closed.v1'>>>
const org = openOrg()

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  listener = await listen('org.events', ['org.attendance.told.v1', 'org.appraisal.closed.v1'])
  const { code } = county
  const ids = await seedMembers(county, [
    ...Array.from({ length: 5 }, (_, i) => fullMember(code, tree.a1.code, { 姓名: `到会${i}` })),
    fullMember(code, tree.a1.code, rows.probationary('预备', addDays(lastWeek, -100))),
  ])
  people = Array.from({ length: 5 }, (_, i) => ids.get(`到会${i}`) as string)
  probationer = ids.get('预备') as string
  away = await seedActor(county, 'LEADER', tree.b1.id, { memberId: people[1] })
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
})
afterAll(async () => {
  await listener?.stop()
  await org.close()
})

/** What was told of a meeting last, once it was told of so many times. */
const told = (id: string, times: number) =>
  until(() => {
    const found = listener.heard.filter(
      ({ subject, type }) => subject === uuidOf(id) && type === 'org.attendance.told.v1',
    )
    return found.length >= times ? found.map(({ data }) => data) : null
  }, 30_000)
const of = (...numbers: number[]) => numbers.map(n => uuidOf(people[n] as string)).toSorted()
const nobody = { onLeave: [], absent: [], late: [], leftEarly: [], madeUp: [], excepted: [] }

const content = () => ({
  ...{ heldOn: lastWeek, place: '会议室', agenda: '学习', minutes: '集中学习。' },
  ...{ presentIds: people.slice(0, 1), leaves: [{ memberId: people[1], reason: '出差在外' }] },
  ...{ absentIds: people.slice(2, 4), lateIds: people.slice(0, 1) },
  exceptions: [{ memberId: people[4], reason: 'LONG_ILL', note: '长期卧床' }],
})
const closed = async (kind: 'CLASS' | 'APPRAISAL_MEETING' = 'CLASS', before?: (id: string) => Promise<void>) => {
  const { id } = await desk.record(tree.a1.id, kind, content())
  await before?.(id)
  dataOf(await desk.close(id))
  return id
}

describe('S0-20 who came to a closed meeting is told', () => {
  test('S0-20 by ids, without a reason; of whoever nothing was written down, nothing', async () => {
    const id = await closed()
    const first = {
      ...{ id: uuidOf(id), orgId: uuidOf(tree.a1.id), kind: 'CLASS', heldOn: lastWeek, ...nobody, version: 1 },
      ...{ present: of(0), onLeave: of(1), absent: of(2, 3), late: of(0), excepted: of(4) },
    }
    expect(await told(id, 1)).toEqual([first])
    expect(JSON.stringify(listener.heard)).not.toMatch(/出差|卧床|到会/)
    expect(JSON.stringify(listener.heard)).not.toContain(uuidOf(probationer))

    const { presentIds, absentIds, ...rest } = content()
    await desk.done(county.admin, 'correctMeeting', {
      ...{ id, reason: '漏记一人' },
      content: { ...rest, presentIds: [...presentIds, people[2]], absentIds: [people[3]] } as never,
    })
    const second = { ...first, present: of(0, 2), absent: of(3), version: 2 }
    expect((await told(id, 2))[1]).toEqual(second)

    const made = { meetingId: id, reason: 'WORK', note: '已看回放', idempotencyKey: randomUUID() }
    dataOf(
      await county.world.askUntyped.org(
        away,
        'mutation ($input: SayMeetingMadeUpInput!) { sayMeetingMadeUp(input: $input) { notice { makeUp { confirmed } } } }',
        { input: made },
      ),
    )
    const decide = async (confirmed: boolean, reason?: string) =>
      dataOf(
        await county.world.askUntyped.org(
          secretary,
          'mutation ($input: DecideMakeUpInput!) { decideMakeUp(input: $input) { meeting { id } } }',
          { input: { meetingId: id, memberId: people[1], confirmed, reason } },
        ),
      )
    await decide(true)
    expect((await told(id, 3))[2]).toEqual({ ...second, madeUp: of(1), version: 3 })
    await decide(false, '未看回放')
    expect((await told(id, 4))[3]).toEqual({ ...second, version: 4 })
  })

  test('S0-20 what was closed before this was told is told afterwards, once', async () => {
    const id = await closed()
    await told(id, 1)
    await look('org', 'delete from meeting_told where meeting_id = $1', [uuidOf(id)])
    const again = () => org.as(systemActor(county.id), work => tellUntold(work, null))
    expect(await again()).toBeNull()
    expect((await told(id, 2))[1]).toMatchObject({ present: of(0), version: 1 })
    expect(await again()).toBeNull()
    expect(await look('org', 'select told from meeting_told where meeting_id = $1', [uuidOf(id)])).toEqual([
      { told: 1 },
    ])
  })

  test('1.5 what an appraisal has found is told when it is closed: grades, and who was given none', async () => {
    const id = await closed('APPRAISAL_MEETING', async meetingId => {
      const appraise = (memberId: string, said: object) =>
        county.world.askUntyped.org(
          secretary,
          'mutation ($input: RecordAppraisalInput!) { recordAppraisal(input: $input) { meeting { id } } }',
          { input: { meetingId, memberId, ...said } },
        )
      dataOf(
        await appraise(people[0] as string, {
          ...{ test: { excellent: 1, competent: 0, basic: 0, unfit: 0 }, grade: 'EXCELLENT', mutual: '群众反映好' },
        }),
      )
      dataOf(await appraise(people[4] as string, { leftOutReason: '长期卧床' }))
    })
    const [graded] = await until(() => {
      const found = listener.heard.filter(
        ({ subject, type }) => subject === uuidOf(id) && type !== 'org.attendance.told.v1',
      )
      return found.length > 0 ? found : null
    }, 30_000)
    const grades = [
      { memberId: uuidOf(people[0] as string), grade: 'EXCELLENT' },
      { memberId: uuidOf(people[4] as string), grade: null },
    ].toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1))
    expect(graded?.data).toEqual({
      ...{ id: uuidOf(id), orgId: uuidOf(tree.a1.id), heldOn: lastWeek },
      grades,
      version: 1,
    })
    expect(JSON.stringify(listener.heard)).not.toMatch(/群众|卧床/)
  })
})

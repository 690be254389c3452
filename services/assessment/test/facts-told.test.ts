import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  createKafka,
  createProducer,
  type EventData,
  type EventType,
  type MemberState,
  topicOf,
} from '@linghang/events'
import { look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'

jest.setTimeout(120_000)

let producer: ReturnType<typeof createProducer>
beforeAll(async () => {
  producer = createProducer(createKafka('test', surroundings().kafkaBrokers.split(','), { warn: () => undefined }))
  await producer.connect()
})
afterAll(() => producer?.disconnect())

type Message = { type: EventType; id: string; time: string; data: unknown }
const message = <T extends EventType>(type: T, day: string, data: EventData<T>): Message => ({
  ...{ type, id: randomUUID(), time: `${day}T04:00:00.000Z`, data },
})

/** Tells a county of its own these events, each after the one before it has been heard. */
async function tell(countyId: string, events: readonly Message[]): Promise<void> {
  for (const { type, id, time, data } of events) {
    const envelope = {
      ...{ specversion: '1.0', id, type, source: '/linghang/test', subject: id, time, countyid: countyId, data },
      datacontenttype: 'application/json',
    }
    await producer.send({
      topic: topicOf(type),
      acks: -1,
      messages: [{ key: countyId, value: JSON.stringify(envelope) }],
    })
    await until(
      async () =>
        (
          await look('assessment', 'select 1 from processed_event where consumer = $1 and event_id = $2', [
            ...['assessment.facts', id],
          ])
        ).length === 1,
      30_000,
    )
  }
}

const factsIn = (countyId: string) =>
  look(
    'assessment',
    `select told_as, source_id, n, source_version::int, subject_id, org_id, kind, day::text, attributes from fact_now
     where county_id = $1 order by told_as, source_id, n`,
    [countyId],
  )
const [memberId, branch, other, meetingId, themeDayId] = Array.from({ length: 5 }, () => randomUUID()) as [
  ...[string, string, string, string, string],
]
const member = (orgId: string, version: number): MemberState => ({
  ...{ id: memberId, orgId, kind: 'FULL', appliedOn: null, activistSince: null, candidateSince: null },
  ...{ joinedOn: '2010-07-01', fullMemberSince: '2011-07-01', talkHeldOn: null, lastReviewOn: null },
  ...{ knownOn: '2026-01-01', duesCategory: null, duesBaseFen: null, leftOn: null, version },
})
const came = (heldOn: string, version: number) => ({
  ...{ id: meetingId, orgId: branch, kind: 'CLASS', heldOn, present: [memberId], onLeave: [], absent: [], version },
  ...{ late: [], leftEarly: [], madeUp: [], excepted: [] },
})
const themeDay = (isOpen: boolean, version: number) => ({
  ...{ id: themeDayId, orgId: branch, month: '2026-03-01', dueOn: '2026-03-20', isOpen, version },
})

/** What happened: a meeting, the member's move, a correction of the meeting's day to one after the move. */
const history: readonly Message[] = [
  message('members.member.registered.v1', '2026-01-05', member(branch, 1)),
  message('org.theme-day.changed.v1', '2026-03-01', themeDay(true, 1)),
  message('org.attendance.told.v1', '2026-03-03', came('2026-03-02', 1)),
  message('members.member.transferred.v1', '2026-03-10', member(other, 2)),
  message('org.attendance.told.v1', '2026-03-22', came('2026-03-12', 2)),
  message('org.theme-day.changed.v1', '2026-03-22', themeDay(false, 2)),
]
/** The same, told again under ids of its own: nobody has heard it yet. */
const again = (order: readonly number[]): Message[] =>
  order.map(n => ({ ...(history[n] as Message), id: randomUUID() }))

describe('S0-20 facts told late, again and in another order', () => {
  test('S0-20 a move takes the facts of its days along, and a correction takes the place of what it corrects', async () => {
    const countyId = randomUUID()
    await tell(countyId, history.slice(0, 3))
    const attended = { subject_id: memberId, kind: 'ATTENDANCE', source_id: meetingId }
    expect(await factsIn(countyId)).toMatchObject([
      { ...attended, org_id: branch, day: '2026-03-02', source_version: 1 },
      { kind: 'THEME_DAY_DUTY', subject_id: branch, day: '2026-03-20', attributes: { outcome: 'OPEN', daysLate: 0 } },
    ])
    await tell(countyId, history.slice(3, 4))
    // What had happened before they moved stays where it was.
    expect((await factsIn(countyId))[0]).toMatchObject({ ...attended, org_id: branch })
    await tell(countyId, history.slice(4))
    expect(await factsIn(countyId)).toMatchObject([
      { ...attended, org_id: other, day: '2026-03-12', source_version: 2 },
      { kind: 'THEME_DAY_DUTY', attributes: { outcome: 'LATE', daysLate: 2 }, source_version: 2 },
    ])
  })

  test('S0-20 told in any order and twice, everything counts as if it had been told once and in its own', async () => {
    const [straight, ...others] = [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
      [2, 4, 5, 3, 0, 1],
      [3, 0, 3, 4, 2, 1, 5, 4, 0],
    ]
    const counted = async (order: readonly number[]) => {
      const countyId = randomUUID()
      await tell(countyId, again(order))
      return factsIn(countyId)
    }
    const wanted = await counted(straight as number[])
    expect(wanted).toHaveLength(2)
    for (const order of others) expect(await counted(order)).toEqual(wanted)
  })
})

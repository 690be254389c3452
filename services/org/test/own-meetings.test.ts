import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { fieldsOf } from '@linghang/harness/fields-of'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays } from '@linghang/rulebook'
import { createDesk, type Desk } from './meeting-desk.ts'

jest.setTimeout(120_000)

/** What a member opens of a meeting behind a point of their own score, and what stays with the offices. */
const heldOn = addDays(shanghaiDay(new Date()), -3)

let county: County
let branchId: string
let desk: Desk
let ids: string[]
let own: Actor[]
let meetingId: string

const content = (places: Partial<Record<'presentIds' | 'leaves' | 'absentIds', unknown>>, more: object = {}) => ({
  ...{ heldOn, place: '会议室', minutes: '谁说了什么', agenda: '议题原文', participantIds: ids.slice(0, 3) },
  ...{ presentIds: [ids[0]], leaves: [{ memberId: ids[1], reason: '住院' }], absentIds: [ids[2]], ...places, ...more },
})
const held = async (): Promise<string> => (await desk.record(branchId, 'THEME_DAY', content({}))).id

beforeAll(async () => {
  county = await createCounty()
  const tree = await seedTwoCommittees(county)
  branchId = tree.a1.id
  desk = createDesk(county)
  const names = ['到会者', '请假者', '缺席者', '未列入者', '别处者']
  const found = await seedMembers(
    county,
    names.map((姓名, n) => fullMember(county.code, n < 4 ? tree.a1.code : tree.b1.code, { 姓名 })),
  )
  ids = names.map(name => found.get(name) as string)
  own = await Promise.all(
    ids.map(async (memberId, n) => ({
      ...(await seedActor(county, 'AUDITOR', n < 4 ? tree.a1.id : tree.b1.id, { memberId })),
      grants: [],
    })),
  )
  meetingId = await held()
  dataOf(await desk.close(meetingId))
})

const opened = (n: number, id = meetingId) => desk.read(id, 'id kind state heldOn ownAttendance', own[n])

const everything = fieldsOf('org', 'Meeting')

describe('S0-21 the meeting behind a point is open to whom it is about', () => {
  test.each([
    [0, 'PRESENT'],
    [1, 'LEAVE'],
    [2, 'ABSENT'],
  ])('S0-21 person %i opens a closed meeting to which they belonged, with their own attendance: %s', async (n, own) => {
    expect(await opened(n)).toEqual({
      ...{ id: meetingId, kind: 'THEME_DAY', state: 'CLOSED', heldOn, ownAttendance: own },
    })
  })

  test('S0-21 of that meeting nothing else is told, whatever field of it is asked for, and the answer stays whole', async () => {
    const document = `query ($id: ID!) { meeting(id: $id) { ${everything.map(({ asked }) => asked).join(' ')} } }`
    const answer = await county.world.askUntyped.org(own[0] as Actor, document, { id: meetingId })
    expect(codesOf(answer)).toEqual([])
    const { organisation, ...beside } = answer.data.meeting
    expect(organisation).toEqual({ __typename: 'Organisation' })
    const closed = everything.filter(({ name, isPlain }) => !isPlain && name !== 'organisation')
    expect(closed.length).toBeGreaterThan(8)
    for (const { name } of closed)
      expect({ name, found: beside[name] }).toEqual({
        name,
        found: Array.isArray(beside[name]) ? [] : beside[name] && { totalCount: 0 },
      })
    expect(everything.flatMap(({ name, isPlain }) => (isPlain ? [name] : []))).toEqual([
      ...['id', 'kind', 'state', 'heldOn', 'startsAt', 'cancelReason', 'version', 'revision', 'recordedAt'],
      'ownAttendance',
    ])
  })

  test('S0-21 it opens nothing to whom it does not name, of the same branch or of another', async () => {
    expect([await opened(3), await opened(4)]).toEqual([null, null])
  })

  test('S0-21 a meeting that is not closed yet is the office’s alone: who stands in a draft may not stand there tomorrow', async () => {
    const draft = await held()
    expect(await opened(0, draft)).toBeNull()
    dataOf(await desk.close(draft))
    expect(await opened(0, draft)).toMatchObject({ ownAttendance: 'PRESENT' })
  })

  test('S0-21 a correction closes it to whom it takes out and opens it to whom it names', async () => {
    const id = await held()
    dataOf(await desk.close(id))
    expect([(await opened(2, id))?.ownAttendance, await opened(3, id)]).toEqual(['ABSENT', null])
    const corrected = content(
      { absentIds: [] },
      { participantIds: [ids[0], ids[1], ids[3]], presentIds: [ids[0], ids[3]] },
    )
    dataOf(await desk.send(county.admin, 'correctMeeting', { id, reason: '登记错人', content: corrected }))
    expect([await opened(2, id), (await opened(3, id))?.ownAttendance]).toEqual([null, 'PRESENT'])
  })

  test('S0-21 who opens it changes nothing of it', async () => {
    const refused = await Promise.all([
      desk.send(own[0] as Actor, 'correctMeeting', { id: meetingId, reason: '自己改', content: content({}) }),
      desk.send(own[0] as Actor, 'closeMeeting', { id: meetingId }),
    ])
    expect(refused.map(codesOf)).toEqual([['NOT_FOUND'], ['NOT_FOUND']])
  })

  test('S0-21 an office reads whether it came itself beside all that it reads of the meeting', async () => {
    const secretary = { ...(await seedActor(county, 'SECRETARY', branchId)), memberId: uuidOf(ids[1] as string) }
    expect(await desk.read(meetingId, 'ownAttendance current { minutes }', secretary)).toEqual({
      ...{ ownAttendance: 'LEAVE', current: { minutes: '谁说了什么' } },
    })
  })
})

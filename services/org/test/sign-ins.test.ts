import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { createDesk, type Desk } from './meeting-desk.ts'

jest.setTimeout(240_000)

const today = shanghaiDay(new Date())
const halfMinute = 30_000
const many = 300

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let secretary: Actor
let people: string[]
let few: string[]
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  const names = Array.from({ length: many }, (_, i) => `签到${i}`)
  const fewNames = ['小会甲', '小会乙', '小会丙', '小会丁']
  const ids = await seedMembers(county, [
    ...names.map(姓名 => fullMember(county.code, tree.a1.code, { 姓名 })),
    ...fewNames.map(姓名 => fullMember(county.code, tree.a2.code, { 姓名 })),
  ])
  people = names.map(name => ids.get(name) as string)
  few = fewNames.map(name => ids.get(name) as string)
  secretary = await seedActor(county, 'SECRETARY', tree.a.id)
})

const send = (actor: Actor, mutation: string, input: object, fields: string) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${fields} } }`
  return county.world.askUntyped.org(actor, document, { input })
}
const meetingOf = async (mutation: string, input: object) =>
  dataOf(await send(secretary, mutation, input, 'meeting { id state current { due present } }')).done.meeting
/** A meeting to come of a branch, announced: the phones are early, which they may be by two hours. */
const announced = async (organisationId: string): Promise<string> => {
  const plan = { startsAt: new Date(Date.now() + 3_600_000).toISOString(), place: '礼堂' }
  const { id } = await meetingOf('planMeeting', { organisationId, kind: 'BRANCH_ASSEMBLY', plan })
  await meetingOf('announceMeeting', { id })
  return id
}
const bytesOf = (id: string) => Buffer.from(uuidOf(id).replaceAll('-', ''), 'hex')

/** A phone as anybody would build it from what the API says of a code. */
function phone(memberId: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' }) as { x: string }
  const show = (meetingId: string, at: number, key = privateKey): string => {
    const turn = Buffer.alloc(4)
    turn.writeUInt32BE(Math.floor(at / halfMinute))
    const body = Buffer.concat([bytesOf(memberId), bytesOf(meetingId), turn])
    const signature = sign(null, Buffer.concat([Buffer.from('linghang/sign-in/1'), body]), key)
    return `LH1.${Buffer.concat([body, signature]).toString('base64url')}`
  }
  return { memberId, privateKey, publicKey: x, show }
}
type Phone = ReturnType<typeof phone>
/** The key of a phone is its owner's to register; 300 accounts would only try the accounts again. */
const register = (phones: readonly Phone[]) =>
  Promise.all(
    phones.map(({ memberId, publicKey }) =>
      look(
        'org',
        'insert into sign_in_key (county_id, member_id, public_key, registered_at) values ($1, $2, $3, now())',
        [county.id, uuidOf(memberId), Buffer.from(publicKey, 'base64url')],
      ),
    ),
  )
const scan = (of: Phone, meetingId: string, readAt: number, shownAt = readAt) => ({
  code: of.show(meetingId, shownAt),
  readAt: new Date(readAt).toISOString(),
})
const synchronise = async (meetingId: string, scans: object[], actor = secretary): Promise<string[]> =>
  dataOf(await send(actor, 'synchroniseSignIns', { meetingId, scans }, 'outcomes')).done.outcomes
const tallied = (outcomes: readonly string[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(outcomes, one => one)).map(([key, list]) => [key, list?.length]))
const backwards = <T>(list: readonly T[]): T[] => list.toReversed()

describe('S1-5 300 phones without a network', () => {
  test('S1-5 300 people out of order and twice, from two phones of the branch: each is counted once', async () => {
    const meetingId = await announced(tree.a1.id)
    const phones = people.map(phone)
    await register(phones)
    const now = Date.now()
    // Everybody within a minute; some are read twice, by either of the branch's phones.
    const scans = phones.map((one, i) => scan(one, meetingId, now - (i % 60) * 1_000))
    const again = phones.slice(0, 40).map(one => scan(one, meetingId, now - 90_000))
    const [first, second] = await Promise.all([
      synchronise(meetingId, backwards(scans.slice(0, 180))),
      synchronise(meetingId, [...scans.slice(150), ...again]),
    ])
    expect(tallied([...first, ...second])).toEqual({ SIGNED_IN: many, ALREADY: 30 + 40 })
    expect(tallied(await synchronise(meetingId, backwards(scans)))).toEqual({ ALREADY: many })
    const held = await meetingOf('recordHeldMeeting', { id: meetingId, content: { heldOn: today } })
    expect(held).toMatchObject({ state: 'DRAFT', current: { due: many, present: many } })
    expect(dataOf(await desk.close(meetingId)).done.meeting).toMatchObject({ current: { due: many, present: many } })
  })
})

describe('S1-5 what does not count is said and loses nothing else', () => {
  test('S1-5 forged, old, photographed, of another meeting, of another person: each with its reason, the rest signed in', async () => {
    const meetingId = await announced(tree.a2.id)
    const other = await announced(tree.a2.id)
    const [one, two, three, four] = few.map(phone) as [Phone, Phone, Phone, Phone]
    await register([one, two, three])
    const stranger = phone(people[0] as string)
    const now = Date.now()
    const forged = { code: two.show(meetingId, now, one.privateKey), readAt: new Date(now).toISOString() }
    const good = scan(one, meetingId, now)
    const picture = { ...good, readAt: new Date(now - 1_000).toISOString() }
    const outcomes = await synchronise(meetingId, [
      forged,
      good,
      picture,
      scan(two, meetingId, now, now - 3 * halfMinute),
      scan(two, other, now),
      scan(stranger, meetingId, now),
      scan(four, meetingId, now),
      { code: '不是码', readAt: new Date(now).toISOString() },
      scan(three, meetingId, now),
    ])
    expect(outcomes).toEqual([
      ...['FORGED', 'SIGNED_IN', 'USED', 'OLD', 'OTHER_MEETING', 'NOT_ON_LIST', 'NO_KEY', 'UNREADABLE', 'SIGNED_IN'],
    ])
    const held = await meetingOf('recordHeldMeeting', { id: meetingId, content: { heldOn: today } })
    expect(held.current).toMatchObject({ due: 4, present: 2 })
  })

  test('S1-5 by code or by list the facts are the same, and of the way nothing is left when the meeting is closed', async () => {
    const byCode = await announced(tree.a2.id)
    const phones = few.map(phone)
    await register(phones)
    await meetingOf('recordHeldMeeting', { id: byCode, content: { heldOn: today, absentIds: [few[3]] } })
    const now = Date.now()
    // What the list says stays: the branch saw who was there.
    const outcomes = await synchronise(
      byCode,
      phones.map(one => scan(one, byCode, now)),
    )
    expect(tallied(outcomes)).toEqual({ SIGNED_IN: 4 })
    const kept = () => look('org', 'select member_id from meeting_sign_in where meeting_id = $1', [uuidOf(byCode)])
    expect(await kept()).toHaveLength(4)
    dataOf(await desk.close(byCode))
    expect(await kept()).toEqual([])
    expect(await synchronise(byCode, [scan(phones[0] as Phone, byCode, now)])).toEqual(['MEETING_ENDED'])

    const byList = await announced(tree.a2.id)
    const list = { heldOn: today, presentIds: few.slice(0, 3), absentIds: [few[3]] }
    await meetingOf('recordHeldMeeting', { id: byList, content: list })
    dataOf(await desk.close(byList))
    const facts = (id: string) =>
      look(
        'org',
        `select p.member_id, p.standing, p.due, p.attendance, p.leave_reason, p.late, p.left_early, v.due as voters, v.present, v.everybody
          from meeting_person p join meeting_version v using (meeting_id, version) where meeting_id = $1 order by 1`,
        [uuidOf(id)],
      )
    expect(await facts(byCode)).toEqual(await facts(byList))
  })

  test('S1-5 a key is its owner’s to register and the keeper’s to fetch; a meeting of which nobody was told takes none', async () => {
    const meetingId = await announced(tree.a2.id)
    const mine = phone(few[0] as string)
    const own = { ...(await seedActor(county, 'AUDITOR', tree.a2.id, { memberId: few[0] as string })), grants: [] }
    dataOf(await send(own, 'registerSignInKey', { publicKey: mine.publicKey }, 'memberId'))
    expect(codesOf(await send(own, 'registerSignInKey', { publicKey: '短' }, 'memberId'))).toEqual(['BAD_INPUT'])
    expect(codesOf(await send(secretary, 'registerSignInKey', { publicKey: mine.publicKey }, 'memberId'))).toEqual([
      'SIGN_IN_WITHOUT_FILE',
    ])
    const keys = (actor: Actor) =>
      county.world.askUntyped.org(actor, 'query ($id: ID!) { signInKeys(meetingId: $id) { memberId publicKey } }', {
        id: meetingId,
      })
    expect(dataOf(await keys(secretary)).signInKeys).toContainEqual({ memberId: few[0], publicKey: mine.publicKey })
    expect(codesOf(await keys(own))).toEqual(['NOT_FOUND'])
    expect(await synchronise(meetingId, [scan(mine, meetingId, Date.now())])).toEqual(['SIGNED_IN'])
    const draft = await desk.record(tree.a2.id, 'BRANCH_ASSEMBLY', { heldOn: today })
    const scans = [scan(mine, draft.id, Date.now())]
    for (const [actor, id, code] of [
      [secretary, draft.id, 'SIGN_IN_NOT_PLANNED'],
      [own, meetingId, 'NOT_FOUND'],
    ] as const)
      expect(codesOf(await send(actor, 'synchroniseSignIns', { meetingId: id, scans }, 'outcomes'))).toEqual([code])
    const tooMany = Array.from({ length: 501 }, () => scans[0])
    expect(codesOf(await send(secretary, 'synchroniseSignIns', { meetingId, scans: tooMany }, 'outcomes'))).toEqual([
      'BAD_INPUT',
    ])
  })
})

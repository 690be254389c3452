import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, heardOn } from '@linghang/rulebook'
import { createDesk, type Desk } from './meeting-desk.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let person: string
let branch: Actor
let above: Actor
let heard: Awaited<ReturnType<typeof listenToRemarks>>
const listenToRemarks = () => listen('org.events', ['org.follow-up.changed.v1'])
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  heard = await listenToRemarks()
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '台账甲' })])
  person = ids.get('台账甲') as string
  branch = await seedActor(county, 'SECRETARY', tree.a1.id)
  above = await seedActor(county, 'SECRETARY', tree.a.id)
})
afterAll(() => heard?.stop())

const send = (actor: Actor, mutation: string, input: object) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { meeting { id } } }`
  return county.world.askUntyped.org(actor, document, { input })
}
const draft = async (): Promise<string> =>
  (await desk.record(tree.a1.id, 'THEME_DAY', { heldOn: today, presentIds: [person] })).id
const closed = async (): Promise<string> => {
  const id = await draft()
  dataOf(await desk.close(id))
  return id
}
const leave = (actor: Actor, meetingId: string, more: object = {}) =>
  send(actor, 'leaveRecordRemark', { meetingId, text: '请补写议题的讨论情况', ...more })
const fields = 'recordRemarks { id text dueOn state overdue answers { text } settledAt settledNote }'
const remarksOf = async (id: string, actor = county.admin) => (await desk.read(id, fields, actor)).recordRemarks
const openIn = async (actor: Actor): Promise<number> => {
  const document = 'query ($id: ID!) { organisation(id: $id) { lifeLedger { openRemarks } } }'
  const answer = await county.world.askUntyped.org(actor, document, { id: tree.a1.id })
  return dataOf(answer).organisation.lifeLedger.openRemarks
}
/** What the branch is told to do, newest last, once it is that. */
const told = (wanted: readonly string[]) =>
  until(() => {
    const newest = heard.heard.filter(({ data }) => data.orgId === uuidOf(tree.a1.id)).at(-1)?.data
    const dates = newest?.dates.map(({ rule, dueOn }) => `${rule} ${dueOn}`) ?? []
    return dates.join() === wanted.join() && newest?.open === wanted.length > 0 ? newest : null
  }, 30_000)
const hearing = () => {
  const now = new Date(Date.now() + 8 * 3_600_000)
  return heardOn(today, now.getUTCHours() * 60 + now.getUTCMinutes())
}

describe('S0-35 what whoever is above says of a record, and what the branch answers', () => {
  test('S0-35 it is left on what is closed, from above: not by the branch itself, nor by who only looks on, nor beside', async () => {
    const open = await draft()
    expect(codesOf(await leave(above, open))).toEqual(['REMARK_ON_OPEN_RECORD'])
    dataOf(await desk.close(open))
    for (const actor of [branch, await seedActor(county, 'ADMIN', tree.a1.id)])
      expect(codesOf(await leave(actor, open))).toEqual(['REMARK_NOT_FROM_ABOVE'])
    expect(codesOf(await leave(await seedActor(county, 'LEADER', tree.a.id), open))).toEqual(['REMARK_NOT_FROM_ABOVE'])
    expect(codesOf(await leave(await seedActor(county, 'SECRETARY', tree.b.id), open))).toEqual(['NOT_FOUND'])
    expect(codesOf(await leave(above, open, { dueOn: addDays(today, -1) }))).toEqual(['REMARK_DUE_IN_PAST'])
    expect(codesOf(await leave(above, open, { text: ' ' }))).toEqual(['BAD_INPUT'])
    expect(await remarksOf(open)).toEqual([])
  })

  test('S0-35 the branch answers, more than once; it is counted in the ledger until whoever is above settles it', async () => {
    const id = await closed()
    const before = await openIn(above)
    const key = { dueOn: today, idempotencyKey: 'remark-once' }
    dataOf(await leave(above, id, key))
    dataOf(await leave(above, id, key))
    const [left, ...more] = await remarksOf(id, branch)
    expect(more).toEqual([])
    expect(left).toMatchObject({
      text: '请补写议题的讨论情况',
      dueOn: today,
      state: 'OPEN',
      overdue: false,
      answers: [],
    })
    expect(await openIn(branch)).toBe(before + 1)
    await told(
      [`REMARK_ANSWER ${today}`, `REMARK_LEFT ${hearing()}`].toSorted((one, other) =>
        one.slice(-10) < other.slice(-10) ? -1 : 1,
      ),
    )
    const waiting = 'query ($id: ID!) { organisation(id: $id) { remarksToAnswer { text meeting { id } } } }'
    const { organisation } = dataOf(await county.world.askUntyped.org(branch, waiting, { id: tree.a1.id }))
    expect(organisation.remarksToAnswer).toEqual([{ text: left.text, meeting: { id } }])

    const answer = (actor: Actor, text: string) => send(actor, 'answerRecordRemark', { remarkId: left.id, text })
    const settle = (actor: Actor, note?: string) => send(actor, 'settleRecordRemark', { remarkId: left.id, note })
    expect(codesOf(await answer(await seedActor(county, 'LEADER', tree.a1.id), '代答'))).toEqual(['NOT_FOUND'])
    dataOf(await answer(branch, '已更正记录，见第2版'))
    await told([])
    dataOf(await answer(branch, '并已补充签到表'))
    expect(await remarksOf(id)).toMatchObject([
      { state: 'ANSWERED', answers: [{ text: '已更正记录，见第2版' }, { text: '并已补充签到表' }] },
    ])
    expect(await openIn(branch)).toBe(before + 1)

    expect(codesOf(await settle(branch))).toEqual(['REMARK_NOT_FROM_ABOVE'])
    dataOf(await settle(above, '情况属实'))
    expect(await remarksOf(id)).toMatchObject([{ state: 'SETTLED', settledNote: '情况属实' }])
    expect(await openIn(branch)).toBe(before)
    expect(codesOf(await answer(branch, '再答'))).toEqual(['REMARK_SETTLED'])
    expect(codesOf(await settle(above))).toEqual(['REMARK_SETTLED'])
  })

  test('S0-35 one that nobody answered may rest too, and the branch has nothing more to do', async () => {
    const id = await closed()
    dataOf(await leave(above, id))
    await told([`REMARK_LEFT ${hearing()}`])
    const [left] = await remarksOf(id)
    dataOf(await send(above, 'settleRecordRemark', { remarkId: left.id }))
    await told([])
  })
})

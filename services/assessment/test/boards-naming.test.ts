import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, type Data, uuidOf } from '@linghang/harness/ask'
import { addDays, appealDueDays, commonAppealDays } from '@linghang/rulebook'
import { countPlaces, readBoard } from '../src/boards/places/read-board.ts'
import { atAnotherTime, type Boards, monthsOver, openBoards, today } from './boards-desk.ts'

jest.setTimeout(240_000)

let desk: Boards
let time: ReturnType<typeof atAnotherTime>
const self: Record<string, Actor> = {}
const names = ['甲一0', '甲一1', '甲一2', '甲一3', '甲一4']
const fields = 'request { id state named askedOn answerBy overdue answer againFrom member { id } }'

beforeAll(async () => {
  desk = await openBoards()
  time = atAnotherTime()
  const { idOf, score, publish, tree, county } = desk
  const [month] = monthsOver as [string]
  for (const [i, name] of names.entries()) await score(month, idOf(name), 90 - 10 * i, tree.a1.id)
  await publish(month)
  for (const name of names) self[name] = await desk.own(name, tree.a1.id)
  await desk.done(
    county.admin,
    'decideBoard',
    desk.decision('MEMBERS', { audience: 'COUNTY', until: addDays(today, 90) }),
  )
})
afterAll(() => time?.end())

const of = (name: string) => self[name] as Actor
const ask = async (name: string, reason?: string): Promise<Data> =>
  (await desk.done(of(name), 'askNotToBeNamed', { reason }, fields)).request
const answer = (by: Actor, id: string, outcome: string, reason?: string) =>
  desk.change(by, 'answerNaming', { id, outcome, reason }, fields)
/** Who stands on the board with which rank, as everybody sees it: the county's office, the branch's, and the others. */
async function seen(): Promise<unknown> {
  const readers = [desk.county.admin, await desk.office('SECRETARY', desk.tree.a1.id), of('甲一4'), of('甲一0')]
  const boards = await Promise.all(readers.map(actor => desk.board(actor, 'MEMBERS')))
  const [first, ...others] = boards.map(({ groups, places }) => ({
    ...{ peers: groups[0]?.peers, average: groups[0]?.average, count: places.totalCount },
    ranks: places.nodes.map((row: Data) => [row.member.id, row.rank]),
  }))
  for (const other of others) expect(other).toEqual(first)
  return first
}
const ranked = (...whom: string[]) => whom.map((name, i) => [desk.idOf(name), i + 1])

describe('S1-3 who asked not to be named', () => {
  test('S1-3 from that moment on they stand on no board, leave no gap and count in no average', async () => {
    expect(await seen()).toEqual({ peers: 5, average: 70, count: 5, ranks: ranked(...names) })
    const request = await ask('甲一0', '不愿公开')
    expect(request).toMatchObject({
      ...{ state: 'WAITING', named: false, overdue: false, askedOn: today, member: { id: desk.idOf('甲一0') } },
      answerBy: appealDueDays(today, commonAppealDays).answerBy,
    })
    await desk.isOwed(request.id, ['NAMING_ANSWER', request.answerBy])
    // Four are left: an average would tell of one of them, with what was known before.
    expect(await seen()).toEqual({ peers: 4, average: null, count: 4, ranks: ranked(...names.slice(1)) })
  })

  test('S1-3 the person themself alone asks, and once', async () => {
    const { county, tree, refused } = desk
    const secretary = await desk.office('SECRETARY', tree.a1.id)
    for (const actor of [
      county.admin,
      secretary,
      { ...of('甲一1'), kind: 'APP' as const, scopes: ['assessment:read', 'assessment:write'] },
    ])
      expect(await refused(actor, 'askNotToBeNamed', {})).toEqual(['NAMING_NOT_A_MEMBER'])
    expect(await refused(of('甲一0'), 'askNotToBeNamed', {})).toEqual(['NAMING_ASKED_ALREADY'])
    expect(await refused(of('甲一1'), 'askNotToBeNamed', { reason: '由'.repeat(501) })).toEqual(['BAD_INPUT'])
    const two = await Promise.all([0, 1].map(() => desk.change(of('甲一1'), 'askNotToBeNamed', {}, fields)))
    expect(two.flatMap(codesOf)).toEqual(['NAMING_ASKED_ALREADY'])
  })

  test('S1-3 the county’s administrators answer, nobody of oneself, and a refusal says why', async () => {
    const { county, tree } = desk
    const { myNamingRequests } = await desk.read(of('甲一0'), '{ myNamingRequests { id state reason } }')
    expect(myNamingRequests).toMatchObject([{ state: 'WAITING', reason: '不愿公开' }])
    const [{ id }] = myNamingRequests
    const list = '{ namingRequests(state: WAITING) { totalCount nodes { id } } }'
    const { namingRequests } = await desk.read(county.admin, list)
    expect(namingRequests.totalCount).toBe(2)
    expect(namingRequests.nodes).toContainEqual({ id })
    for (const actor of [
      await desk.office('SECRETARY', tree.a1.id),
      await desk.office('ADMIN', tree.a.id),
      of('甲一0'),
    ]) {
      expect(codesOf(await answer(actor, id, 'GRANTED'))).toEqual(['FORBIDDEN'])
      expect((await desk.read(actor, list)).namingRequests).toEqual({ totalCount: 0, nodes: [] })
    }
    const readers = [county.admin, of('甲一0'), await desk.office('SECRETARY', tree.a1.id), of('甲一1')]
    const found = await Promise.all(
      readers.map(
        async actor =>
          (
            await desk.read(
              actor,
              'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on NamingRequest { state } } }',
              {
                refs: [{ __typename: 'NamingRequest', id }],
              },
            )
          )._entities[0]?.state ?? null,
      ),
    )
    expect(found).toEqual(['WAITING', 'WAITING', null, null])
    const asOneself = { ...county.admin, memberId: uuidOf(desk.idOf('甲一0')), memberOrgId: uuidOf(tree.a1.id) }
    expect(codesOf(await answer(asOneself, id, 'GRANTED'))).toEqual(['NAMING_OWN'])
    expect(codesOf(await answer(county.admin, id, 'REFUSED'))).toEqual(['BAD_INPUT'])
    const refused = (await answer(county.admin, id, 'REFUSED', '先进典型须公示')).data.done.request
    expect(refused).toMatchObject({
      state: 'REFUSED',
      named: true,
      answer: '先进典型须公示',
      againFrom: addDays(today, 180),
    })
    await desk.isOwed(id)
    expect(codesOf(await answer(county.admin, id, 'GRANTED'))).toEqual(['NAMING_ANSWERED'])
    expect(await desk.refused(of('甲一0'), 'askNotToBeNamed', {})).toEqual(['NAMING_REFUSED_LATELY'])
    // The other one still waits.
    expect(await seen()).toMatchObject({ ranks: ranked('甲一0', '甲一2', '甲一3', '甲一4') })
  })

  test('S1-3 however long the county takes, who waits is not named; what was granted holds until it is taken back', async () => {
    const { county } = desk
    const late = await time.at(`${addDays(today, 60)}T04:00:00Z`, county.admin, async work => {
      const { shown } = await readBoard(work, { kind: 'MEMBERS', on: null, organisationId: null })
      return shown && countPlaces(work, shown)
    })
    expect(late).toBe(4)
    const [{ id }] = (await desk.read(of('甲一1'), '{ myNamingRequests { id } }')).myNamingRequests
    expect((await answer(county.admin, id, 'GRANTED')).data.done.request).toMatchObject({
      state: 'GRANTED',
      named: false,
    })
    expect(await seen()).toMatchObject({ count: 4 })
    expect(await desk.refused(of('甲一2'), 'withdrawNaming', { id })).toEqual(['NOT_FOUND'])
    const { request } = await desk.done(of('甲一1'), 'withdrawNaming', { id }, fields)
    expect(request).toMatchObject({ state: 'WITHDRAWN', named: true })
    expect(await desk.refused(of('甲一1'), 'withdrawNaming', { id })).toEqual(['NAMING_OVER'])
    expect(await seen()).toMatchObject({ peers: 5, count: 5, ranks: ranked(...names) })
    // The history stays, the newest first.
    const again = await ask('甲一1')
    await desk.isOwed(again.id, ['NAMING_ANSWER', again.answerBy])
    await desk.done(of('甲一1'), 'withdrawNaming', { id: again.id }, fields)
    await desk.isOwed(again.id)
    const { myNamingRequests } = await desk.read(of('甲一1'), '{ myNamingRequests { state } }')
    expect(myNamingRequests.map(({ state }: Data) => state)).toEqual(['WITHDRAWN', 'WITHDRAWN'])
  })
})

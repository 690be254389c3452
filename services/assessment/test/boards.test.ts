import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, type Data } from '@linghang/harness/ask'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { readBoard } from '../src/boards/places/read-board.ts'
import { atAnotherTime, type Boards, lastYear, monthsOver, openBoards, today } from './boards-desk.ts'

jest.setTimeout(240_000)

let desk: Boards
let time: ReturnType<typeof atAnotherTime>
const [month] = monthsOver as [string]
const decide = (kind: string, more: object = {}) =>
  desk.done(desk.county.admin, 'decideBoard', desk.decision(kind, more), 'decision { id state redSize blackSize }')
const end = (id: string) =>
  desk.done(desk.county.admin, 'endBoard', { id, reason: '到此为止' }, 'decision { state endedOn }')
const rowsOf = ({ places }: Data) => places.nodes.map((row: Data) => [row.member?.id ?? row.organisationName, row.rank])

beforeAll(async () => {
  desk = await openBoards()
  time = atAnotherTime()
  const { idOf, score, publish, published, branches } = desk
  const { a1, a2, b1 } = desk.tree
  const points: Record<string, Record<string, number>> = {
    [a1.id]: { 甲一0: 90, 甲一1: 90, 甲一2: 80, 甲一3: 70, 甲一4: 60 },
    ...{ [a2.id]: { 甲二0: 95, 甲二1: 50 }, [b1.id]: { 乙一0: 85, 乙一1: 40 } },
  }
  for (const [at, of] of Object.entries(points))
    for (const [name, points] of Object.entries(of)) await score(month, idOf(name), points, at)
  // In the year's last month but one all branches were the same.
  for (const [n, branch] of branches.entries())
    for (const one of published) await score(one, branch, one === `${lastYear}-11-01` ? 50 : 90 - 10 * n)
  for (const one of published) await publish(one)
})
afterAll(() => time?.end())

describe('R2 a board stands off until the county has decided it', () => {
  test('R2 without a decision nothing is shown, and that is said in both languages without a refusal', async () => {
    for (const kind of ['MEMBERS', 'RED_BLACK', 'YEAR_ORDER']) {
      const found = await desk.board(desk.county.admin, kind)
      expect(found).toMatchObject({ state: 'NOT_DECIDED', decision: null, from: null, groups: [] })
      expect(found.places).toMatchObject({ totalCount: 0, nodes: [] })
      expect(found.why).toContain('没有公布')
    }
  })

  test('R2 the county’s administrators decide it, whole and for a time', async () => {
    const { county, tree, decision } = desk
    for (const actor of [await desk.office('ADMIN', tree.a.id), await desk.office('SECRETARY', tree.a1.id)])
      expect(await desk.refused(actor, 'decideBoard', decision('MEMBERS'))).toEqual(['FORBIDDEN'])
    const refusals = [
      [{ decidedOn: addDays(today, 1) }, 'BAD_INPUT'],
      [{ effectiveFrom: addDays(today, -1) }, 'BAD_INPUT'],
      [{ until: addDays(today, -1) }, 'BAD_INPUT'],
      [{ until: addDays(today, 367) }, 'BAD_INPUT'],
      [{ organ: ' ' }, 'BAD_INPUT'],
      [{ basis: '据'.repeat(501) }, 'BAD_INPUT'],
      [{ redSize: 3 }, 'BAD_INPUT'],
      [{ kind: 'YEAR_ORDER', audience: 'COUNTY' }, 'BOARD_AUDIENCE'],
    ] as const
    for (const [more, code] of refusals)
      expect([more, await desk.refused(county.admin, 'decideBoard', decision('MEMBERS', more))]).toEqual([more, [code]])
  })

  test('R2 of a kind one holds at a time, whoever decides at once; one that was ended makes room from that day', async () => {
    const { county } = desk
    const two = await Promise.all(
      [0, 5].map(n =>
        desk.change(
          county.admin,
          'decideBoard',
          desk.decision('MEMBERS', { effectiveFrom: addDays(today, n) }),
          'decision { id }',
        ),
      ),
    )
    expect(two.flatMap(codesOf)).toEqual(['BOARD_DECIDED'])
    const id = two.flatMap(({ data }) => data?.done?.decision.id ?? [])[0]
    expect(await end(id)).toEqual({ decision: { state: 'ENDED', endedOn: today } })
    expect(await desk.refused(county.admin, 'endBoard', { id, reason: '再停' })).toEqual(['BOARD_NOT_ON'])
    expect(await desk.refused(await desk.office('ADMIN', desk.tree.a.id), 'endBoard', { id, reason: '私停' })).toEqual([
      'FORBIDDEN',
    ])
    expect((await desk.board(county.admin, 'MEMBERS')).state).toBe('NOT_DECIDED')
  })

  test('R2 everybody of the county reads what was decided', async () => {
    const own = await desk.own('甲一0', desk.tree.a1.id)
    const { boardDecisions } = await desk.read(own, '{ boardDecisions { kind title number organ endReason state } }')
    expect(boardDecisions).toContainEqual({
      ...{ kind: 'MEMBERS', title: '榜单管理办法', number: '测组发〔2026〕9号', organ: '县委组织部' },
      ...{ endReason: '到此为止', state: 'ENDED' },
    })
  })

  test('R2 it lapses behind its last day in Shanghai, and is not there before its first', async () => {
    const { decision } = await decide('MEMBERS', { effectiveFrom: addDays(today, 1), until: addDays(today, 2) })
    const stateAt = async (instant: string) =>
      (
        await time.at(instant, desk.county.admin, work =>
          readBoard(work, { kind: 'MEMBERS', on: null, organisationId: null }),
        )
      ).state
    expect(await stateAt(`${today}T15:59:59Z`)).toBe('NOT_DECIDED')
    expect(await stateAt(`${today}T16:00:00Z`)).toBe('SHOWN')
    expect(await stateAt(`${addDays(today, 2)}T15:59:59Z`)).toBe('SHOWN')
    expect(await stateAt(`${addDays(today, 2)}T16:00:00Z`)).toBe('NOT_DECIDED')
    await end(decision.id)
  })
})

describe('S1-3 members by points', () => {
  test('S1-3 offices are shown those for whom they answer, with ranks among all, and by what decision', async () => {
    const { tree, idOf, county } = desk
    const { decision } = await decide('MEMBERS')
    const found = await desk.board(await desk.office('SECRETARY', tree.a1.id), 'MEMBERS')
    expect(found).toMatchObject({
      ...{ state: 'SHOWN', from: month, groups: [{ scale: '党员', peers: 9, average: 73.33 }] },
      decision: { title: '榜单管理办法', number: '测组发〔2026〕9号', audience: 'OFFICES', until: addDays(today, 30) },
    })
    expect(found.why).toContain('测组发〔2026〕9号')
    // The same points are the same rank, and the next one is behind both.
    const first = [idOf('甲一0'), idOf('甲一1')].sort()
    expect(rowsOf(found)).toEqual([
      ...[
        [first[0], 2],
        [first[1], 2],
        [idOf('甲一2'), 5],
        [idOf('甲一3'), 6],
        [idOf('甲一4'), 7],
      ],
    ])
    const readers: Record<string, [Actor, number, string]> = {
      countyAdmin: [county.admin, 9, 'SHOWN'],
      adminAbove: [await desk.office('ADMIN', tree.a.id), 7, 'SHOWN'],
      inspectorAbove: [await desk.office('DISCIPLINE_INSPECTOR', tree.root.id), 9, 'SHOWN'],
      leaderAbove: [await desk.office('LEADER', tree.a.id), 0, 'SHOWN'],
      accountant: [await desk.office('TREASURER', tree.a1.id), 0, 'NOT_FOR_YOU'],
      member: [await desk.own('甲一1', tree.a1.id), 0, 'NOT_FOR_YOU'],
    }
    for (const [who, [actor, places, state]] of Object.entries(readers)) {
      const found = await desk.board(actor, 'MEMBERS')
      expect([who, found.places.totalCount, found.places.nodes.length, found.state]).toEqual([
        ...[who, places, places, state],
      ])
      expect([who, found.decision.id]).toEqual([who, decision.id])
    }
    await end(decision.id)
  })

  test('S1-3 for whom the county decides it, those are shown: the branch, the committee, all', async () => {
    const { tree, idOf } = desk
    const own = await desk.own('甲一2', tree.a1.id)
    const stranger = await desk.office('CASHIER', tree.a1.id)
    for (const [audience, expected] of [
      ['OWN_BRANCH', 5],
      ['OWN_COMMITTEE', 7],
      ['COUNTY', 9],
    ] as const) {
      const { decision } = await decide('MEMBERS', { audience })
      const found = await desk.board(own, 'MEMBERS')
      expect([audience, found.state, found.places.totalCount]).toEqual([audience, 'SHOWN', expected])
      expect(found.places.nodes.filter((row: Data) => row.own).map((row: Data) => row.member.id)).toEqual([
        idOf('甲一2'),
      ])
      expect((await desk.board(stranger, 'MEMBERS')).state).toBe('NOT_FOR_YOU')
      await end(decision.id)
    }
  })

  test('S1-3 by pages, and of one organisation alone', async () => {
    const { tree, county } = desk
    const { decision } = await decide('MEMBERS')
    const page = async (after: string | null) =>
      (
        await desk.read(
          county.admin,
          `query ($after: String) { board(kind: MEMBERS) { places(first: 4, after: $after) {
            pageInfo { hasNextPage endCursor } nodes { rank member { id } } } } }`,
          { after },
        )
      ).board.places
    const seen: Data[] = []
    let after: string | null = null
    do {
      const one = await page(after)
      seen.push(...one.nodes)
      after = one.pageInfo.hasNextPage ? one.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen.map(({ rank }) => rank)).toEqual([1, 2, 2, 4, 5, 6, 7, 8, 9])
    expect(new Set(seen.map(({ member }) => member.id)).size).toBe(9)
    const below = await desk.board(county.admin, 'MEMBERS', { organisationId: tree.b.id })
    expect(below.places.nodes.map((row: Data) => row.rank)).toEqual([4, 9])
    expect(
      codesOf(
        await desk.ask(county.admin, 'query ($at: ID) { board(kind: MEMBERS, organisationId: $at) { state } }', {
          at: 'Organisation:01900000-0000-7000-8000-000000000000',
        }),
      ),
    ).toEqual(['NOT_FOUND'])
    await end(decision.id)
  })

  test('S1-3 of a time that is not wholly published nothing is shown, and who has left the register stands on none', async () => {
    const { county, tree, idOf } = desk
    const { decision } = await decide('MEMBERS')
    expect((await desk.board(county.admin, 'MEMBERS', { on: today })).state).toBe('NOT_PUBLISHED')
    // Scored after the time was published, and not published: it stands on no board.
    await desk.score(month, idOf('甲二2'), 99, tree.a2.id)
    expect((await desk.board(county.admin, 'MEMBERS')).groups[0].peers).toBe(9)
    await desk.county.world.askUntyped.members(
      county.admin,
      'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { id } } }',
      { input: { memberId: idOf('乙一1'), reason: '转往外地', leftOn: addDays(today, -1) } },
    )
    await until(async () => (await desk.board(county.admin, 'MEMBERS')).groups[0].peers === 8, 20_000)
    expect((await desk.board(await desk.office('SECRETARY', tree.b1.id), 'MEMBERS')).places.totalCount).toBe(1)
    await end(decision.id)
  })
})

describe('S3-24 the year’s order within a committee', () => {
  test('S3-24 for that committee alone, by the mean of the year’s times; of fewer than five there is no average', async () => {
    const { tree, county } = desk
    const { decision } = await decide('YEAR_ORDER')
    const ofA = { organisationId: tree.a.id }
    const found = await desk.board(await desk.office('SECRETARY', tree.a.id), 'YEAR_ORDER', ofA)
    expect(found).toMatchObject({ state: 'SHOWN', from: `${lastYear}-01-01`, until: `${lastYear}-12-31` })
    expect(found.places.nodes.map((row: Data) => [row.rank, row.score, row.periods])).toEqual(
      [70, 65, 60, 55, 50, 45].map((score, i) => [i + 1, score, 2]),
    )
    expect(found.groups).toEqual([{ scale: '党支部', peers: 6, average: 57.5 }])
    const ofB = await desk.board(county.admin, 'YEAR_ORDER', { organisationId: tree.b.id })
    expect(ofB.groups).toEqual([{ scale: '党支部', peers: 1, average: null }])
    expect(ofB.places.nodes).toMatchObject([{ rank: 1, peers: 1 }])
    // Neither a branch's own office nor another committee's is the committee.
    for (const actor of [
      await desk.office('SECRETARY', tree.a1.id),
      await desk.office('SECRETARY', tree.b.id),
      await desk.own('甲一3', tree.a1.id),
    ])
      expect(await desk.board(actor, 'YEAR_ORDER', ofA)).toMatchObject({ state: 'NOT_FOR_YOU', groups: [] })
    expect(codesOf(await desk.ask(county.admin, '{ board(kind: YEAR_ORDER) { state } }'))).toEqual(['BAD_INPUT'])
    await end(decision.id)
  })

  test('S3-24 decided for the committee’s circle, its branches and their members read it, and nobody of another', async () => {
    const { tree } = desk
    const { decision } = await decide('YEAR_ORDER', { audience: 'OWN_COMMITTEE' })
    const at = (organisationId: string) => ({ organisationId })
    for (const actor of [await desk.office('LEADER', tree.a2.id), await desk.own('甲一4', tree.a1.id)]) {
      expect((await desk.board(actor, 'YEAR_ORDER', at(tree.a.id))).places.totalCount).toBe(6)
      expect(await desk.board(actor, 'YEAR_ORDER', at(tree.b.id))).toMatchObject({ state: 'NOT_FOR_YOU', groups: [] })
    }
    await end(decision.id)
  })
})

describe('S3-27 red and black', () => {
  test('S3-27 the first and the last stand on the lists, and nobody in between', async () => {
    const { county, tree, branches } = desk
    const { decision } = await decide('RED_BLACK', { redSize: 2, blackSize: 3 })
    expect(decision).toMatchObject({ redSize: 2, blackSize: 3 })
    const found = await desk.board(county.admin, 'RED_BLACK')
    expect(found.places.nodes.map((row: Data) => [row.organisation.id, row.rank, row.list, row.score])).toEqual([
      [branches[0], 1, 'RED', 90],
      [branches[1], 2, 'RED', 80],
      [branches[4], 5, 'BLACK', 50],
      [branches[5], 6, 'BLACK', 40],
      [branches[6], 7, 'BLACK', 30],
    ])
    const branch = await desk.board(await desk.office('SECRETARY', tree.a1.id), 'RED_BLACK')
    expect(branch.places.nodes.map((row: Data) => [row.rank, row.list])).toEqual([[1, 'RED']])
    expect((await desk.board(await desk.own('乙一0', tree.b1.id), 'RED_BLACK')).state).toBe('NOT_FOR_YOU')
    await end(decision.id)
  })
})

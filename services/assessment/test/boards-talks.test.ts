import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, type Data, entityOf, uuidOf } from '@linghang/harness/ask'
import { look } from '@linghang/harness/databases'
import { addDays, addMonths } from '@linghang/rulebook'
import { type Boards, monthsOver, openBoards, today } from './boards-desk.ts'

jest.setTimeout(240_000)

let desk: Boards
const [newest, middle, first] = monthsOver as [string, string, string]
const due = async (): Promise<string[]> =>
  (await desk.read(desk.county.admin, '{ branchesToCallIn { branch { id } branchName months } }')).branchesToCallIn.map(
    ({ branch }: Data) => branch.id,
  )
const fields = 'talk { id state month calledBy openedOn dueOn overdue workSeen heldOn heldBy note decision { number } }'
const calling = (branchId: string, more: object = {}) => ({
  ...{ branchId, calledBy: '县委组织部', dueOn: addDays(today, 10), ...more },
})
const held = { heldOn: today, heldBy: '组织部副部长', workSeen: '实地查看了支部', note: '限期补开党员大会' }
const talksSeenBy = async (actor: Actor, id: string): Promise<string[]> =>
  entityOf<Data>(
    await desk.ask(
      actor,
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { boardTalks { totalCount nodes { state } } } } }',
      { refs: [{ __typename: 'Organisation', id }] },
    ),
  ).boardTalks.nodes.map(({ state }: Data) => state)

/** What a branch was told of a month by its report, as the fifth of the next makes it. */
const report = (month: string, branch: string, points: number) =>
  look(
    'assessment',
    `insert into monthly_report select uuidv7(), $1, $2, 'ORGANISATION', $2, $3, 'monthly', 1, 'BRANCH', 'BRANCH', $3, $4, $5,
       '[]', '{}', '[]', now()`,
    [desk.county.id, uuidOf(branch), month, addDays(addMonths(month, 1), -1), points * 100],
  )

beforeAll(async () => {
  desk = await openBoards()
  const { branches, score, publish, county } = desk
  // Of seven branches the last three are black: the fifth was not in the first of the months.
  for (const [n, branch] of branches.entries()) {
    await score(newest, branch, 90 - 10 * n)
    await score(first, branch, n === 4 ? 95 : 90 - 10 * n)
  }
  await publish(first)
  await publish(newest)
  await look(
    'assessment',
    `insert into report_average values ($1, $2, 'ORGANISATION', 'BRANCH', 'BRANCH', $3, 6000, '{}', '{}')`,
    [county.id, middle, branches.length],
  )
})

describe('S3-27 three months running on the black list, and the talk that follows', () => {
  test('S3-27 without a decision nobody is called in', async () => {
    expect(await due()).toEqual([])
    expect(await desk.refused(desk.county.admin, 'callBranchIn', calling(desk.branches[5] as string))).toEqual([
      'TALK_NOT_DECIDED',
    ])
    await desk.done(desk.county.admin, 'decideBoard', desk.decision('RED_BLACK', { redSize: 2, blackSize: 3 }))
  })

  test('S3-27 a month of which nothing is told yet breaks the run; one is read as the reports told it, once all are made', async () => {
    const { branches, county } = desk
    const [last, ...others] = branches.toReversed() as [string, ...string[]]
    for (const branch of others) await report(middle, branch, 90 - 10 * branches.indexOf(branch))
    expect(await due()).toEqual([])
    expect((await desk.board(county.admin, 'RED_BLACK', { on: middle })).state).toBe('NOT_PUBLISHED')
    await report(middle, last, 30)
    expect(await due()).toEqual([branches[5], branches[6]].sort())
    const board = await desk.board(county.admin, 'RED_BLACK', { on: middle })
    expect([board.state, board.from, board.places.nodes.map(({ rank }: Data) => rank)]).toEqual([
      ...['SHOWN', middle, [1, 2, 5, 6, 7]],
    ])
  })

  test('S3-27 the county calls in, by a day, those alone who were there three months running, and once', async () => {
    const { county, branches, tree, refused } = desk
    const sixth = branches[5] as string
    for (const actor of [await desk.office('ADMIN', tree.a.id), await desk.office('SECRETARY', sixth)]) {
      expect(await refused(actor, 'callBranchIn', calling(sixth))).toEqual(['FORBIDDEN'])
      expect((await desk.read(actor, '{ branchesToCallIn { branchName } }')).branchesToCallIn).toEqual([])
    }
    expect(await refused(county.admin, 'callBranchIn', calling(branches[4] as string))).toEqual(['TALK_NOT_DUE'])
    expect(await refused(county.admin, 'callBranchIn', calling(sixth, { dueOn: addDays(today, -1) }))).toEqual([
      'BAD_INPUT',
    ])
    expect(await refused(county.admin, 'callBranchIn', calling(sixth, { calledBy: ' ' }))).toEqual(['BAD_INPUT'])
    const two = await Promise.all([0, 1].map(() => desk.change(county.admin, 'callBranchIn', calling(sixth), fields)))
    expect(two.flatMap(codesOf)).toHaveLength(1)
    expect(['TALK_OPEN', 'TALK_NOT_DUE']).toContain(two.flatMap(codesOf)[0])
    const talk = two.flatMap(({ data }) => data?.done?.talk ?? [])[0]
    expect(talk).toMatchObject({
      ...{ state: 'OPEN', month: newest, calledBy: '县委组织部', openedOn: today, dueOn: addDays(today, 10) },
      ...{ overdue: false, decision: { number: '测组发〔2026〕9号' } },
    })
    await desk.isOwed(talk.id, ['BOARD_TALK', addDays(today, 10)])
    expect(await due()).toEqual([branches[6]])
    expect(await refused(county.admin, 'callBranchIn', calling(sixth))).toEqual(['TALK_NOT_DUE'])
  })

  test('S3-27 a talk says what a look at the work has found; the branch and those above it read it', async () => {
    const { county, branches, tree, refused } = desk
    const sixth = branches[5] as string
    const own = await desk.office('SECRETARY', sixth)
    const { id } = (
      await desk.read(
        own,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { boardTalks { nodes { id } } } } }',
        { refs: [{ __typename: 'Organisation', id: sixth }] },
      )
    )._entities[0].boardTalks.nodes[0]
    expect(await refused(own, 'holdBoardTalk', { id, ...held })).toEqual(['FORBIDDEN'])
    for (const wrong of [
      { workSeen: ' ' },
      { heldOn: addDays(today, 1) },
      { heldBy: '某'.repeat(51) },
      { note: '记'.repeat(1_001) },
    ])
      expect([wrong, await refused(county.admin, 'holdBoardTalk', { id, ...held, ...wrong })]).toEqual([
        wrong,
        ['BAD_INPUT'],
      ])
    const { talk } = await desk.done(county.admin, 'holdBoardTalk', { id, ...held }, fields)
    expect(talk).toMatchObject({ state: 'HELD', ...held })
    await desk.isOwed(id)
    expect(await refused(county.admin, 'holdBoardTalk', { id, ...held })).toEqual(['TALK_CLOSED'])
    expect(await refused(county.admin, 'dropBoardTalk', { id, workSeen: '看过', reason: '不谈' })).toEqual([
      'TALK_CLOSED',
    ])
    // Called in for these months, it is not called in for them again.
    expect(await due()).toEqual([branches[6]])
    expect(await talksSeenBy(own, sixth)).toEqual(['HELD'])
    expect(await talksSeenBy(await desk.office('LEADER', tree.a.id), sixth)).toEqual(['HELD'])
    expect(await talksSeenBy(await desk.office('SECRETARY', tree.a1.id), sixth)).toEqual([])
  })

  test('S3-27 where the work shows no cause there is no talk, and why stays written', async () => {
    const { county, branches } = desk
    const called = await desk.done(county.admin, 'callBranchIn', calling(branches[6] as string), fields)
    await desk.isOwed(called.talk.id, ['BOARD_TALK', addDays(today, 10)])
    const dropped = { id: called.talk.id, workSeen: '工作开展正常', reason: '记录补报不及时，已更正' }
    expect((await desk.done(county.admin, 'dropBoardTalk', dropped, fields)).talk).toMatchObject({
      ...{ state: 'DROPPED', workSeen: '工作开展正常', note: '记录补报不及时，已更正', heldOn: null },
    })
    await desk.isOwed(dropped.id)
    expect(await due()).toEqual([])
  })
})

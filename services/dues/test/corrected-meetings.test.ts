import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { seedActor } from '@linghang/harness/county'
import { until } from '@linghang/harness/until'
import { codesOf, createSpendingDesk, dataOf, idOf, stateOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
beforeAll(async () => {
  desk = await createSpendingDesk()
})

type Told = { state: string; reason: string | null; basisLostOn: string | null; steps: { kind: string }[] }
const told = async (id: string, by = desk.county.admin) =>
  dataOf(
    await desk.county.world.askUntyped.dues(
      by,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesSpending {
        state reason basisLostOn hold { state } steps { kind } } } }`,
      { refs: [{ __typename: 'DuesSpending', id }] },
    ),
  )._entities[0] as Told & { hold: { state: string } | null }

/** A meeting that is written anew, with what it decides now. */
const correct = async (meeting: string, resolutions: object[]) =>
  dataOf(
    await desk.org('correctMeeting', 'CorrectMeetingInput', {
      ...{ id: meeting, content: desk.meetingOf('a1', resolutions), reason: '记录有误' },
    }),
  )
const becomes = async (id: string, wanted: Partial<Told>) => {
  await until(
    async () => {
      const found = await told(id)
      return Object.entries(wanted).every(([key, value]) => found[key as keyof Told] === value)
    },
    20_000,
    `the request is ${JSON.stringify(wanted)}`,
  )
  return told(id)
}
const asked = async (amountFen: string) => {
  const id = idOf(await desk.request(amountFen))
  const meeting = await desk.meet([{ spendingId: id, amountFen }])
  dataOf(await desk.submit(id))
  return { id, meeting, resolution: { spendingId: id, amountFen, ballots: desk.votes() } }
}
const lost = { ballots: { due: 1, present: 1, inFavour: 0, against: 1, abstained: 0 } }

describe('S0-16 a meeting that is corrected afterwards', () => {
  test('S0-16 what was handed in goes back with the reason, and comes again once a meeting has decided on it', async () => {
    const { id, meeting, resolution } = await asked('1100')
    await correct(meeting, [{ ...resolution, ...lost }])
    const found = await becomes(id, { state: 'RETURNED' })
    expect(found.reason).toMatch(/会议对决议作了更正/)
    expect(codesOf(await desk.decide(id, desk.actors.above))).toEqual(['SPENDING_NOT_SO_FAR'])
    expect(codesOf(await desk.submit(id))).toEqual(['RESOLUTION_NOT_CARRIED'])
    await desk.meet([{ spendingId: id, amountFen: '1100' }])
    expect(stateOf(await desk.submit(id))).toBe('SUBMITTED')
  })

  test.each([
    ['no longer names it', () => []],
    ['names another sum', (resolution: object) => [{ ...resolution, amountFen: '1199' }]],
    ['has not carried it', (resolution: object) => [{ ...resolution, ...lost }]],
  ])('S0-25 what was approved goes back and its money is free, where the meeting %s', async (_, now) => {
    const before = await desk.accountOf(desk.tree.a1.id)
    const { id, meeting, resolution } = await asked('1200')
    dataOf(await desk.decide(id, desk.actors.above))
    const paper = await desk.voucher(id, '1200')
    expect(await desk.accountOf(desk.tree.a1.id)).not.toEqual(before)
    await correct(meeting, now(resolution))
    expect(await becomes(id, { state: 'RETURNED' })).toMatchObject({ hold: { state: 'RELEASED' } })
    expect(await desk.accountOf(desk.tree.a1.id)).toEqual(before)
    expect(codesOf(await desk.settleWith(id, '1200', [paper]))).toEqual(['SPENDING_NOT_SO_FAR'])
  })

  test('S0-16 a correction that leaves the resolution as it was changes nothing', async () => {
    const { id, meeting, resolution } = await asked('1300')
    const other = await asked('1301')
    dataOf(await desk.decide(id, desk.actors.above))
    await correct(meeting, [resolution, { ...other.resolution, text: '再次同意' }])
    await correct(other.meeting, [{ ...other.resolution, ...lost }])
    // What is told later is heard later: by now both corrections are known, and the first carries both.
    const last = await asked('1302')
    await correct(last.meeting, [])
    await becomes(last.id, { state: 'RETURNED' })
    expect(await told(id)).toMatchObject({ state: 'APPROVED', hold: { state: 'OPEN' } })
    expect(await told(other.id)).toMatchObject({ state: 'SUBMITTED' })
  })

  test('S0-24 what was spent already is the superior’s to look at, until a meeting has decided on it after all', async () => {
    const { id, meeting, resolution } = await asked('1400')
    dataOf(await desk.decide(id, desk.actors.above))
    expect(stateOf(await desk.settle(id, '1400'))).toBe('SETTLED')
    const toLookAt = async (by = desk.actors.above) => {
      const answer = await desk.county.world.askUntyped.dues(
        by,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          spendings(below: true, filter: { toLookAt: true }) { nodes { id } totalCount } } } }`,
        { refs: [{ __typename: 'Organisation', id: desk.tree.a.id }] },
      )
      return dataOf(answer)._entities[0].spendings
    }
    expect(await toLookAt()).toEqual({ nodes: [], totalCount: 0 })
    await correct(meeting, [{ ...resolution, ...lost }])
    const found = await becomes(id, { basisLostOn: today })
    expect(found).toMatchObject({ state: 'SETTLED', reason: expect.stringMatching(/集体讨论决定/) })
    expect(await toLookAt()).toEqual({ nodes: [{ id }], totalCount: 1 })
    const beside = await seedActor(desk.county, 'SECRETARY', desk.tree.b.id)
    expect(await toLookAt(beside)).toEqual({ nodes: [], totalCount: 0 })
    await desk.meet([{ spendingId: id, amountFen: '1400' }])
    expect((await becomes(id, { basisLostOn: null })).steps.map(({ kind }) => kind)).toEqual([
      ...['REQUESTED', 'SUBMITTED', 'APPROVED', 'SETTLED', 'BASIS_LOST', 'BASIS_RESTORED'],
    ])
    expect(await toLookAt()).toEqual({ nodes: [], totalCount: 0 })
  })

  test('S0-16 whoever hands in at the very moment of the correction has a request that stands, or none', async () => {
    const fens = Array.from({ length: 60 }, (_, n) => `${1501 + n}`)
    const ids = await Promise.all(fens.map(async fen => idOf(await desk.request(fen))))
    const meeting = await desk.meet(ids.map((spendingId, n) => ({ spendingId, amountFen: fens[n] as string })))
    const corrected = correct(meeting, [])
    // One beside the other, until one finds that nothing carries it: in between the correction was heard.
    let refused = false
    const handing: Promise<unknown>[] = []
    for (const id of ids) {
      if (refused) break
      const answered = desk.submit(id).then(answer => {
        if (codesOf(answer).includes('RESOLUTION_NOT_CARRIED')) refused = true
      })
      handing.push(answered)
      await Promise.race([answered, new Promise(resolve => setTimeout(resolve, 15))])
    }
    await Promise.all([corrected, ...handing])
    const statesNow = async () => new Set((await Promise.all(ids.map(id => told(id)))).map(({ state }) => state))
    await until(async () => !(await statesNow()).has('SUBMITTED'), 20_000, 'nothing is handed in that nothing carries')
    expect([...(await statesNow())].filter(state => !['DRAFT', 'RETURNED'].includes(state))).toEqual([])
  })
})

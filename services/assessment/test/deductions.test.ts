import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { entityOf, post, tokenOf } from '@linghang/harness/ask'
import { look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { factKinds } from '../src/facts/kinds/fact-kinds.ts'
import { type Desk, done, openDesk, owing, said, sheetOf, tellBill, today } from './deductions-desk.ts'

jest.setTimeout(180_000)

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})

const lines = 'sheets { score indicators { lines { key state points } } }'
const seen = ({ sheet, line }: Awaited<ReturnType<typeof owing>>) => ({
  ...{ sheetId: sheet.id, lineKey: line.key, points: line.points },
})
const nowOf = async (i: number, key: string) => {
  const sheet = await sheetOf(desk, desk.actors.secretary, desk.ids[i] as string)
  return [sheet?.score, sheet?.lines.find(one => one.key === key)?.state]
}
const waitingAt = async (orgId: string, actor = desk.actors.secretary) =>
  entityOf<{ proposedDeductions: { totalCount: number; nodes: { lineKey: string; line: object | null }[] } }>(
    await desk.ask(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
        proposedDeductions(first: 50) { totalCount nodes { lineKey indicator points sheet { id } line { key state } } } } } }`,
      { refs: [{ __typename: 'Organisation', id: orgId }] },
    ),
  ).proposedDeductions

describe('R8 a deduction is proposed, and a person confirms it', () => {
  test('R8 it takes nothing until it is confirmed, is a proposal again when it is taken back, and nothing when it is dismissed', async () => {
    const found = await owing(desk, 1)
    const { line, sheet } = found
    const { secretary } = desk.actors
    expect([sheet.score, line.state, line.points]).toEqual([80, 'PROPOSED', -1])
    const input = { lines: [seen(found)], idempotencyKey: 'once' }
    const first = await done(desk.act(secretary, 'confirmDeductions', input, lines))
    expect(first.sheets).toHaveLength(1)
    expect(first.sheets[0].score).toBe(79)
    // The same key again is the same; another one is another decision, of what is no longer proposed.
    expect(await done(desk.act(secretary, 'confirmDeductions', input, lines))).toEqual(first)
    expect(await said(desk.act(secretary, 'confirmDeductions', { lines: [seen(found)] }, lines))).toBe(
      'DEDUCTION_CHANGED',
    )
    const named = { sheetId: sheet.id, lineKey: line.key }
    await done(desk.act(secretary, 'takeDeductionBack', { ...named, reason: '核对有误' }, lines))
    expect(await nowOf(1, line.key)).toEqual([80, 'PROPOSED'])
    expect(await said(desk.act(secretary, 'takeDeductionBack', { ...named, reason: '再撤' }, lines))).toBe(
      'DEDUCTION_CHANGED',
    )
    await done(desk.act(secretary, 'dismissDeductions', { lines: [seen(found)], reason: '已说明情况' }, lines))
    expect(await nowOf(1, line.key)).toEqual([80, 'DISMISSED'])
    const kinds = await look(
      'assessment',
      'select kind from sheet_ruling where county_id = $1 and line_key = $2 order by id',
      [...[desk.county.id, line.key]],
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['CONFIRMED', 'TAKEN_BACK', 'DISMISSED'])
  })

  test('R8 why a deduction was not made, and all that was decided before, stands beside the line for whose sheet it is', async () => {
    const found = await owing(desk, 1)
    const named = { sheetId: found.sheet.id, lineKey: found.line.key }
    const { secretary, elsewhere } = desk.actors
    const own = desk.memberOf(1)
    type Line = { key: string; rulings: { holds: boolean }[] }
    const rulingsOf = async (actor = own) => {
      const refs = [{ __typename: 'ScoreSheet', id: found.sheet.id }]
      const what = '... on ScoreSheet { indicators { lines { key rulings { kind on reason points holds } } } }'
      const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ${what} } }`
      const [sheet] = (await desk.ask(actor, document, { refs })).data._entities
      const all: Line[] = sheet?.indicators.flatMap((one: { lines: Line[] }) => one.lines) ?? []
      return all.find(({ key }) => key === found.line.key)?.rulings ?? null
    }
    const decided = { on: today, points: null }
    expect(await rulingsOf()).toEqual([])
    await done(desk.act(secretary, 'confirmDeductions', { lines: [seen(found)] }, lines))
    expect(await rulingsOf()).toEqual([{ ...decided, kind: 'CONFIRMED', reason: '', holds: true }])
    await done(desk.act(secretary, 'takeDeductionBack', { ...named, reason: '核对有误' }, lines))
    await done(desk.act(secretary, 'dismissDeductions', { lines: [seen(found)], reason: '因病住院，已补交' }, lines))
    const history = [
      { ...decided, kind: 'DISMISSED', reason: '因病住院，已补交', holds: true },
      { ...decided, kind: 'TAKEN_BACK', reason: '核对有误', holds: false },
      { ...decided, kind: 'CONFIRMED', reason: '', holds: false },
    ]
    expect(await rulingsOf()).toEqual(history)
    expect(await rulingsOf(secretary)).toEqual(history)
    for (const stranger of [elsewhere, desk.memberOf(2)]) expect(await rulingsOf(stranger)).toBeNull()
    // A fact that is corrected since: it was decided of something else, and stands there as what was decided then.
    await tellBill(desk.county, { ...found.bill, state: 'PART', version: 2 })
    await until(async () => (await rulingsOf())?.[0]?.holds === false, 20_000, 'it is corrected')
    expect(await rulingsOf()).toEqual(history.map(one => ({ ...one, holds: false })))
  })

  test('S0-21 what happened is told in the language that is asked for', async () => {
    const found = await owing(desk, 4)
    const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ScoreSheet {
      indicators { lines { facts { title } } } } } }`
    const titles = async (language: string) => {
      const body = { query: document, variables: { refs: [{ __typename: 'ScoreSheet', id: found.sheet.id }] } }
      const authorization = `Bearer ${await tokenOf(desk.memberOf(4))}`
      const headers = { authorization, 'accept-language': language }
      const { data } = await post(surroundings().services.assessment, body, headers)
      type Told = { lines: { facts: { title: string }[] }[] }
      const all: Told[] = data._entities[0].indicators
      return [...new Set(all.flatMap(({ lines: own }) => own.flatMap(({ facts }) => facts.map(({ title }) => title))))]
    }
    expect(await titles('zh-CN')).toEqual([factKinds.DUES_MONTH.name.zh])
    expect(await titles('en')).toEqual([factKinds.DUES_MONTH.name.en])
  })

  test('R8 those of several sheets and indicators are not confirmed at once: nobody has looked at them together', async () => {
    const [one, other] = [await owing(desk, 2), await owing(desk, 3)]
    const elsewhere = await owing(desk, 'NEIGHBOUR')
    const { above } = desk.actors
    const confirm = (asked: object[]) =>
      said(desk.act(above, 'confirmDeductions', { lines: asked }, 'sheets { score }'))
    expect(await confirm([seen(one), seen(elsewhere)])).toBe('DEDUCTIONS_APART')
    expect(await confirm([seen(one), seen(other)])).toMatchObject({ sheets: [{}, {}] })
  })

  test('R8 by nobody but whoever keeps the register, never of the own, and by no app', async () => {
    const found = await owing(desk, 0)
    const confirm = (actor: (typeof desk.actors)['secretary']) =>
      said(desk.act(actor, 'confirmDeductions', { lines: [seen(found)] }, lines))
    const { leader, ownSecretary, app, elsewhere, above } = desk.actors
    expect(await confirm(leader)).toBe('DEDUCTION_NOT_YOURS')
    expect(await confirm(ownSecretary)).toBe('DEDUCTION_NOT_YOURS')
    expect(await confirm(desk.memberOf(0))).toBe('DEDUCTION_NOT_YOURS')
    for (const stranger of [app, elsewhere, desk.memberOf(2)]) expect(await confirm(stranger)).toBe('NOT_FOUND')
    expect(await nowOf(0, found.line.key)).toEqual([80, 'PROPOSED'])
    // Whoever keeps the register above keeps it.
    expect(await confirm(above)).toMatchObject({ sheets: [{ score: 79 }] })
  })

  test.each([
    ['a key that nobody has worked out', { lineKey: 'DUES/2026-01-01/DuesBill/x' }, 'SCORE_LINE_UNKNOWN'],
    ['other points than were proposed', { points: -0.5 }, 'DEDUCTION_CHANGED'],
    ['points that are none', { points: 0 }, 'DEDUCTION_CHANGED'],
    ['a sheet that is none', { sheetId: 'ScoreSheet:01900000-0000-7000-8000-000000000000' }, 'NOT_FOUND'],
    ['the id of another thing', { sheetId: 'Member:01900000-0000-7000-8000-000000000000' }, 'BAD_INPUT'],
  ])('R8 refuses %s', async (_, wrong, code) => {
    const found = await owing(desk, 2)
    const input = { lines: [{ ...seen(found), ...wrong }] }
    expect(await said(desk.act(desk.actors.secretary, 'confirmDeductions', input, lines))).toBe(code)
  })

  test('R8 no reason, marks that nobody sees, none at all, one twice, and more than a person looks at are refused', async () => {
    const found = await owing(desk, 2)
    const { secretary } = desk.actors
    const one = seen(found)
    const confirm = (asked: object[]) => said(desk.act(secretary, 'confirmDeductions', { lines: asked }, lines))
    const dismiss = (reason: string) => said(desk.act(secretary, 'dismissDeductions', { lines: [one], reason }, lines))
    expect(await confirm([])).toBe('BAD_INPUT')
    expect(await confirm([one, one])).toBe('BAD_INPUT')
    expect(await confirm(Array.from({ length: 51 }, (_, i) => ({ ...one, lineKey: `${i}` })))).toBe('BAD_INPUT')
    expect(await confirm(Array.from({ length: 50 }, (_, i) => ({ ...one, lineKey: `${i}` })))).toBe(
      'SCORE_LINE_UNKNOWN',
    )
    expect(await dismiss('  ')).toBe('BAD_INPUT')
    expect(await dismiss('理\u0000由')).toBe('BAD_INPUT')
    expect(await dismiss('由'.repeat(501))).toBe('BAD_INPUT')
    expect(await dismiss('由'.repeat(500))).toMatchObject({ sheets: [{}] })
  })

  test('R8 of two at once one decides, and the other is told what it is now', async () => {
    const found = await owing(desk, 3)
    const { secretary, admin } = desk.actors
    const outcomes = await Promise.all(
      [secretary, admin].map(actor =>
        said(desk.act(actor, 'confirmDeductions', { lines: [seen(found)] }, 'sheets { id }')),
      ),
    )
    expect(outcomes.filter(outcome => outcome === 'DEDUCTION_CHANGED')).toHaveLength(1)
    const written = 'select count(*)::int as n from sheet_ruling where county_id = $1 and line_key = $2'
    expect(await look('assessment', written, [desk.county.id, found.line.key])).toEqual([{ n: 1 }])
  })

  test('R8 those of one indicator at a branch are confirmed together, all or none; what waits is listed for whoever keeps it', async () => {
    const found = [await owing(desk, 4), await owing(desk, 5)]
    const keys = found.map(({ line }) => line.key)
    const { secretary, above, leader, elsewhere } = desk.actors
    const listed = async (actor = secretary, orgId = desk.tree.a1.id) =>
      (await waitingAt(orgId, actor)).nodes.map(({ lineKey }) => lineKey).filter(key => keys.includes(key))
    await until(async () => (await listed()).length === 2, 10_000, 'both wait')
    expect((await waitingAt(desk.tree.a.id, above)).nodes.filter(({ line }) => line !== null).length).toBeGreaterThan(1)
    expect(await listed(leader)).toEqual([])
    expect(await listed(elsewhere)).toEqual([])
    const [one, two] = found.map(seen)
    const none = { lines: [one, { ...two, points: -3 }] }
    expect(await said(desk.act(secretary, 'confirmDeductions', none, lines))).toBe('DEDUCTION_CHANGED')
    expect(await nowOf(4, keys[0] as string)).toEqual([80, 'PROPOSED'])
    expect(await said(desk.act(secretary, 'confirmDeductions', { lines: [one, two] }, 'sheets { score }'))).toEqual({
      sheets: [{ score: 79 }, { score: 79 }],
    })
    await until(async () => (await listed()).length === 0, 10_000, 'none waits')
  })
})

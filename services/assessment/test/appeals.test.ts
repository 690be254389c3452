import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import {
  type Desk,
  done,
  type Line,
  openDesk,
  owing,
  type Sheet,
  said,
  sheetOf,
  tellBill,
  today,
} from './deductions-desk.ts'

jest.setTimeout(240_000)

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})

const fields = 'appeal { id state outcome points workedOut round office { id } openedOn hearBy answerBy }'
type Found = Awaited<ReturnType<typeof owing>>
const appeal = (actor: Actor, { sheet, line }: { sheet: Sheet; line: Line }, more: object = {}) =>
  desk.act(
    actor,
    'appealLine',
    { sheetId: sheet.id, lineKey: line.key, reason: '当月因病住院，已补交', ...more },
    fields,
  )
const confirm = (actor: Actor, { sheet, line }: Found) =>
  said(
    desk.act(
      actor,
      'confirmDeductions',
      { lines: [{ sheetId: sheet.id, lineKey: line.key, points: line.points }] },
      'sheets { score }',
    ),
  )
const hear = (actor: Actor, id: string, more: object = {}) =>
  desk.act(
    actor,
    'noteAppealHearing',
    { id, heldOn: today, heardBy: '支部委员', note: '本人说明了情况', ...more },
    fields,
  )
const answer = (actor: Actor, id: string, outcome: string, points?: number, reason = '情况属实') =>
  desk.act(actor, 'answerAppeal', { id, outcome, points, reason }, fields)
const lineNow = async (i: number, key: string) =>
  (await sheetOf(desk, desk.actors.secretary, desk.ids[i] as string))?.lines.find(one => one.key === key)
/** How the workflows service knows it, once it has heard of a version. */
const told = (id: string, version: number) =>
  until(
    async () => {
      const [watch] = await look('workflows', 'select version::int, state, round from watch where id = $1', [
        uuidOf(id),
      ])
      return watch && (watch.version as number) >= version ? watch : null
    },
    20_000,
    'it is told',
  )

describe('R8 every line can be appealed', () => {
  test('R8 S0-21 from the button to the answer: the deduction waits for the hearing, upheld the sheet is scored anew, and all of it stays', async () => {
    const found = await owing(desk, 1)
    const own = desk.memberOf(1)
    const { secretary, admin } = desk.actors
    const lodged = (await done(appeal(own, found, { idempotencyKey: 'k' }))).appeal
    expect(lodged).toMatchObject({
      state: 'OPEN',
      round: 1,
      workedOut: -1,
      points: null,
      office: { id: desk.tree.a1.id },
    })
    expect((await done(appeal(own, found, { idempotencyKey: 'k' }))).appeal.id).toBe(lodged.id)
    expect(await said(appeal(own, found))).toBe('APPEAL_OPEN_ALREADY')
    expect(await confirm(secretary, found)).toBe('DEDUCTION_UNHEARD')
    expect(await said(answer(secretary, lodged.id, 'REJECTED'))).toBe('APPEAL_STATE')
    expect((await sheetOf(desk, own, desk.ids[1] as string))?.openAppeals).toBe(1)
    await done(hear(secretary, lodged.id))
    expect(await said(hear(secretary, lodged.id))).toBe('APPEAL_STATE')
    // Heard, it may be confirmed; whoever did so does not answer as well.
    expect(await confirm(secretary, found)).toEqual({ sheets: [{ score: 79 }] })
    expect(await said(answer(secretary, lodged.id, 'UPHELD', 0))).toBe('APPEAL_OWN_DECISION')
    for (const points of [0.01, -1.01])
      expect(await said(answer(admin, lodged.id, 'UPHELD', points))).toBe('APPEAL_POINTS')
    expect(await said(answer(admin, lodged.id, 'UPHELD'))).toBe('BAD_INPUT')
    expect(await said(answer(admin, lodged.id, 'REJECTED', 0))).toBe('BAD_INPUT')
    expect((await done(answer(admin, lodged.id, 'UPHELD', -0.5))).appeal).toMatchObject({
      ...{ state: 'ANSWERED', outcome: 'UPHELD', points: -0.5 },
    })
    const sheet = await sheetOf(desk, own, desk.ids[1] as string)
    const line = sheet?.lines.find(({ key }) => key === found.line.key)
    expect([sheet?.score, sheet?.openAppeals]).toEqual([79.5, 0])
    expect(line).toMatchObject({ points: -0.5, state: 'COUNTED', adjustment: { from: -1, reason: '情况属实' } })
    expect(
      line?.appeal.steps.map(({ kind, text, heardBy, points }: Line['appeal']) => [kind, text, heardBy, points]),
    ).toEqual([
      ['OPENED', '当月因病住院，已补交', null, null],
      ['HEARD', '本人说明了情况', '支部委员', null],
      ['UPHELD', '情况属实', null, -0.5],
    ])
    const kept = 'select score from score_sheet where id = $1'
    await until(
      async () => (await look('assessment', kept, [uuidOf(found.sheet.id)]))[0]?.score === 7950,
      10_000,
      'scored anew',
    )
    // What is settled by an appeal is not undone by the way.
    const back = { sheetId: found.sheet.id, lineKey: found.line.key, reason: '撤' }
    expect(await said(desk.act(secretary, 'takeDeductionBack', back, 'sheets { id }'))).toBe(
      'DEDUCTION_SETTLED_BY_APPEAL',
    )
    expect(await told(lodged.id, 3)).toEqual({ version: 3, state: 'ENDED', round: 1 })
    await expect(
      look('assessment', `update appeal_step set text = '' where appeal_id = $1`, [uuidOf(lodged.id)]),
    ).rejects.toThrow('append-only')
  })

  test('R8 R4 nobody appeals for others, and nobody decides who is concerned or stands elsewhere; the office above only once the day is over', async () => {
    const found = await owing(desk, 2)
    const { secretary, leader, above, app, elsewhere, countyAdmin } = desk.actors
    for (const actor of [secretary, leader, above, countyAdmin])
      expect(await said(appeal(actor, found))).toBe('APPEAL_NOT_YOURS')
    for (const actor of [app, elsewhere, desk.memberOf(3)]) expect(await said(appeal(actor, found))).toBe('NOT_FOUND')
    const own = desk.memberOf(2)
    const unknown = { ...found, line: { ...found.line, key: 'MADE/UP' } }
    expect(await said(appeal(own, unknown))).toBe('SCORE_LINE_UNKNOWN')
    for (const reason of ['', ' ', '申\u202e诉', '由'.repeat(501)])
      expect(await said(appeal(own, found, { reason }))).toBe('BAD_INPUT')
    const { id } = (await done(appeal(own, found))).appeal
    for (const actor of [own, leader, above, countyAdmin])
      expect(await said(hear(actor, id))).toBe('APPEAL_NOT_YOURS_TO_DECIDE')
    for (const actor of [app, elsewhere, desk.memberOf(3)]) expect(await said(hear(actor, id))).toBe('NOT_FOUND')
    for (const heldOn of [addDays(today, -1), addDays(today, 1)])
      expect(await said(hear(secretary, id, { heldOn }))).toBe('BAD_INPUT')
    const opened = async (actor: Actor) => {
      const refs = [{ __typename: 'Appeal', id }]
      const found = '... on Appeal { lineKey state office { id } steps { kind } }'
      return (
        await desk.ask(actor, `query ($refs: [_Any!]!) { _entities(representations: $refs) { ${found} } }`, { refs })
      ).data._entities
    }
    for (const actor of [own, secretary, above, countyAdmin])
      expect(await opened(actor)).toMatchObject([{ lineKey: found.line.key }])
    for (const actor of [app, elsewhere, desk.memberOf(3)]) expect(await opened(actor)).toEqual([null])
    const withdraw = (actor: Actor) => said(desk.act(actor, 'withdrawAppeal', { id }, fields))
    expect(await withdraw(secretary)).toBe('APPEAL_NOT_YOURS')
    // As if its days were over: the office above may, and nothing waits for the hearing any more.
    const days = 'update appeal set opened_on = $3::date - 20, hear_by = $2, answer_by = $3 where id = $1'
    await look('assessment', days, [uuidOf(id), today, today])
    expect(await said(hear(above, id))).toBe('APPEAL_NOT_YOURS_TO_DECIDE')
    expect(await confirm(secretary, found)).toBe('DEDUCTION_UNHEARD')
    await look('assessment', days, [uuidOf(id), addDays(today, -1), addDays(today, -1)])
    expect(await confirm(secretary, found)).toEqual({ sheets: [{ score: 79 }] })
    expect(await said(hear(above, id))).toMatchObject({ appeal: { state: 'HEARD' } })
    expect(await withdraw(own)).toMatchObject({ appeal: { state: 'WITHDRAWN' } })
    expect(await withdraw(own)).toBe('APPEAL_STATE')
  })

  test('R8 who is the branch’s own secretary is answered above; an office passes up; what was rejected goes further once, and no further than the county', async () => {
    const found = await owing(desk, 0)
    const { ownSecretary, secretary, above, countyAdmin } = desk.actors
    const { id, office } = (await done(appeal(ownSecretary, found))).appeal
    expect(office.id).toBe(desk.tree.a.id)
    expect(await said(hear(ownSecretary, id))).toBe('APPEAL_NOT_YOURS_TO_DECIDE')
    expect(await said(hear(secretary, id))).toBe('APPEAL_NOT_YOURS_TO_DECIDE')
    const passed = { id, reason: '情况复杂' }
    expect(await said(desk.act(above, 'passAppealUp', passed, fields))).toMatchObject({
      appeal: { office: { id: desk.tree.root.id } },
    })
    expect(await said(desk.act(above, 'passAppealUp', passed, fields))).toBe('APPEAL_NOT_YOURS_TO_DECIDE')
    expect(await said(desk.act(countyAdmin, 'passAppealUp', passed, fields))).toBe('APPEAL_NOTHING_ABOVE')
    await done(hear(countyAdmin, id))
    expect(await said(answer(countyAdmin, id, 'REJECTED'))).toMatchObject({
      appeal: { outcome: 'REJECTED', points: null },
    })
    expect(await said(appeal(ownSecretary, found))).toBe('APPEAL_ANSWERED_FINALLY')
    // Of a member: rejected at the branch, once more at the office above.
    const other = await owing(desk, 3)
    const own = desk.memberOf(3)
    const first = (await done(appeal(own, other))).appeal.id
    await done(hear(secretary, first))
    await done(answer(secretary, first, 'REJECTED'))
    expect((await done(appeal(own, other))).appeal).toMatchObject({ office: { id: desk.tree.a.id } })
  })

  test('R8 an organisation appeals its own sheet by its own office, and the one above answers', async () => {
    const { tree, actors } = desk
    const content = {
      heldOn: today,
      place: '会议室',
      agenda: '学习',
      minutes: '集中学习。',
      presentIds: desk.ids,
      absentIds: [],
    }
    const { recordMeeting } = dataOf(
      await desk.county.world.askUntyped.org(
        desk.county.admin,
        'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
        { input: { organisationId: tree.a1.id, kind: 'CLASS', content } },
      ),
    )
    dataOf(
      await desk.county.world.askUntyped.org(
        desk.county.admin,
        'mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }',
        { input: { id: recordMeeting.meeting.id } },
      ),
    )
    const sheet = await until(
      async () => {
        const now = await sheetOf(desk, actors.secretary, tree.a1.id)
        return now && now.lines.length > 0 ? now : null
      },
      30_000,
      'the branch has a line',
    )
    const found = { sheet, line: sheet.lines[0] as Line, bill: null as never }
    // Nobody decides of the own: not the branch, and of it the office above alone.
    expect(await confirm(actors.secretary, found)).toBe('DEDUCTION_NOT_YOURS')
    expect(await said(appeal(actors.above, found))).toBe('APPEAL_NOT_YOURS')
    const { id, office } = (await done(appeal(actors.secretary, found))).appeal
    expect(office.id).toBe(tree.a.id)
    expect(await said(hear(actors.secretary, id))).toBe('APPEAL_NOT_YOURS_TO_DECIDE')
    expect(await confirm(actors.above, found)).toBe('DEDUCTION_UNHEARD')
    const waiting = entityOf<{ appealsToAnswer: { totalCount: number; nodes: { id: string }[] } }>(
      await desk.ask(
        actors.above,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          appealsToAnswer(first: 50) { totalCount nodes { id overdue sheet { id } } } } } }`,
        { refs: [{ __typename: 'Organisation', id: tree.a.id }] },
      ),
    ).appealsToAnswer
    expect(waiting.nodes.map(one => one.id)).toContain(id)
    await done(hear(actors.above, id))
    expect(await confirm(actors.above, found)).toEqual({ sheets: [{ score: 78 }] })
  })

  test('R8 a fact that is corrected after the answer opens the appeal again by itself, and those concerned are told', async () => {
    const found = await owing(desk, 4)
    const own = desk.memberOf(4)
    const { id } = (await done(appeal(own, found))).appeal
    await done(hear(desk.actors.secretary, id))
    await done(answer(desk.actors.secretary, id, 'UPHELD', 0))
    expect(await lineNow(4, found.line.key)).toMatchObject({ state: 'COUNTED', points: 0 })
    await tellBill(desk.county, { ...found.bill, state: 'PART', version: 2 })
    const reopened = await until(
      async () => {
        const line = await lineNow(4, found.line.key)
        return line?.appeal.state === 'OPEN' ? line : null
      },
      20_000,
      'it is open again',
    )
    expect(reopened).toMatchObject({
      state: 'PROPOSED',
      points: -1,
      adjustment: null,
      appeal: { id, round: 2, outcome: null },
    })
    expect(reopened.appeal.steps.map(({ kind }: { kind: string }) => kind)).toEqual([
      'OPENED',
      'HEARD',
      'UPHELD',
      'REOPENED',
    ])
    expect(await told(id, 4)).toEqual({ version: 4, state: 'OPEN', round: 2 })
    const inbox = `select kind from personal_reminder where appeal_id = $1 and closed_at is null`
    await until(
      async () => (await look('workflows', inbox, [uuidOf(id)])).map(({ kind }) => kind).join() === 'APPEAL_REOPENED',
      20_000,
      'whoever appealed is told, of that alone',
    )
    // What is gone with a correction opens nothing.
    const gone = await owing(desk, 5)
    const other = (await done(appeal(desk.memberOf(5), gone))).appeal.id
    await done(hear(desk.actors.secretary, other))
    await done(answer(desk.actors.secretary, other, 'UPHELD', 0))
    await tellBill(desk.county, { ...gone.bill, state: 'SETTLED', version: 2 })
    await until(async () => (await lineNow(5, gone.line.key)) === undefined, 20_000, 'the line is gone')
    expect(await told(other, 3)).toMatchObject({ version: 3, state: 'ENDED' })
  })

  test('R8 a deduction that was not made is appealed by nobody: it takes nothing', async () => {
    const found = await owing(desk, 5)
    const seen = { sheetId: found.sheet.id, lineKey: found.line.key, points: found.line.points }
    const dismissed = { lines: [seen], reason: '因病住院，已补交' }
    await done(desk.act(desk.actors.secretary, 'dismissDeductions', dismissed, 'sheets { id }'))
    expect(await said(appeal(desk.memberOf(5), found))).toBe('APPEAL_LINE_UNDECIDED')
    const back = { sheetId: found.sheet.id, lineKey: found.line.key, reason: '核对有误' }
    await done(desk.act(desk.actors.secretary, 'takeDeductionBack', back, 'sheets { id }'))
    expect(await said(appeal(desk.memberOf(5), found))).toMatchObject({ appeal: { state: 'OPEN' } })
  })

  test('R8 two appeals of one line at once are one, and of two answers at once one stands', async () => {
    const found = await owing(desk, 1)
    const own = desk.memberOf(1)
    const lodged = await Promise.all([said(appeal(own, found)), said(appeal(own, found))])
    expect(lodged.filter(one => one === 'APPEAL_OPEN_ALREADY')).toHaveLength(1)
    const { id } = (lodged.find(one => one !== 'APPEAL_OPEN_ALREADY') as { appeal: { id: string } }).appeal
    const { secretary, admin } = desk.actors
    await done(hear(secretary, id))
    const answers = await Promise.all([said(answer(secretary, id, 'REJECTED')), said(answer(admin, id, 'UPHELD', 0))])
    expect(answers.filter(one => one === 'APPEAL_STATE')).toHaveLength(1)
  })

  test('R8 a county decides in how many days, and never more than the texts allow', async () => {
    const set = (actor: Actor, more: object = {}) =>
      said(
        desk.act(
          actor,
          'setAppealSettings',
          { effectiveFrom: today, hearDays: 2, answerDays: 3, basis: '县委办〔2026〕1号', ...more },
          'settings { effectiveFrom hearDays answerDays basis }',
        ),
      )
    const { secretary, countyAdmin } = desk.actors
    expect(await set(secretary)).toBe('FORBIDDEN')
    for (const wrong of [
      { answerDays: 21 },
      { answerDays: 0 },
      { hearDays: 4 },
      { hearDays: 0 },
      { effectiveFrom: addDays(today, -1) },
    ])
      expect(await set(countyAdmin, wrong)).toBe('BAD_INPUT')
    expect(await set(countyAdmin, { effectiveFrom: addDays(today, 1), hearDays: 20, answerDays: 20 })).toMatchObject({
      settings: { answerDays: 20 },
    })
    expect(await set(countyAdmin)).toMatchObject({ settings: { hearDays: 2, answerDays: 3 } })
    expect(await set(countyAdmin)).toBe('APPEAL_SETTINGS_DATE_TAKEN')
    const { appealSettings } = (await desk.ask(secretary, '{ appealSettings { hearDays answerDays } }')).data
    expect(appealSettings).toEqual({ hearDays: 2, answerDays: 3 })
  })
})

import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { dumpText, look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import {
  begin,
  check,
  confirm,
  correct,
  createFixing,
  fixingAt,
  lineOf,
  linesOf,
  type Made,
  memberOf,
  sign,
  year,
} from './fixing-desk.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const slip = {
  kind: 'INSTITUTION' as const,
  items: [
    { item: 'POST_PAY' as const, fen: '612345' },
    { item: 'REWARD_PERFORMANCE_PAY' as const, fen: '77777777777' },
  ],
  deductions: [{ item: 'INCOME_TAX' as const, fen: '12345' }],
}

let made: Made
let secretary: Actor
let zheng: Actor
let qian: Actor
beforeAll(async () => {
  made = await createFixing()
  dataOf(await begin(made, made.tree.root.id))
  secretary = await seedActor(made.county, 'SECRETARY', made.tree.a1.id)
  qian = await memberOf(made, '钱田', made.tree.a1.id)
  zheng = await memberOf(made, '郑月', made.tree.a1.id)
})

const doneTo = async (lineId: string) => {
  const rows = await look('dues', 'select action from audit_entry where subject_id = $1 order by id', [uuidOf(lineId)])
  return rows.map(({ action }) => action)
}

describe('S3-5 a base is proposed, confirmed by the member, checked by the committee, and stands', () => {
  test('S3-5 by a pay slip what counts is the base; it and the income are read by the member, the branch and the committee alone', async () => {
    const line = await lineOf(made, '郑月')
    const said = dataOf(await correct(made, line, { paySlip: slip }, secretary)).correctDuesBase.line
    expect(said).toMatchObject({ state: 'CORRECTED', dueFen: '9000', version: 2 })
    const shown = {
      kind: 'INSTITUTION',
      items: [
        { item: 'POST_PAY', fen: '612345', counts: true },
        { item: 'REWARD_PERFORMANCE_PAY', fen: '77777777777', counts: false },
      ],
      deductions: [{ item: 'INCOME_TAX', fen: '12345' }],
    }
    for (const by of [secretary, zheng, await seedActor(made.county, 'SECRETARY', made.tree.a.id)])
      expect(await lineOf(made, '郑月', by)).toMatchObject({
        paySlip: shown,
        incomeFen: '600000',
        explain: { dueFen: '9000' },
      })
    for (const role of ['LEADER', 'DISCIPLINE_INSPECTOR'] as const) {
      const by = await seedActor(made.county, role, made.tree.a.id)
      expect(await lineOf(made, '郑月', by)).toMatchObject({
        dueFen: '9000',
        paySlip: null,
        incomeFen: null,
        explain: null,
      })
    }
    expect((await dumpText('dues')).includes('77777777777')).toBe(false)
  })

  test('S3-5 the member says another base, the branch agrees; nobody confirms for somebody else', async () => {
    const line = await lineOf(made, '郑月')
    expect(codesOf(await correct(made, line, { incomeFen: '100' }, qian))).toEqual(['NOT_FOUND'])
    expect(codesOf(await confirm(made, line, qian))).toEqual(['NOT_FOUND'])
    expect(codesOf(await confirm(made, line, secretary))).toEqual(['DUES_BASE_AWAITS_MEMBER'])
    const claimed = dataOf(await correct(made, line, { incomeFen: '550000' }, zheng)).correctDuesBase.line
    expect(claimed).toMatchObject({ state: 'CLAIMED', dueFen: '8250' })
    expect(await lineOf(made, '郑月')).toMatchObject({ paySlip: null })
    expect(codesOf(await confirm(made, claimed as never, zheng))).toEqual(['DUES_BASE_AWAITS_BRANCH'])
    expect(codesOf(await confirm(made, line, secretary))).toEqual(['CONFLICT'])
    const agreed = dataOf(await confirm(made, claimed as never, secretary)).confirmDuesBase.line
    expect(agreed).toMatchObject({ state: 'CONFIRMED', confirmedHow: 'BY_MEMBER' })
    expect(codesOf(await confirm(made, agreed as never, zheng))).toEqual(['DUES_BASE_CONFIRMED_ALREADY'])
    expect(await doneTo(line.id)).toEqual(['dues-base.corrected', 'dues-base.claimed', 'dues-base.confirmed'])
  })

  test.each([
    [{ incomeFen: '-1' }, 'BAD_INPUT'],
    [{ incomeFen: '0' }, 'BAD_INPUT'],
    [{ incomeFen: '100000000001' }, 'BAD_INPUT'],
    [{ incomeFen: '999999999999999999' }, 'BAD_INPUT'],
    [{}, 'BAD_INPUT'],
    [{ incomeFen: '5', paySlip: slip }, 'BAD_INPUT'],
    [{ category: 'STUDENT', incomeFen: '5' }, 'BAD_INPUT'],
    [{ category: 'RETIRED', paySlip: slip }, 'BAD_INPUT'],
    [{ paySlip: { ...slip, items: [slip.items[0], slip.items[0]] } }, 'BAD_INPUT'],
    [{ paySlip: { ...slip, deductions: [{ item: 'INCOME_TAX', fen: '-1' }] } }, 'BAD_INPUT'],
  ])('S3-5 a base is not made of %j', async (said, code) => {
    const line = await lineOf(made, '李退')
    expect(codesOf(await correct(made, line, said))).toEqual([code])
    expect(await lineOf(made, '李退')).toEqual(line)
  })

  test.each(['9223372036854775808', '0.1', '1e3'])('S3-5 %s is no sum of money', async incomeFen => {
    expect((await correct(made, await lineOf(made, '李退'), { incomeFen })).errors).toHaveLength(1)
  })

  test('S3-5 of two who write a line at once one has not read what the other wrote', async () => {
    const line = await lineOf(made, '李退')
    const answers = await Promise.all(
      ['500000', '500001', '500002'].map(incomeFen => correct(made, line, { category: 'RETIRED', incomeFen })),
    )
    expect(answers.flatMap(codesOf)).toEqual(['CONFLICT', 'CONFLICT'])
    expect((await lineOf(made, '李退')).version).toBe(line.version + 1)
  })

  test('S3-5 on paper counts as much: many at once from the signed sheet, all of them or none', async () => {
    const [own, sun] = [await lineOf(made, '钱田'), await lineOf(made, '孙缺')]
    expect(codesOf(await sign(made, [own, sun], today, secretary))).toEqual(['DUES_BASE_INCOMPLETE'])
    expect((await lineOf(made, '钱田')).state).toBe('PROPOSED')
    dataOf(await correct(made, sun, { incomeFen: '300000' }, secretary))
    const both = [own, await lineOf(made, '孙缺')]
    for (const [lines, signedOn, code] of [
      [both, addDays(today, 1), 'BAD_INPUT'],
      [both, `${year - 1}-11-30`, 'BAD_INPUT'],
      [[], today, 'BAD_INPUT'],
      [[own, own], today, 'BAD_INPUT'],
      [[own, sun], today, 'CONFLICT'],
    ] as const)
      expect(codesOf(await sign(made, lines, signedOn, secretary))).toEqual([code])
    const elsewhere = await seedActor(made.county, 'SECRETARY', made.tree.a2.id)
    const leader = await seedActor(made.county, 'LEADER', made.tree.a.id)
    for (const by of [elsewhere, leader, qian])
      expect(codesOf(await sign(made, [own], today, by))).toEqual(['NOT_FOUND'])
    expect(dataOf(await sign(made, both, `${year - 1}-12-01`, secretary)).recordConfirmedOnPaper.recorded).toBe(2)
    expect(await lineOf(made, '孙缺')).toMatchObject({
      state: 'CONFIRMED',
      confirmedHow: 'ON_PAPER',
      confirmedOn: `${year - 1}-12-01`,
    })
    expect(codesOf(await sign(made, [await lineOf(made, '孙缺')], today, secretary))).toEqual([
      'DUES_BASE_CONFIRMED_ALREADY',
    ])
  })

  test('S3-5 what was confirmed and is changed is confirmed anew', async () => {
    const line = await lineOf(made, '孙缺')
    const changed = dataOf(await correct(made, line, { incomeFen: '300001' }, secretary)).correctDuesBase.line
    expect(changed).toMatchObject({ state: 'CORRECTED', dueFen: '3000' })
    expect(await lineOf(made, '孙缺')).toMatchObject({ confirmedHow: null, confirmedOn: null })
  })

  test('S3-5 the committee checks, and not while lines are open; then it stands for the year', async () => {
    const { tree, county } = made
    const committee = await seedActor(county, 'SECRETARY', tree.a.id)
    expect(codesOf(await check(made, tree.a1.id, secretary))).toEqual(['FORBIDDEN'])
    for (const [role, at] of [['LEADER', tree.a.id]] as const)
      expect(codesOf(await check(made, tree.a1.id, await seedActor(county, role, at)))).toEqual(['FORBIDDEN'])
    expect(codesOf(await check(made, tree.a1.id, await seedActor(county, 'SECRETARY', tree.b.id)))).toEqual([
      'NOT_FOUND',
    ])
    expect(codesOf(await check(made, tree.a1.id, committee, { year: 1900 }))).toEqual(['DUES_NOTHING_PROPOSED'])
    const open = await check(made, tree.a1.id, committee)
    expect(codesOf(open)).toEqual(['DUES_LINES_UNCONFIRMED'])
    const left = [await lineOf(made, '孙缺'), await lineOf(made, '吴预')]
    expect(open.errors[0]?.extensions?.params).toEqual({
      found: 2,
      which: left
        .map(({ id }) => id)
        .sort()
        .join(' '),
    })
    expect((await linesOf(made, '钱田'))?.fixedFor).toBeNull()
    const some = dataOf(await check(made, tree.a1.id, committee, { confirmedOnly: true })).checkDuesFixing
    expect(some).toEqual({ checked: 2, fixing: { total: 4, confirmed: 2, checked: 2 } })
    dataOf(await sign(made, left, today, secretary))
    expect(dataOf(await check(made, tree.a1.id, committee)).checkDuesFixing.checked).toBe(2)
    expect(dataOf(await check(made, tree.a1.id, committee)).checkDuesFixing.checked).toBe(0)
    const stands = await lineOf(made, '钱田')
    expect(stands).toMatchObject({ state: 'CHECKED', checkedOn: today })
    expect((await linesOf(made, '钱田'))?.fixedFor).toEqual({ id: stands.id, dueFen: '20' })
    expect(codesOf(await correct(made, stands, { category: 'STUDENT' }))).toEqual(['DUES_BASE_CHECKED'])
    expect(codesOf(await sign(made, [stands], today))).toEqual(['DUES_BASE_CHECKED'])
    expect(await doneTo(stands.id)).toEqual([`dues-base.confirmed-on-paper: ${year - 1}-12-01`])
  })

  test('S3-5 nobody checks their own, and who has every privilege changes nothing that was checked', async () => {
    const { tree, county, ids } = made
    const line = await lineOf(made, '周年')
    dataOf(await sign(made, [line], today))
    const own = await seedActor(county, 'ADMIN', tree.b.id, { memberId: ids.get('周年') })
    expect(dataOf(await check(made, tree.b1.id, own)).checkDuesFixing.checked).toBe(0)
    expect(dataOf(await check(made, tree.b1.id)).checkDuesFixing.checked).toBe(1)
    await expect(
      look('dues', 'update dues_fixing_line set due_fen = 1 where id = $1', [uuidOf(line.id)]),
    ).rejects.toThrow('what was fixed and checked stands')
  })

  test('S3-5 what was fixed goes with who moves, and stays', async () => {
    const { tree, county, ids } = made
    dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation ($input: TransferMemberInput!) { transferMember(input: $input) { member { id } } }',
        { input: { id: ids.get('钱田') as string, organisationId: tree.b1.id } },
      ),
    )
    const there = async () =>
      (await fixingAt(made, tree.b1.id))?.lines.nodes.some(({ member }) => member?.id === ids.get('钱田'))
    await until(async () => (await there()) === true, 20_000, 'the line is where its member is')
    expect(await lineOf(made, '钱田')).toMatchObject({ state: 'CHECKED', dueFen: '20' })
    const elsewhere = await linesOf(made, '钱田', secretary)
    expect(elsewhere).toBeNull()
  })
})

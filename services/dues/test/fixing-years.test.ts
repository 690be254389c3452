import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { createDatabases } from '@linghang/harness/databases'
import { everyoneKnown, importRoster } from '@linghang/harness/imports'
import { membersCsv, type PersonRow } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { startWorld, type World } from '@linghang/harness/world'
import {
  begin,
  change,
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
} from './fixing-desk.ts'

jest.setTimeout(180_000)

const databaseSuffix = 'fixing_years'
let kafka: KafkaServer
let folder: string
let world: World
let made: Made
let secretary: Actor

/** The same databases on another day. */
async function standOn(day: string): Promise<void> {
  await world?.stop()
  world = await startWorld({ databaseSuffix, kafkaBrokers: kafka.brokers }, { dues: day, members: day })
  if (made) made = { ...made, county: { ...made.county, world } }
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-fixing-years-'))
  // A clock of their own takes databases and topics of their own: nobody else is billed or fixed on another day.
  kafka = await startKafka({ stateDir: folder, report: () => undefined })
  await createDatabases(surroundings(), ['org', 'members', 'dues', 'assessment', 'workflows'], databaseSuffix)
  await standOn('2026-06-15')
  made = await createFixing(world, 2026)
  const { county, tree } = made
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
  dataOf(await begin(made, tree.root.id))
  dataOf(await correct(made, await lineOf(made, '孙缺'), { incomeFen: '400000' }))
  const lines = await Promise.all(['郑月', '孙缺', '李退', '周年', '吴预'].map(name => lineOf(made, name)))
  dataOf(await sign(made, lines, '2026-01-05'))
  dataOf(await check(made, tree.root.id, county.admin, { confirmedOnly: true }))
})
afterAll(async () => {
  await world?.stop()
  await kafka?.stop()
  await rm(folder, { recursive: true, force: true })
})

const fixedIn = async (name: string, month: string) => {
  const { county, ids } = made
  const answer = await county.world.ask.dues(
    county.admin,
    'query ($refs: [_Any!]!, $month: Date) { _entities(representations: $refs) { ... on Member { duesRecord { fixedFor(month: $month) { dueFen } } } } }',
    { refs: [{ __typename: 'Member', id: ids.get(name) as string }], month },
  )
  return dataOf(answer)._entities[0]?.duesRecord?.fixedFor?.dueFen ?? null
}

describe('S3-5 what is fixed changes in the year only as the law allows', () => {
  test('S3-5 another category counts from the next month, is confirmed and checked, and the months before stay', async () => {
    const line = dataOf(await change(made, '郑月', { incomeFen: '500000' }, secretary)).changeDuesBase.line
    expect(line).toMatchObject({
      ...{ state: 'CORRECTED', ground: 'RETIRED', fromMonth: '2026-04-01', dueFen: '2500' },
      ...{ why: 'CATEGORY', lastDueFen: '7500' },
    })
    expect(await fixedIn('郑月', '2026-04-01')).toBe('7500')
    expect(codesOf(await change(made, '郑月', { category: 'STUDENT' }, secretary))).toEqual(['DUES_BASE_NOT_CHECKED'])
    const own = await memberOf(made, '郑月', made.tree.a1.id)
    dataOf(await confirm(made, line as never, own))
    dataOf(await check(made, made.tree.a1.id, made.county.admin, { confirmedOnly: true }))
    expect(await fixedIn('郑月', '2026-03-31')).toBe('7500')
    expect(await fixedIn('郑月', '2026-04-01')).toBe('2500')
    expect(await fixedIn('郑月', '2026-12-31')).toBe('2500')
    expect([await fixedIn('郑月', '2027-01-01'), await fixedIn('郑月', '2025-12-31')]).toEqual([null, null])
    expect((await linesOf(made, '郑月'))?.fixings.map(({ ground }) => ground)).toEqual(['YEAR', 'RETIRED'])
    expect((await fixingAt(made, made.tree.a1.id))?.total).toBe(5)
    for (const changedOn of ['2026-03-31', '2026-01-31'])
      expect(codesOf(await change(made, '郑月', { category: 'STUDENT', changedOn }))).toEqual([
        'DUES_CHANGE_BEFORE_LAST',
      ])
  })

  test('S3-5 another pay alone is no ground: what was fixed stays for the year', async () => {
    const said = { category: 'MONTHLY_SALARY' as const, incomeFen: '900000' }
    expect(codesOf(await change(made, '孙缺', said))).toEqual(['DUES_BASE_STAYS'])
    expect((await linesOf(made, '孙缺'))?.fixings).toHaveLength(1)
  })

  test('S3-5 of eight who change somebody at once one does', async () => {
    const eight = await Promise.all(Array.from({ length: 8 }, () => change(made, '周年', { incomeFen: '300000' })))
    expect(eight.flatMap(codesOf)).toEqual(Array(7).fill('DUES_BASE_NOT_CHECKED'))
  })

  test.each([
    [{ changedOn: '2025-12-31' }, 'BAD_INPUT'],
    [{ changedOn: '2026-06-16' }, 'BAD_INPUT'],
    [{ changedOn: '1900-01-01' }, 'BAD_INPUT'],
    [{ changedOn: '2200-01-01' }, 'BAD_INPUT'],
    [{ incomeFen: '-1' }, 'BAD_INPUT'],
    [{}, 'BAD_INPUT'],
  ])('S3-5 a change is none with %j', async (said, code) => {
    expect(codesOf(await change(made, '孙缺', said))).toEqual([code])
  })

  test('S3-5 is said by the branch, or by the member, to whom the branch agrees; nobody says it for somebody else', async () => {
    const { tree, county } = made
    const elsewhere = await seedActor(county, 'SECRETARY', tree.a2.id)
    const leader = await seedActor(county, 'LEADER', tree.root.id)
    const own = await memberOf(made, '吴预', tree.a1.id)
    for (const by of [elsewhere, leader, own])
      expect(codesOf(await change(made, '孙缺', { incomeFen: '1' }, by))).toEqual(['NOT_FOUND'])
    const said = { category: 'STUDENT' as const }
    const claimed = dataOf(await change(made, '吴预', said, own)).changeDuesBase.line
    expect(claimed).toMatchObject({ state: 'CLAIMED', ground: 'STUDYING', dueFen: '20' })
    expect(codesOf(await confirm(made, claimed as never, own))).toEqual(['DUES_BASE_AWAITS_BRANCH'])
    dataOf(await confirm(made, claimed as never, secretary))
    expect(codesOf(await change(made, '钱田', said))).toEqual(['DUES_BASE_NOT_CHECKED'])
    expect(codesOf(await change(made, '王申', said))).toEqual(['NOT_FOUND'])
  })
})

describe('S3-5 from year to year', () => {
  test('S3-5 the next year is fixed from its December on, and says what is other than the year before', async () => {
    const { tree } = made
    await standOn('2026-11-30')
    expect(codesOf(await begin({ ...made, year: 2027 }, tree.root.id))).toEqual(['DUES_YEAR_NOT_TO_FIX'])
    await standOn('2026-12-01')
    expect(codesOf(await change(made, '孙缺', { changedOn: '2026-12-01', category: 'STUDENT' }))).toEqual([
      'DUES_CHANGE_NEXT_YEAR',
    ])
    const { county, people } = made
    const retired = people.find(({ 姓名 }) => 姓名 === '李退') as PersonRow
    const changed = membersCsv([{ ...retired, '党费计算基数（元/月）': '5000.01' }])
    expect(await importRoster(county.world, county.admin, 'members', changed)).toMatchObject({ changed: 1, errors: 0 })
    await everyoneKnown(county)
    made = { ...made, year: 2027 }
    expect(dataOf(await begin(made, tree.root.id)).beginDuesFixing.proposed).toBe(6)
    const whyOf = async (name: string) => {
      const { why, state, dueFen } = await lineOf(made, name)
      return [why, state, dueFen]
    }
    // Retired in the course of 2026, and the register still has the pay from before.
    expect(await whyOf('郑月')).toEqual(['CATEGORY', 'PROPOSED', '7500'])
    expect(await whyOf('孙缺')).toEqual(['FROM_LAST_YEAR', 'PROPOSED', '4000'])
    expect(await whyOf('周年')).toEqual(['SAME', 'PROPOSED', '100000'])
    expect(await whyOf('李退')).toEqual(['BASE', 'PROPOSED', '5000'])
    // Never checked in 2026.
    expect(await whyOf('钱田')).toEqual(['FIRST', 'PROPOSED', '20'])
    expect(await fixedIn('孙缺', '2027-01-01')).toBeNull()
    expect(await fixedIn('孙缺', '2026-12-01')).toBe('4000')
  })
})

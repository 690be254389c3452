import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { createPool } from '@linghang/database'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look, superuserUrl } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember, rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { stretchAt } from '../src/engine/spans.ts'
import { lawfulPack } from '../src/packs/validation/lawful-pack.ts'
import { createDrawing, opening, quarterOf, scoresOf } from './drawing.ts'

jest.setTimeout(180_000)

/** What is full, too early or not there yet: the last that is taken, and the first that is not. */
const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let drawing: ReturnType<typeof createDrawing>
let secretary: Actor
let second: Actor
let ofBranch: Actor
let people: Map<string, string>
const applied = addDays(today, -3)

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  drawing = createDrawing(county)
  secretary = await seedActor(county, 'SECRETARY', tree.a.id)
  second = await seedActor(county, 'ADMIN', tree.a.id)
  ofBranch = await seedActor(county, 'SECRETARY', tree.a1.id)
  people = await seedMembers(county, [
    fullMember(county.code, tree.a1.code, { 姓名: '正式党员' }),
    fullMember(county.code, tree.a1.code, rows.applicant('申请人', applied)),
  ])
  const known = 'select count(distinct member_id)::int as n from member_stay where county_id = $1'
  await until(async () => (await look('assessment', known, [county.id]))[0]?.n === 2, 30_000, 'both are known here')
})

const plant = (statement: string, values: unknown[]) => look('assessment', statement, values)

describe('S0-18 the black list has its bounds', () => {
  const listed = (branchId: string, organisationId = tree.a.id) => ({
    ...{ organisationId, branchId, cause: 'MEETINGS_MISSING', reason: '二季度未召开支部党员大会' },
  })

  test('S0-18 500 branches stand on a list at most', async () => {
    await plant(
      `insert into black_listing (id, county_id, org_id, branch_id, cause, reason, listed_on, listed_by, listed_at)
       select uuidv7(), $1, $2, uuidv7(), 'MEETINGS_MISSING', '示例', current_date, uuidv7(), now() from generate_series(1, 499)`,
      [county.id, uuidOf(tree.root.id)],
    )
    const list = (branchId: string) => drawing.change(county.admin, 'blackListBranch', listed(branchId, tree.root.id))
    dataOf(await list(tree.a1.id))
    expect(codesOf(await list(tree.a2.id))).toEqual(['BLACK_LIST_FULL'])
  })

  test('S0-18 a branch answers ten times at most', async () => {
    const { listing } = await drawing.done(secretary, 'blackListBranch', listed(tree.a1.id), 'listing { id }')
    for (let n = 1; n <= 10; n++)
      await drawing.done(ofBranch, 'answerBlackListing', { id: listing.id, text: `第 ${n} 次说明` })
    const more = { id: listing.id, text: '再次说明' }
    expect(await drawing.refused(ofBranch, 'answerBlackListing', more)).toEqual(['LISTING_ANSWERS_FULL'])
    await drawing.done(secretary, 'liftBlackListing', { id: listing.id, reason: '已整改' })
  })
})

describe('S0-18 a draw has its bounds', () => {
  test('S0-18 it is not held before the day for which it was announced', async () => {
    const later = opening(tree.a.id, { quarter: quarterOf(1), drawFrom: addDays(today, 1) })
    const { draw } = await drawing.done(secretary, 'openLedgerDraw', later, 'draw { id }')
    expect(await drawing.refused(secretary, 'drawLedgers', { id: draw.id })).toEqual(['DRAW_TOO_EARLY'])
    const { ledgerDraw } = await drawing.read(secretary, `{ ledgerDraw(id: "${draw.id}") { state seed } }`)
    expect(ledgerDraw).toEqual({ state: 'OPEN', seed: null })
  })

  test('S0-18 5,000 branches stand on a white list at most: above that the committees below draw', async () => {
    const grow = (from: number, to: number) =>
      plant(
        `insert into org_node (id, county_id, superior_id, code, name, kind, path, version)
         select n.id, $1::uuid, $2::uuid, 'x' || n.i || '-' || $1::uuid, '支部', 'BRANCH', b.path || replace(n.id::text, '-', '')::ltree, 1
         from org_node b, (select uuidv7() as id, i from generate_series($3::int, $4::int) i) n where b.id = $2::uuid`,
        [county.id, uuidOf(tree.b.id), from, to],
      )
    const input = opening(tree.b.id, { quarter: quarterOf(1), share: null, count: 0 })
    const keeper = await seedActor(county, 'ADMIN', tree.b.id)
    // One branch is there already.
    await grow(1, 5_000)
    expect(await drawing.refused(keeper, 'openLedgerDraw', input)).toEqual(['DRAW_LIST_TOO_LONG'])
    await plant("delete from org_node where county_id = $1::uuid and code = 'x5000-' || $1::uuid", [county.id])
    expect((await drawing.done(keeper, 'openLedgerDraw', input, 'draw { white }')).draw).toEqual({ white: 5_000 })
    await plant("delete from org_node where county_id = $1 and code like 'x%'", [county.id])
  })

  test('S0-19 a review is published in 20 versions at most', async () => {
    const { draw } = await drawing.done(
      secretary,
      'openLedgerDraw',
      opening(tree.a.id, { quarter: quarterOf(2) }),
      'draw { id }',
    )
    const drawn = await drawing.done(secretary, 'drawLedgers', { id: draw.id }, 'draw { reviews { nodes { id } } }')
    const [{ id }] = drawn.draw.reviews.nodes
    const publish = async () => {
      await drawing.done(secretary, 'judgeLedgerReview', { id, scores: scoresOf([30, 20, 20, 30]) })
      await drawing.done(second, 'readLedgerReview', { id, agrees: true })
      await drawing.done(secretary, 'publishLedgerReview', { id })
    }
    await publish()
    await plant("update ledger_review set version = 19, correction = '更正' where id = $1", [uuidOf(id)])
    await drawing.done(secretary, 'correctLedgerReview', { id, reason: '补充核实' })
    await publish()
    expect(await drawing.refused(secretary, 'correctLedgerReview', { id, reason: '再次' })).toEqual([
      'REVIEW_VERSIONS_FULL',
    ])
  })
})

describe('S0-20 what is written down by hand has its bounds', () => {
  const honour = (memberId: string | undefined, day: string) => ({
    ...{ memberId, kind: 'HONOUR', day, attributes: [{ key: 'level', value: 'COUNTY' }], evidence: '表彰决定' },
  })

  test('S0-20 nothing is written down of somebody before they came into the register', async () => {
    const memberId = people.get('申请人')
    expect(await drawing.refused(ofBranch, 'recordFact', honour(memberId, addDays(applied, -1)))).toEqual([
      'FACT_BEFORE_REGISTER',
    ])
    await drawing.done(ofBranch, 'recordFact', honour(memberId, applied))
  })

  test('S0-20 a fact has 50 versions at most', async () => {
    const { fact } = await drawing.done(ofBranch, 'recordFact', honour(people.get('正式党员'), today), 'fact { id }')
    await plant(
      `insert into recorded_fact select id, n, county_id, org_id, subject_type, subject_id, kind, day, quantity, attributes,
         evidence, '更正', false, written_by, written_at from recorded_fact, generate_series(2, 49) n where id = $1 and version = 1`,
      [uuidOf(fact.id)],
    )
    const { memberId, kind, ...corrected } = honour(undefined, today)
    const correct = { ...corrected, id: fact.id, reason: '级别登记有误' }
    await drawing.done(ofBranch, 'correctFact', correct)
    expect(await drawing.refused(ofBranch, 'correctFact', correct)).toEqual(['FACT_CORRECTED_TOO_OFTEN'])
  })

  test('R10 somebody has 50 exemptions at most', async () => {
    const memberId = people.get('正式党员')
    await plant(
      `insert into exemption (id, county_id, org_id, member_id, reason, from_day, until_day, decided_on, basis, decided_at)
       select uuidv7(), $1, $2, $3, 'ILL', date '2020-01-01', date '2020-01-01', date '2020-01-01', '示例', now()
       from generate_series(1, 49)`,
      [county.id, uuidOf(tree.a1.id), uuidOf(memberId as string)],
    )
    const decided = (reason: string) => ({ memberId, reason, from: today, decidedOn: today, basis: '支委会决定' })
    await drawing.done(ofBranch, 'decideExemption', decided('OLD'))
    expect(await drawing.refused(ofBranch, 'decideExemption', decided('ABROAD'))).toEqual(['TOO_MANY_EXEMPTIONS'])
  })
})

describe('S0-21 what is scored anew in this moment is not published', () => {
  test('S0-21 while somebody waits to be scored nothing is published, and afterwards it is', async () => {
    const before = stretchAt('QUARTER', addDays(stretchAt('QUARTER', today).from, -1))
    await drawing.done(county.admin, 'publishPack', {
      ...{ document: JSON.stringify(lawfulPack()), effectiveFrom: before.from, decidedOn: addDays(before.from, -1) },
      ...{ title: '考核办法', number: '测委发〔2026〕1号', organ: '县委组织部' },
    })
    const pool = createPool(superuserUrl('assessment'), { max: 1, applicationName: 'bounds-test' })
    const holder = await pool.connect()
    const waits = `wait_in_${county.id.replaceAll('-', '')}`
    const publish = () => drawing.change(county.admin, 'publishScores', { on: before.from }, '__typename')
    const waiting = async () =>
      (await plant('select count(*)::int as n from touched where county_id = $1', [county.id]))[0]?.n as number
    try {
      await until(async () => (await waiting()) === 0, 30_000, 'nobody waits')
      // Whoever scores takes a row away: here it waits for us.
      await holder.query(`create function ${waits}() returns trigger language plpgsql as $$ begin
        perform pg_advisory_xact_lock(4244); return old; end $$`)
      await holder.query('select pg_advisory_lock(4244)')
      await holder.query(`create trigger ${waits} before delete on touched for each row
        when (old.county_id = '${county.id}') execute function ${waits}()`)
      await plant(
        `insert into touched (county_id, subject_type, subject_id, org_id, from_day)
         values ($1, 'MEMBER', $2, $3, $4)`,
        [county.id, uuidOf(people.get('正式党员') as string), uuidOf(tree.a1.id), before.until],
      )
      expect(codesOf(await publish())).toEqual(['SCORES_WAIT'])
    } finally {
      await holder.query('select pg_advisory_unlock(4244)')
      await holder.query(`drop trigger if exists ${waits} on touched`)
      await holder.query(`drop function if exists ${waits}()`)
      holder.release()
      await pool.end()
    }
    await until(async () => (await waiting()) === 0, 30_000, 'nobody waits')
    dataOf(await publish())
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  type Actor,
  createPerform,
  createTransact,
  shanghaiDay,
  surroundings as standing,
  systemActor,
  writeOrgNodes,
} from '@linghang/access'
import { createAdapter, createPool, type Pool } from '@linghang/database'
import { createDatabases, databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { addDays } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { stretchAt } from '../src/engine/spans.ts'
import { placeStore } from '../src/facts/organisations/store.ts'
import { sumCounty } from '../src/reports/counties/sum-county.ts'
import { belowOf, countBelow, indicesOf } from '../src/reports/indices/read-indices.ts'
import type { Series } from '../src/reports/indices/series.ts'
import { countLitBranches, litBranchesOf } from '../src/reports/lights/read-lights.ts'
import type { LitBranch } from '../src/reports/lights/store.ts'
import type { Tx, Work } from '../src/work.ts'

jest.setTimeout(120_000)

const suffix = 'indices'
const countyId = randomUUID()
const whole = systemActor(countyId)
const today = shanghaiDay(new Date())
const quarter = stretchAt('QUARTER', today)
const before = stretchAt('QUARTER', addDays(quarter.from, -1))
const ids = { top: randomUUID(), a: randomUUID(), b: randomUUID() }
// Five branches of five people below one committee, one of four people below another.
const branches = Array.from({ length: 6 }, (_, n) => ({ id: randomUUID(), people: n < 5 ? 5 : 4 }))
const [first, last] = [branches[0]?.id as string, branches[5]?.id as string]
const document = {
  ...{ format: 1, key: 'pack', title: '办法', summary: '办法', period: 'QUARTER' },
  scales: ['MEMBER', 'BRANCH'].map(subject => ({
    ...{ key: subject, title: subject, subject, groups: [{ key: 'LIFE', title: '生活' }] },
    indicators: [
      {
        ...{ key: 'CAME', title: '参加', group: 'LIFE', kind: 'BASE', per: 'MONTH', absence: 'COUNTS', points: '1' },
        ...{ basis: { certainty: 'COUNTY', source: '办法', article: '' }, reads: { kind: 'ATTENDANCE' } },
      },
    ],
  })),
  indices: [
    { key: 'LOYALTY', title: '忠诚指数', of: 'MEMBER', combine: 'MEAN', from: { score: true } },
    { key: 'FORTRESS', title: '堡垒指数', of: 'BRANCH', combine: 'SUM', from: { groups: ['LIFE'] } },
    { key: 'ACTIVITY', title: '活力指数', of: 'MEMBER', combine: 'SUM', from: { indicators: ['CAME', 'OTHER'] } },
  ],
}

let pool: Pool
let prisma: PrismaClient
let statements = 0
let read: <T>(run: (work: Work) => Promise<T>, actor?: Actor) => Promise<T>

const sheet = (type: string, orgId: string, subjectId: string, from: string, until: string, score: number) =>
  look(
    'assessment',
    `insert into score_sheet values ($1, $2, $3, $4, $5, $6, $7, 'pack', 1, $4, $8, 10000, null,
       jsonb_build_array(jsonb_build_object('key', 'LIFE', 'points', 0, 'counted', $8::int / 10)),
       case when $8::int = 7000 then '{}'::jsonb else jsonb_build_object('CAME', 100) end, '[]', '{}', '\\x00', 1, null, now())`,
    [randomUUID(), countyId, orgId, type, subjectId, from, until, score],
    suffix,
  )

beforeAll(async () => {
  const at = surroundings()
  await createDatabases(at, ['assessment'], suffix)
  pool = createPool(databaseUrl(at, 'assessment', suffix), { max: 1, applicationName: 'indices' })
  pool.on('connect', client => {
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    Object.assign(client, {
      query: (...args: unknown[]) => {
        statements += 1
        return send(...args)
      },
    })
  })
  prisma = new PrismaClient({ adapter: createAdapter(pool) })
  const perform = createPerform<Tx, object>(createTransact<Tx>(prisma), standing, () => ({}))
  read = (run, actor = whole) => perform(actor, run, {})
  const node = { countyId, unitKind: null, approves: null, version: 1 }
  const tree = [
    { id: ids.top, superiorId: null, code: '1', name: '县委', kind: 'COMMITTEE' },
    { id: ids.a, superiorId: ids.top, code: '2', name: '甲党委', kind: 'COMMITTEE' },
    { id: ids.b, superiorId: ids.top, code: '3', name: '乙党委', kind: 'COMMITTEE' },
    ...branches.map(({ id }, n) => ({
      ...{ id, superiorId: n < 5 ? ids.a : ids.b, code: `b${n}`, name: `支部${n}`, kind: 'BRANCH' },
    })),
  ]
  const place = (orgId: string, superiorId: string | null, kind: string) => ({
    ...{ orgId, superiorId, kind, version: 1, day: before.from, unitKind: null, endedOn: null },
  })
  await perform(whole, async ({ tx }) => {
    await writeOrgNodes(
      tx,
      tree.map(one => ({ ...node, ...one })),
    )
    await placeStore.write(
      tx,
      countyId,
      tree.map(({ id, superiorId, kind }) => place(id, superiorId, kind)),
    )
  })
  await look(
    'assessment',
    `insert into pack_decision values ($1, 1, 'PACK', $2, '办法', '1', '县委', $2, 'pack', $3, null, now())`,
    [countyId, before.from, JSON.stringify(document)],
    suffix,
  )
  for (const [n, { id, people }] of branches.entries()) {
    await sheet('ORGANISATION', id, id, quarter.from, quarter.until, 5_000)
    for (let person = 0; person < people; person++) {
      const memberId = randomUUID()
      await sheet('MEMBER', id, memberId, quarter.from, quarter.until, person === 0 ? 7_000 : 6_000 + n * 100)
      if (n === 0) await sheet('MEMBER', id, memberId, before.from, before.until, 4_000)
    }
  }
  // Of committees nothing goes into an index over branches.
  await sheet('ORGANISATION', ids.a, ids.a, quarter.from, quarter.until, 9_999)
  await look(
    'assessment',
    `insert into scored_county (county_id, month, packs, sums_from) values ($1, $2, '', $2)`,
    [countyId, before.from],
    suffix,
  )
  await perform(whole, work => sumCounty.run(work, {}))
})
afterAll(async () => {
  await prisma?.$disconnect()
  await pool?.end()
})

const pointsOf = async (orgId: string, index: string, actor?: Actor) =>
  ((await read(work => indicesOf.read(work, [orgId]), actor)).get(orgId) as Series[] | undefined)?.find(
    one => one.index.key === index,
  )?.points
const valuesOf = async (orgId: string, index: string, actor?: Actor) =>
  (await pointsOf(orgId, index, actor))?.map(({ from, value, gap, sheets }) => [from, value, gap, sheets])

describe('S1-15 branches with a light on', () => {
  test('S1-15 for whoever has what is above them in charge, with the months; without a light none is shown', async () => {
    const page = { size: 9, from: null, backwards: false }
    await look(
      'assessment',
      `update score_sheet set lights = '[{"key": "RED", "colour": "RED", "since": "2026-10-31"}]', lit_months = '{"RED": ["2026-10-01"]}'
       where subject_type = 'ORGANISATION' and org_id = any ($1::uuid[])`,
      [[first, last, ids.a]],
      suffix,
    )
    const of = async (orgId: string, actor?: Actor) =>
      (await read(work => litBranchesOf.read(work, [orgId], page), actor)).get(orgId) as LitBranch[] | undefined
    // A committee's own light is none of a branch.
    expect((await of(ids.top))?.map(({ id }) => id)).toEqual([first, last])
    expect(await of(ids.a)).toMatchObject([
      { id: first, litMonths: { RED: ['2026-10-01'] }, lights: [{ since: '2026-10-31' }] },
    ])
    expect(await read(work => countLitBranches.read(work, [ids.top]))).toEqual(new Map([[ids.top, 2]]))
    const secretary: Actor = {
      ...{ ...whole, kind: 'PERSON', accountId: randomUUID() },
      grants: [{ role: 'SECRETARY', orgId: first }],
    }
    expect((await of(first, secretary))?.length).toBe(1)
    expect(await of(ids.a, secretary)).toBeUndefined()
    await look('assessment', `update score_sheet set lights = '[]'`, [], suffix)
    expect(await of(ids.top)).toEqual([])
  })
})

describe('S0-32 indices of organisations over time', () => {
  test('S0-32 S0-6a over an organisation and all below it, period by period', async () => {
    // Five of 7,000 and 4 × (6,000 … 6,400).
    expect(await valuesOf(ids.a, 'LOYALTY')).toEqual([
      [before.from, 40, null, 5],
      [quarter.from, 63.6, null, 25],
    ])
    expect(await valuesOf(ids.a, 'FORTRESS')).toEqual([[quarter.from, 25, null, 5]])
    expect(await valuesOf(first, 'LOYALTY')).toEqual([
      [before.from, 40, null, 5],
      [quarter.from, 62, null, 5],
    ])
  })

  test('S0-32 what is not known of somebody is not counted, and of fewer than five there is no value', async () => {
    expect(await valuesOf(first, 'ACTIVITY')).toEqual([
      [before.from, 5, null, 5],
      [quarter.from, null, 'TOO_FEW', 4],
    ])
    expect(await valuesOf(last, 'LOYALTY')).toEqual([[quarter.from, null, 'TOO_FEW', 4]])
    expect(await valuesOf(last, 'FORTRESS')).toEqual([[quarter.from, 5, null, 1]])
  })

  test('S0-32 compared with organisations of the same kind, five at least', async () => {
    const peersOf = async (orgId: string, index: string) => (await pointsOf(orgId, index))?.at(-1)?.peers
    // The sixth has four people and no value of its own.
    expect(await peersOf(first, 'LOYALTY')).toEqual({ organisations: 5, value: 63.6, gap: null })
    expect(await peersOf(first, 'FORTRESS')).toEqual({ organisations: 6, value: 5, gap: null })
    expect(await peersOf(ids.a, 'FORTRESS')).toEqual({ organisations: 3, value: null, gap: 'TOO_FEW' })
  })

  test('S0-32 a branch that has moved to another committee counts there from then on, and before where it stood', async () => {
    const moved = { orgId: first, superiorId: ids.b, kind: 'BRANCH', version: 2, day: quarter.from }
    await read(({ tx }) => placeStore.write(tx, countyId, [{ ...moved, unitKind: null, endedOn: null }]))
    await look(
      'assessment',
      `update scored_county set sums_from = $1, sums_due_at = '-infinity'`,
      [before.from],
      suffix,
    )
    await read(work => sumCounty.run(work, {}))
    expect(await valuesOf(ids.a, 'LOYALTY')).toEqual([
      [before.from, 40, null, 5],
      [quarter.from, 64, null, 20],
    ])
    expect(await valuesOf(ids.b, 'FORTRESS')).toEqual([[quarter.from, 10, null, 2]])
  })

  test('S0-32 what stands directly below, in the order of codes', async () => {
    const stretch = { size: 2, from: null, backwards: false }
    const below = await read(work => belowOf.read(work, [ids.a, ids.top], stretch))
    expect((below.get(ids.top) as { code: string }[]).map(({ code }) => code)).toEqual(['2', '3'])
    expect((below.get(ids.a) as { code: string }[]).map(({ code }) => code)).toEqual(['b0', 'b1', 'b2'])
    expect(await read(work => countBelow.read(work, [ids.a]))).toEqual(new Map([[ids.a, 5]]))
  })

  test('S0-32 whoever does not see an organisation sees no index of it', async () => {
    const secretary: Actor = {
      ...{ ...whole, kind: 'PERSON', accountId: randomUUID() },
      grants: [{ role: 'SECRETARY', orgId: first }],
    }
    expect(await valuesOf(ids.a, 'FORTRESS', secretary)).toBeUndefined()
    expect(await valuesOf(last, 'FORTRESS', secretary)).toBeUndefined()
    expect(await valuesOf(first, 'FORTRESS', secretary)).toEqual([[quarter.from, 5, null, 1]])
  })

  test('S0-32 a page of organisations costs as many statements as one', async () => {
    const costOf = async (orgIds: readonly string[]) => {
      statements = 0
      await read(work => indicesOf.read(work, orgIds))
      return statements
    }
    const one = await costOf([first])
    expect(one).toBeGreaterThan(3)
    expect(await costOf([...branches.map(({ id }) => id), ...Object.values(ids)])).toBe(one)
  })
})

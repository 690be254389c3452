import { type Actor, createPerform, createTransact, shanghaiDay, surroundings as standing } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import {
  actorOf,
  createCounty,
  everywhereKnown,
  orgCode,
  seedAccount,
  seedActor,
  seedTwoCommittees,
} from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import type { Tx, Work } from '../src/work.ts'
import { createDrawing } from './drawing.ts'

export const today = shanghaiDay(new Date())
export const thisMonth = monthOf(today)
export const lastYear = Number(today.slice(0, 4)) - 1
/** The last three months that are over, the newest first. */
export const monthsOver = [1, 2, 3].map(back => addMonths(thisMonth, -back))
const published = [...new Set([`${lastYear}-11-01`, `${lastYear}-12-01`, ...monthsOver])].sort()

const basis = { certainty: 'COUNTY', source: '本县办法', article: '第三条' }
const pack = {
  ...{ format: 1, key: 'monthly', title: '按月考核办法', summary: '示例', period: 'MONTH', peers: 'KIND' },
  scales: ['BRANCH', 'MEMBER'].map(subject => ({
    ...{ key: subject, title: subject === 'MEMBER' ? '党员' : '党支部', subject, base: 60 },
    exemptions:
      subject === 'MEMBER'
        ? ['OLD', 'ILL', 'FLOATING', 'ABROAD'].map(reason => ({ reason, effect: 'NOT_COUNTED' }))
        : [],
    groups: [{ key: 'LIFE', title: '组织生活' }],
    indicators: [
      {
        ...{ key: 'CLASS', title: '党课', group: 'LIFE', kind: 'BASE', per: 'MONTH', absence: 'COUNTS', basis },
        ...{ points: '1', cap: 1, reads: { kind: subject === 'MEMBER' ? 'ATTENDANCE' : 'MEETING_HELD' } },
        when: 'count > 0',
      },
    ],
  })),
}

export const boardFields = `kind state why from until decision { id title number organ basis audience until state }
  groups { scale peers average } places(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes {
    member { id } organisation { id } organisationName own scale score rank peers list periods } }`

/**
 * A county whose sheets of some months are published: six branches below committee A with points of their own, one below B,
 * people at A1, A2 and B1.
 */
export async function openBoards() {
  const county = await createCounty()
  const drawing = createDrawing(county)
  const tree = await seedTwoCommittees(county)
  const more: string[] = []
  for (const n of [7, 8, 9, 10]) {
    const { registerOrganisation } = dataOf(
      await county.world.askUntyped.org(
        county.admin,
        'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }',
        { input: { superiorId: tree.a.id, code: orgCode(county, n), name: `甲${n}社区党支部`, kind: 'BRANCH' } },
      ),
    )
    more.push(registerOrganisation.organisation.id)
  }
  await everywhereKnown(county)
  const rows = [
    ...Array.from({ length: 5 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    ...Array.from({ length: 3 }, (_, i) => fullMember(county.code, tree.a2.code, { 姓名: `甲二${i}` })),
    ...Array.from({ length: 2 }, (_, i) => fullMember(county.code, tree.b1.code, { 姓名: `乙一${i}` })),
  ]
  const people = await seedMembers(county, rows)
  const idOf = (name: string) => people.get(name) as string
  await drawing.done(
    county.admin,
    'publishPack',
    {
      ...{
        document: JSON.stringify(pack),
        effectiveFrom: published[0],
        decidedOn: addMonths(published[0] as string, -1),
      },
      ...{ title: '按月考核办法', number: '测委发〔2026〕1号', organ: '县委组织部' },
    },
    'pack { version }',
  )
  const branches = [tree.a1.id, tree.a2.id, ...more, tree.b1.id]
  const rowsOf = (table: string) => look('assessment', `select 1 from ${table} where county_id = $1`, [county.id])
  await until(
    async () => (await rowsOf('scored_county')).length > 0 && (await rowsOf('touched')).length === 0,
    60_000,
    'the county is scored',
  )
  /** What the county's administrators owe of this, as workflows keeps it. */
  const owed = async (id: string): Promise<[string, string][]> =>
    (
      await look(
        'workflows',
        `select rule, due_on::text as on from deadline
         where subject_id = $1 and office_org_id = $2 and office_role = 'ADMIN' and closed_at is null`,
        [uuidOf(id), uuidOf(tree.root.id)],
      )
    ).map(({ rule, on }) => [rule, on])
  const isOwed = (id: string, ...wanted: [string, string][]) =>
    until(async () => JSON.stringify(await owed(id)) === JSON.stringify(wanted), 30_000, `${wanted} is owed`)
  /** Gives somebody a sheet of a month, as if facts of that time had come. */
  const score = (month: string, subject: string, points: number, at = subject) =>
    look(
      'assessment',
      `insert into score_sheet (id, county_id, org_id, subject_type, subject_id, period_from, period_until, pack_key, pack_version,
         scale, score, attainable, groups, totals, lights, lit_months, hash, version, worked_out_at)
       values (uuidv7(), $1, $2, $3, $4, $5, $6, 'monthly', 1, $7, $8, 10000, '[]', '{}', '[]', '{}', '\\x00', 1, now())`,
      [
        ...[county.id, uuidOf(at), subject === at ? 'ORGANISATION' : 'MEMBER', uuidOf(subject), month],
        ...[addDays(addMonths(month, 1), -1), subject === at ? 'BRANCH' : 'MEMBER', points * 100],
      ],
    )
  const publish = async (month: string) => {
    await drawing.done(county.admin, 'publishScores', { on: month }, 'publication { from }')
    await until(
      async () =>
        (
          await look(
            'assessment',
            `select 1 from score_publication where county_id = $1 and period_from = $2 and state = 'PUBLISHED'`,
            [county.id, month],
          )
        ).length > 0,
      30_000,
      'the month is published',
    )
  }
  const own = async (name: string, at: string): Promise<Actor> => {
    const { subject } = await seedAccount(county, { keptBy: at, memberId: idOf(name) })
    return actorOf(county.world, subject)
  }
  const decision = (kind: string, more: object = {}) => ({
    ...{
      kind,
      organ: '县委组织部',
      title: '榜单管理办法',
      number: '测组发〔2026〕9号',
      basis: '县委常委会会议纪要第 12 期',
    },
    ...{ audience: 'OFFICES', decidedOn: today, effectiveFrom: today, until: addDays(today, 30), ...more },
  })
  const board = async (
    actor: Actor,
    kind: string,
    more: { on?: string; organisationId?: string } = {},
  ): Promise<Data> =>
    (
      await drawing.read(
        actor,
        `query ($kind: BoardKind!, $on: Date, $at: ID) { board(kind: $kind, on: $on, organisationId: $at) { ${boardFields} } }`,
        { kind, on: more.on, at: more.organisationId },
      )
    ).board
  return {
    ...{ county, tree, more, branches, idOf, score, isOwed, publish, published, own, decision, board, ...drawing },
    office: (role: Parameters<typeof seedActor>[1], at: string) => seedActor(county, role, at),
  }
}
export type Boards = Awaited<ReturnType<typeof openBoards>>

/** What a use case says at another moment than now. */
export function atAnotherTime() {
  const pool = createPool(databaseUrl(surroundings(), 'assessment'), { max: 2, applicationName: 'boards' })
  const prisma = new PrismaClient({ adapter: createAdapter(pool) })
  return {
    at: <T>(instant: string, actor: Actor, run: (work: Work) => Promise<T>): Promise<T> =>
      createPerform<Tx, object>(createTransact<Tx>(prisma), { ...standing, now: () => new Date(instant) }, () => ({}))(
        actor,
        run,
        { rights: 'COUNTY' },
      ),
    async end() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

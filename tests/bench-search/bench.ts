import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Actor,
  createPerform,
  createTransact,
  shanghaiDay,
  surroundings,
  systemActor,
  writeOrgNodes,
} from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { removePostgresState, startPostgres } from '@linghang/devstack'
import { loginUrl, migrateServices } from '@linghang/migrations'
import { createSealing } from '@linghang/sealing'
import { sql } from 'kysely'
import { PrismaClient } from '../../services/org/prisma/client/client.ts'
import { foundStore } from '../../services/org/src/life/search/store.ts'
import { type Own, sqlOf, type Tx } from '../../services/org/src/work.ts'

/**
 * Any office's search over three years of meetings of a county of haishu's size, as the service asks, against the same
 * question under the policies of the tables. `npm run bench:search -- [branches]`, 2,600 unless told; 36 meetings a year each.
 */
const branches = Number(process.argv[2] ?? 2_600)
const perBranch = 36 * 3
const committees = Math.max(1, Math.round(branches / 65))
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const postgres = await startPostgres({ stateDir, report: () => undefined })
const loginPassword = randomBytes(18).toString('base64url')
await migrateServices({ superuserUrl: postgres.superuserUrl, loginPassword, only: ['org'] })
const pool = createPool(loginUrl(postgres.superuserUrl, 'org', loginPassword), { max: 10, applicationName: 'bench' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
const transact = createTransact<Tx>(prisma)
const sealing = createSealing(transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
const perform = createPerform<Tx, Own>(transact, surroundings, async ({ countyId }) => ({
  seal: await sealing.opened(countyId),
}))
const bare = createPool(postgres.urlOf('org'), { max: 1, applicationName: 'bare' })
const today = shanghaiDay(new Date())

/** Words that meetings are made of, at random; each stands in a share of them. */
const words =
  '学习党章，讨论发展对象，研究党费收缴，困难党员慰问，主题教育，志愿服务，安全生产，乡村振兴，基层治理，廉政谈话，换届筹备，'
const searched = {
  'in every meeting': '党员',
  'in one of ten': '乡村振兴',
  'in one of a thousand': '千里挑一',
  'in a single one': '独一无二',
  'in none': '从未说过',
}

type Places = { countyId: string; top: string; committee: string; branch: string }
async function createMeetings(): Promise<Places> {
  const countyId = randomUUID()
  const [top, committeeIds] = [randomUUID(), Array.from({ length: committees }, () => randomUUID())]
  const branchIds = Array.from({ length: branches }, () => randomUUID())
  const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
  const below = branchIds.map((id, n) => ({ id, superiorId: committeeIds[n % committees] as string, kind: 'BRANCH' }))
  await perform(
    systemActor(countyId),
    work =>
      writeOrgNodes(work.tx, [
        { ...node, id: top, superiorId: null, code: '1', kind: 'COMMITTEE' },
        ...committeeIds.map((id, n) => ({ ...node, id, superiorId: top, code: `c${n}`, kind: 'COMMITTEE' })),
        ...below.map((one, n) => ({ ...node, ...one, code: `b${n}` })),
      ]),
    { timeoutMs: 120_000 },
  )
  await bare.query(`set session_replication_role = replica`)
  await bare.query(
    `insert into meeting (id, county_id, org_id, kind, state, held_on, version, revision)
     select uuidv7(), $1, n.id, 'THEME_DAY', 'CLOSED', $3::date - (m * 10), 1, 1
     from org_node n cross join generate_series(1, $2::int) m where n.county_id = $1 and n.kind = 'BRANCH'`,
    [countyId, perBranch, today],
  )
  await bare.query(
    `insert into meeting_words (meeting_id, county_id, org_id, held_on, said, grams)
     select id, county_id, org_id, held_on, said, array_to_tsvector(app.grams(said)) from (
       select m.*, '党员大会 ' || substr(repeat($2, 2), 1 + (n * 13 % 60)::int, 70) || ' 第' || n || '号 '
         || case when abs(hashint8(n)) % 10 = 0 then '乡村振兴' else '' end
         || case when abs(hashint8(n)) % 1000 = 7 then '千里挑一' else '' end || case when n = 77 then '独一无二' else '' end as said
       from (select id, county_id, org_id, held_on, row_number() over (order by id) as n from meeting where county_id = $1) m
     ) made`,
    [countyId, words.replace('乡村振兴，', '')],
  )
  await bare.query('vacuum analyze')
  return { countyId, top, committee: committeeIds[0] as string, branch: branchIds[0] as string }
}

const officer = ({ countyId }: Places, orgId: string): Actor => ({
  ...{ kind: 'PERSON', accountId: randomUUID(), countyId, memberId: null, memberOrgId: null, scopes: [] },
  grants: [{ role: 'SECRETARY', orgId }],
})

const first = { size: 20, from: null, backwards: false } as const
type Way = (tx: Tx, orgId: string, text: string) => Promise<number>
const page: Way = async (tx, orgId, text) => (await foundStore.page(tx, orgId, text, first)).length
const counted: Way = (tx, orgId, text) => foundStore.count(tx, orgId, text)
/** What it would be without a function of its own, counted to its end: the policy of the table asks for each row. */
const byPolicy: Way = async (tx, orgId, text) => {
  const { rows } = await sql<{ found: string }>`
    select count(*) as found from meeting_words w where w.org_id in (
      select n.id from org_node n join org_node g on n.path <@ g.path where g.id = ${orgId}::uuid)
    and w.grams @@ (select string_agg(quote_literal(g), ' & ')::tsquery from unnest(app.grams(${text})) g)
    and strpos(w.said, ${text}) > 0`.execute(sqlOf(tx))
  return Number(rows[0]?.found)
}

async function timesOf(actor: Actor, orgId: string, text: string, way: Way, times: number): Promise<number[]> {
  const took: number[] = []
  for (let n = 0; n < times; n++)
    await perform(actor, async work => {
      const at = performance.now()
      await way(work.tx, orgId, text)
      took.push(performance.now() - at)
    })
  return took.toSorted((a, b) => a - b)
}
const at = (sorted: readonly number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10

try {
  const places = await createMeetings()
  const { rows } = await bare.query(
    'select count(*)::int as n, pg_size_pretty(pg_total_relation_size($1)) as size from meeting_words',
    ['meeting_words'],
  )
  console.log(`${rows[0].n} meetings of ${branches} branches; words and indexes ${rows[0].size}`)
  const offices = { 'the county': places.top, 'a committee': places.committee, 'a branch': places.branch }
  for (const [office, orgId] of Object.entries(offices)) {
    const actor = officer(places, orgId)
    const table: Record<string, object> = {}
    for (const [how, text] of Object.entries(searched)) {
      await timesOf(actor, orgId, text, page, 3)
      const pages = await timesOf(actor, orgId, text, page, 40)
      const counts = await timesOf(actor, orgId, text, counted, 20)
      const policies = await timesOf(actor, orgId, text, byPolicy, 5)
      table[how] = {
        ...{ 'page p50 ms': at(pages, 0.5), 'p95 ms': at(pages, 0.95), 'count p50 ms': at(counts, 0.5) },
        'by policy, count to the end p50 ms': at(policies, 0.5),
      }
    }
    console.log(`asked by ${office}`)
    console.table(table)
  }
  const plan = await bare.query(
    `explain (analyze, costs off, timing off, summary off) select w.meeting_id from meeting_words w where w.county_id = $1
     and w.org_id = any (array(select n.id from org_node n join org_node g on n.path <@ g.path where g.id = $2))
     and w.grams @@ $3::tsquery and strpos(w.said, $4) > 0 order by w.held_on desc, w.meeting_id desc limit 21`,
    [places.countyId, places.committee, "'千里' & '里挑' & '挑一'", '千里挑一'],
  )
  console.log(plan.rows.map(row => row['QUERY PLAN']).join('\n'))
} finally {
  await bare.end()
  await prisma.$disconnect()
  await pool.end()
  await postgres.stop()
  await removePostgresState(stateDir)
  await rm(stateDir, { recursive: true, force: true })
}

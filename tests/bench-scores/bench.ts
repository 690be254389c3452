import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createPerform, createTransact, shanghaiDay, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { removePostgresState, startPostgres } from '@linghang/devstack'
import { loginUrl, migrateServices } from '@linghang/migrations'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../../services/assessment/prisma/client/client.ts'
import { packStore } from '../../services/assessment/src/packs/decisions/store.ts'
import { type PackDocument, packDocument } from '../../services/assessment/src/packs/documents/pack.ts'
import { sumStore } from '../../services/assessment/src/reports/counties/sum-store.ts'
import { indicesOf } from '../../services/assessment/src/reports/indices/read-indices.ts'
import { definitionsOf } from '../../services/assessment/src/reports/indices/series.ts'
import { keepScores } from '../../services/assessment/src/sheets/scoring/keep-scores.ts'
import type { Tx, Work } from '../../services/assessment/src/work.ts'

/**
 * Everybody of a county of haishu's size scored from nothing, at three sizes in one run, and one new fact afterwards: from when it
 * is written until the sheets that it reaches are. `npm run bench:scores -- [members] [branches] [counties]`, 47,411 and 2,654
 * unless told, and what its sums take; with a number of counties, a city of so many of that size instead, one after the other as the service takes them.
 */
const members = Number(process.argv[2] ?? 47_411)
const organisations = Number(process.argv[3] ?? 2_654)
const counties = Number(process.argv[4] ?? 0)
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const postgres = await startPostgres({ stateDir, report: () => undefined })
const loginPassword = randomBytes(18).toString('base64url')
await migrateServices({ superuserUrl: postgres.superuserUrl, loginPassword, only: ['assessment'] })
const pool = createPool(loginUrl(postgres.superuserUrl, 'assessment', loginPassword), {
  max: 10,
  applicationName: 'bench',
})
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
const perform = createPerform<Tx, object>(createTransact<Tx>(prisma), surroundings, () => ({}))
const bare = createPool(postgres.urlOf('assessment'), { max: 1, applicationName: 'bare' })
const watching = createPool(postgres.urlOf('assessment'), { max: 1, applicationName: 'bare' })
const today = shanghaiDay(new Date())
const yearAgo = addMonths(monthOf(today), -12)

/** A county with a year of meetings, attendance and dues behind it. @returns its id */
async function createCounty(people: number, places: number): Promise<string> {
  const countyId = randomUUID()
  const top = randomUUID()
  const committees = Math.max(1, Math.round(places / 65))
  const committeeIds = Array.from({ length: committees }, () => randomUUID())
  const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
  const branches = Array.from({ length: places - committees - 1 }, (_, n) => ({
    ...{ id: randomUUID(), superiorId: committeeIds[n % committees] as string, kind: 'BRANCH', code: `b${n}` },
  }))
  await perform(
    systemActor(countyId),
    ({ tx }) =>
      writeOrgNodes(tx, [
        { ...node, id: top, superiorId: null, code: '1', kind: 'COMMITTEE' },
        ...committeeIds.map((id, n) => ({ ...node, id, superiorId: top, code: `c${n}`, kind: 'COMMITTEE' })),
        ...branches.map(branch => ({ ...node, ...branch })),
      ]),
    { timeoutMs: 120_000 },
  )
  await bare.query(`set session_replication_role = replica`)
  const places$ = `(select id, row_number() over (order by id) - 1 as n from org_node where county_id = $1 and kind = 'BRANCH')`
  await bare.query(
    `insert into member_stay (county_id, member_id, version, org_id, day, kind, joined_on, full_member_since)
     select $1, uuidv7(), 1, b.id, $3::date, 'FULL', '2010-07-01', '2011-07-01'
     from generate_series(0, $2::int - 1) m join ${places$} b on b.n = m % $4`,
    [countyId, people, yearAgo, branches.length],
  )
  await bare.query(
    `insert into organisation_known (org_id, county_id, since) select id, county_id, $2 from org_node where county_id = $1`,
    [countyId, yearAgo],
  )
  await bare.query(
    `insert into organisation_place (county_id, org_id, version, day, superior_id, kind)
     select county_id, id, 1, $2, superior_id, kind from org_node where county_id = $1`,
    [countyId, yearAgo],
  )
  await bare.query(
    `insert into tally (org_id, county_id, full_members) select org_id, county_id, count(*) from member_stay where county_id = $1 group by 1, 2`,
    [countyId],
  )
  const fact = `fact_now (county_id, told_as, source_id, n, source_type, source_version, subject_type, subject_id, org_id, told_org_id, kind, day, quantity, attributes)`
  await bare.query(
    `insert into ${fact}
     select $1, 'bill', uuidv7(), 0, 'DuesBill', 1, 'MEMBER', s.member_id, s.org_id, s.org_id, 'DUES_MONTH',
       ($2::date + make_interval(months => m))::date, 100, '{"state": "SETTLED", "inTime": true}'::jsonb
     from member_stay s cross join generate_series(0, 12) m where s.county_id = $1`,
    [countyId, yearAgo],
  )
  await bare.query(
    `insert into ${fact}
     select $1, 'came', uuidv7(), 0, 'Meeting', 1, 'MEMBER', s.member_id, s.org_id, s.org_id, 'ATTENDANCE',
       ($2::date + make_interval(months => m / 3) + make_interval(days => m % 20))::date, 100,
       case when hashtext(s.member_id::text || m) % 9 = 0 then '{"meetingKind": "BRANCH_ASSEMBLY", "attendance": "ABSENT", "late": false, "leftEarly": false}'
         when m % 3 = 0 then '{"meetingKind": "THEME_DAY", "attendance": "PRESENT", "late": false, "leftEarly": false}'
         when m % 3 = 1 then '{"meetingKind": "GROUP_MEETING", "attendance": "PRESENT", "late": false, "leftEarly": false}'
         else '{"meetingKind": "BRANCH_ASSEMBLY", "attendance": "PRESENT", "late": false, "leftEarly": false}' end::jsonb
     from member_stay s cross join generate_series(0, 38) m where s.county_id = $1`,
    [countyId, yearAgo],
  )
  await bare.query(
    `insert into ${fact}
     select $1, 'meeting', uuidv7(), 0, 'Meeting', 1, 'ORGANISATION', n.id, n.id, n.id, 'MEETING_HELD',
       ($2::date + make_interval(months => m / 3) + make_interval(days => m % 20))::date, 100,
       ('{"meetingKind": "' || (array['THEME_DAY', 'GROUP_MEETING', 'BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY', 'CLASS'])[1 + m % 5] || '", "due": 18, "present": 16, "resolutions": 1}')::jsonb
     from org_node n cross join generate_series(0, 38) m where n.county_id = $1 and n.kind = 'BRANCH'`,
    [countyId, yearAgo],
  )
  await bare.query('set session_replication_role = origin')
  await bare.query('vacuum analyze')
  return countyId
}

/** By which thirty-three and twenty-six indicators are counted (S1-14), with an index over each heading of members and of branches. */
const pack = JSON.parse(await readFile(join(root, 'services/assessment/packs/s1.json'), 'utf8')) as PackDocument
const indices = pack.scales.flatMap(({ subject, groups }) =>
  subject === 'ABOVE'
    ? []
    : groups.map(({ key, title }) => ({
        ...{ key: `${subject}_${key}`, title, of: subject, combine: 'MEAN' as const, from: { groups: [key] } },
      })),
)
const document = packDocument.parse({ ...pack, indices })
const effectiveFrom = monthOf(today)
const decide = (countyId: string) =>
  perform(systemActor(countyId), ({ tx, now }) =>
    packStore.insert(tx, {
      ...{ version: 1, kind: 'PACK', effectiveFrom, title: 'bench', number: '1', organ: 'bench', decidedOn: yearAgo },
      ...{ packKey: document.key, document, countyId, setBy: null, setAt: now },
    }),
  )

let transactions = 0
/** As the service does it. */
const scores = keepScores({
  waiting: async () => (await watching.query('select distinct county_id from touched')).rows.map(row => row.county_id),
  perform(...asked) {
    transactions += 1
    return perform(...asked)
  },
  heard: async () => undefined,
  afterwards: [],
  log: { warn: (fields, message) => console.error(message, fields) },
})

/** Until nobody waits any more. @returns the seconds that it took, and in how many transactions */
async function scored() {
  const begun = performance.now()
  transactions = 0
  while ((await watching.query('select from touched limit 1')).rowCount !== 0) await setTimeout(10)
  return { seconds: (performance.now() - begun) / 1_000, transactions }
}

const isCity = counties > 0
const sizes = isCity
  ? Array.from({ length: counties }, () => members)
  : [members / 4, members / 2, members].map(Math.round)
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 50)
let last = ''
const all = { sheets: 0, seconds: 0, peak: 0 }
for (const people of sizes) {
  const countyId = await createCounty(people, Math.round((organisations * people) / members))
  await decide(countyId)
  await bare.query(
    `insert into touched (county_id, subject_type, subject_id, org_id, from_day)
     select county_id, 'ORGANISATION', id, id, $2 from org_node where county_id = $1 and superior_id is null`,
    [countyId, effectiveFrom],
  )
  peak = 0
  const { seconds, transactions } = await scored()
  const { rows } = await bare.query('select count(*)::int as sheets from score_sheet where county_id = $1', [countyId])
  const each = ((seconds / rows[0].sheets) * 1e6).toFixed(0)
  console.log(
    `${people} members: ${rows[0].sheets} sheets in ${seconds.toFixed(1)} s, ${transactions} transactions, ${each} µs each, at most ${Math.round(peak / 2 ** 20)} MiB`,
  )
  all.sheets += rows[0].sheets
  all.seconds += seconds
  all.peak = Math.max(all.peak, peak)
  last = countyId
}
clearInterval(watch)
if (isCity)
  console.log(
    `a city of ${counties} counties: ${all.sheets} sheets in ${all.seconds.toFixed(1)} s, at most ${Math.round(all.peak / 2 ** 20)} MiB`,
  )

const took: number[] = []
for (let n = 0; n < 20; n++) {
  const { rows } = await bare.query(
    `select member_id, org_id from member_stay where county_id = $1 offset $2 limit 1`,
    [last, n * 97],
  )
  const { member_id: memberId, org_id: orgId } = rows[0]
  await bare.query(
    `with written as (insert into fact_now (county_id, told_as, source_id, n, source_type, source_version, subject_type, subject_id, org_id, told_org_id, kind, day, quantity, attributes)
       values ($1, 'came', uuidv7(), 0, 'Meeting', 1, 'MEMBER', $2, $3, $3, 'ATTENDANCE', $4, 100, '{"meetingKind": "CLASS", "attendance": "PRESENT", "late": false, "leftEarly": false}'))
     insert into touched (county_id, subject_type, subject_id, org_id, from_day) values ($1, 'MEMBER', $2, $3, $4)`,
    [last, memberId, orgId, addDays(today, -1)],
  )
  took.push((await scored()).seconds * 1_000)
}
took.sort((a, b) => a - b)
console.log(
  `one new fact: member, branch and above scored anew in ${took[10]?.toFixed(0)} ms, at most ${took.at(-1)?.toFixed(0)} ms`,
)
await scores.stop()

const medianOf = async (run: (work: Work) => Promise<unknown>): Promise<string> => {
  const each: number[] = []
  for (let n = 0; n < 5; n++) {
    const begun = performance.now()
    await perform(systemActor(last), run, { timeoutMs: 60_000 })
    each.push(performance.now() - begun)
  }
  return `${each.sort((a, b) => a - b)[2]?.toFixed(0)} ms`
}
const summing = await medianOf(async work => {
  await sumStore.sumAgain(work.tx, last, effectiveFrom, definitionsOf(await packStore.decided(work.tx, last)))
})
const top = await bare.query('select id from org_node where county_id = $1 and superior_id is null', [last])
const asking = await medianOf(work => indicesOf.read(work, [top.rows[0].id]))
console.log(
  `its sums and ${indices.length} indices of every organisation: ${summing}; asked for the indices of the county: ${asking}`,
)
await pool.end()
await watching.end()
await bare.end()
await prisma.$disconnect()
await postgres.stop()
await removePostgresState(stateDir)
await rm(stateDir, { recursive: true, force: true })

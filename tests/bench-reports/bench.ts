import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPerform, createTransact, shanghaiDay, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { removePostgresState, startPostgres } from '@linghang/devstack'
import { loginUrl, migrateServices } from '@linghang/migrations'
import { addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../../services/assessment/prisma/client/client.ts'
import { stretchAt } from '../../services/assessment/src/engine/spans.ts'
import type { ReportProgress } from '../../services/assessment/src/reports/monthly/make-reports.ts'
import type { Tx } from '../../services/assessment/src/work.ts'

/**
 * A month's reports of a county of haishu's size, made by a process that is killed twice: each is there and told once.
 * `npm run bench:reports -- [members] [branches]`, 47,411 and 2,654 unless told.
 */
const members = Number(process.argv[2] ?? 47_411)
const places = Number(process.argv[3] ?? 2_654)
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const postgres = await startPostgres({ stateDir, report: () => undefined })
const loginPassword = randomBytes(18).toString('base64url')
await migrateServices({ superuserUrl: postgres.superuserUrl, loginPassword, only: ['assessment'] })
const url = loginUrl(postgres.superuserUrl, 'assessment', loginPassword)
const pool = createPool(url, { max: 2, applicationName: 'bench' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
const perform = createPerform<Tx, object>(createTransact<Tx>(prisma), surroundings, () => ({}))
const bare = createPool(postgres.urlOf('assessment'), { max: 1, applicationName: 'bare' })
// It is cut off where PostgreSQL is stopped first.
bare.on('error', () => undefined)
const month = addMonths(monthOf(shanghaiDay(new Date())), -1)
const period = stretchAt('MONTH', month)

const countyId = randomUUID()
const top = randomUUID()
const node = { countyId, unitKind: null, approves: null, version: 1, name: '党组织' }
const branches = Array.from({ length: places }, (_, n) => ({ id: randomUUID(), code: `b${n}` }))
await perform(
  systemActor(countyId),
  ({ tx }) =>
    writeOrgNodes(tx, [
      { ...node, id: top, superiorId: null, code: '1', kind: 'COMMITTEE' },
      ...branches.map(branch => ({ ...node, ...branch, superiorId: top, kind: 'BRANCH' })),
    ]),
  { timeoutMs: 120_000 },
)
const totals = `(select jsonb_object_agg('I' || i, (i * 100) % 700) from generate_series(1, 30) i)`
const sheets = (type: string, scale: string, subject: string) => `
  insert into score_sheet select uuidv7(), $1, b.id, '${type}', ${subject}, $2, $3, 'pack', 1, '${scale}', 500 + n % 100, 1000, null,
    '[{"key": "LIFE", "points": 500, "counted": 500}, {"key": "WORK", "points": 300, "counted": 300}]',
    ${totals}, '[]', '{}', '\\x00', 1, null, now()
  from generate_series(0, $4::int - 1) n
  join (select id, row_number() over (order by id) - 1 as place from org_node where kind = 'BRANCH') b on b.place = n % $5::int`
await bare.query(sheets('MEMBER', 'MEMBER', 'gen_random_uuid()'), [
  ...[countyId, period.from, period.until, members, places],
])
await bare.query(sheets('ORGANISATION', 'BRANCH', 'b.id'), [countyId, period.from, period.until, places, places])
await bare.query(`insert into report_decision values ($1, $2, true, '月报', '1', '县委', $2, null, now())`, [
  ...[countyId, period.from],
])
await bare.query('vacuum analyze')

/** A run in a process of its own; killed after so many sets. */
async function run(killAfter: number, from: ReportProgress | null): Promise<ReportProgress | null> {
  const program = join(root, 'services/assessment/test/report-run.ts')
  const args = [program, url, countyId, month, '1000', from === null ? '' : JSON.stringify(from)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let heard = 0
  let last: ReportProgress | null = null
  let rest = ''
  child.stdout.on('data', chunk => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) last = JSON.parse(line) as ReportProgress
    heard += lines.length
    if (heard >= killAfter) child.kill('SIGKILL')
  })
  await new Promise(ended => child.on('close', ended))
  return last
}

const begun = performance.now()
const first = await run(10, null)
const second = await run(20, first)
console.log(`killed after ${first?.made} and ${second?.made} reports`)
await run(Number.POSITIVE_INFINITY, second)
const seconds = (performance.now() - begun) / 1_000
const { rows } = await bare.query(
  `select (select count(*)::int from monthly_report) as reports,
    (select count(*)::int from outbox_event where type = 'assessment.report.made.v1') as events,
    (select count(distinct subject)::int from outbox_event where type = 'assessment.report.made.v1') as told`,
)
const { reports, events, told } = rows[0]
console.log(`${reports} reports, ${events} events of ${told} of them, in ${seconds.toFixed(1)} s with both kills`)
if (reports !== members + places || events !== reports || told !== reports) process.exitCode = 1
await prisma.$disconnect()
await pool.end()
await bare.end()
await postgres.stop()
await removePostgresState(stateDir)
await rm(stateDir, { recursive: true, force: true })

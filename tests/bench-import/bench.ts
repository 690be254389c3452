import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort, obtainPersonToken, removePostgresState } from '@linghang/devstack'
import { createKafka, measureLag } from '@linghang/events'
import type { services } from '@linghang/migrations'
import pg from 'pg'
import { createApiClient } from '../../deploy/local/src/api-client.ts'
import { registerCounty } from '../../deploy/local/src/county.ts'
import { importRoster, waitForOrganisations } from '../../deploy/local/src/import-rosters.ts'
import { type Platform, startPlatform } from '../../deploy/local/src/platform.ts'
import { writeRoster } from '../rosters/generate-roster.ts'
import { moveOn } from './move-on.ts'
import { ofProcesses, onDisk } from './what-it-takes.ts'

/**
 * How fast a district's rosters come in, on what memory, and how soon every service has caught up. Two things are held
 * against each other in one run: a roster that is new, and the same file again, which must change nothing. Then what lies on
 * the disk, and how long the county stands still that moves to another cell.
 * `npm run bench:import -- <times>`: haishu's size (2,654 organisations, 47,411 people) or that many times it.
 */
const times = Number(process.argv[2] ?? 1)
const size = { organisations: Math.round(2_654 * times), members: Math.round(47_411 * times) }
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const county = { code: '330203', name: 'Bench' }
const seconds = (ms: number) => Number((ms / 1000).toFixed(1))

const count = async (platform: Platform, service: (typeof services)[number], sql: string): Promise<number> => {
  const client = new pg.Client({ connectionString: platform.databaseUrl(service) })
  await client.connect()
  try {
    return Number((await client.query(sql)).rows[0].n)
  } finally {
    await client.end()
  }
}

/** Until no event waits anywhere and every workflow has been told. @returns milliseconds since the call */
async function converge(platform: Platform): Promise<number> {
  const begunAt = performance.now()
  const kafka = createKafka('bench', platform.addresses.kafkaBrokers.split(','), { warn: () => undefined })
  const waiting = async () => {
    for (const service of ['members', 'dues'] as const)
      if (await count(platform, service, 'select count(*) as n from outbox_event')) return true
    if ((await measureLag(kafka)).some(({ messages }) => messages > 0n)) return true
    return (await count(platform, 'workflows', 'select count(*) as n from watch where told_version < version')) > 0
  }
  while (await waiting()) await wait(250)
  return performance.now() - begunAt
}

const platform = await startPlatform({ stateDir, gatewayPort: await findFreePort(), report: () => undefined })
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void platform.stop().then(() => process.exit(1)))
try {
  const rosters = join(stateDir, 'rosters')
  await writeRoster(rosters, { ...size, seed: 1, today, faults: {}, county })
  const { username, password } = await registerCounty(platform, county)
  const { accessToken } = await obtainPersonToken({ issuer: platform.addresses.issuer, username, password })
  const api = createApiClient(platform.gatewayUrl, async () => accessToken)
  const say = () => undefined
  const bring = async (kind: 'Organisation' | 'Member', file: string) => {
    const begunAt = performance.now()
    const outcome = await importRoster(api, { kind, file: join(rosters, file), mode: 'VALID', previewOnly: false }, say)
    return { outcome, ms: performance.now() - begunAt }
  }
  const organisations = await bring('Organisation', 'organisations.csv')
  await waitForOrganisations(api, say)
  console.log(`organisations: ${organisations.outcome.rowsTotal} rows in ${seconds(organisations.ms)} s`)
  const rows = []
  for (const what of ['new', 'the same file again'] as const) {
    const { outcome, ms } = await bring('Member', 'members.csv')
    console.log(`${what}: ${outcome.rowsTotal} rows committed after ${seconds(ms)} s`)
    const caughtUpMs = await converge(platform)
    console.log(`${what}: every service has caught up ${seconds(caughtUpMs)} s later`)
    rows.push({
      what,
      rows: outcome.rowsTotal,
      'commit s': seconds(ms),
      'rows/s': Math.round(outcome.rowsTotal / (ms / 1000)),
      'caught up after s': seconds(caughtUpMs),
      added: outcome.added,
      changed: outcome.changed,
      unchanged: outcome.unchanged,
      'members MiB': ofProcesses(platform).members?.['peak MiB'],
    })
  }
  console.table(rows)
  console.table(ofProcesses(platform))
  const sizes = (service: (typeof services)[number]) =>
    count(platform, service, 'select pg_database_size(current_database()) as n')
  console.log('on the disk, MiB:', await onDisk(platform, sizes))
  console.log('in the register and beyond:', {
    members: await count(platform, 'members', 'select count(*) as n from member'),
    duesRecords: await count(platform, 'dues', 'select count(*) as n from dues_record'),
    personFacts: await count(platform, 'assessment', 'select count(*) as n from person_fact where in_register'),
    watched: await count(platform, 'workflows', 'select count(*) as n from watch'),
    reminders: await count(platform, 'workflows', 'select count(*) as n from reminder'),
  })
  const moved = await moveOn(platform, root, county.code)
  console.log(`${moved.said}the county has moved to another cell after ${seconds(moved.ms)} s`)
  await platform.stop()
  await removePostgresState(stateDir)
  await rm(stateDir, { recursive: true, force: true })
} catch (error) {
  console.error(error, `\nlogs: ${join(stateDir, 'logs')}`)
  await platform.stop()
  process.exitCode = 1
}
process.exit()

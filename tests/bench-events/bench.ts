import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createPool } from '@linghang/database'
import { findFreePort, removePostgresState } from '@linghang/devstack'
import pg from 'pg'
import { registerCounty } from '../../deploy/local/src/county.ts'
import { startPlatform } from '../../deploy/local/src/platform.ts'

/**
 * From the commit in one service to the commit of its effect in another: members writes, dues opens a record. Through
 * outbox, relay, Kafka and consumer of the running platform, at two rates in one run: 50 and 500 events a second, each
 * event a transaction of its own, about people of many branches in turn, as in a county. A trigger of this benchmark
 * alone tells when dues has committed.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const lastsSeconds = 20
const branchCount = 500
const platform = await startPlatform({ stateDir, gatewayPort: await findFreePort(), report: () => undefined })
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void platform.stop().then(() => process.exit(1)))

const quantile = (sorted: number[], q: number) =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0)

const state = (id: string, orgId: string) => ({
  id,
  orgId,
  kind: 'FULL',
  appliedOn: null,
  activistSince: null,
  candidateSince: null,
  joinedOn: '2020-01-01',
  fullMemberSince: '2021-01-01',
  talkHeldOn: null,
  lastReviewOn: null,
  knownOn: '2026-01-01',
  duesCategory: 'MONTHLY_SALARY',
  duesBaseFen: '500000',
  leftOn: null,
  version: 1,
})

/** A committee with its branches, told by org as it tells of what it registers. @returns the branches */
async function registerBranches(countyId: string): Promise<string[]> {
  const [committee = '', ...branches] = Array.from({ length: branchCount + 1 }, () => randomUUID())
  const told = [committee, ...branches].map((id, n) => ({
    ...{ id, code: `990001${String(n).padStart(9, '0')}`, name: `Bench ${n}`, term: null, version: 1 },
    ...(n === 0 ? { kind: 'COMMITTEE', superiorId: null } : { kind: 'BRANCH', superiorId: committee }),
  }))
  const org = new pg.Client({ connectionString: platform.databaseUrl('org') })
  await org.connect()
  await org.query(
    `insert into outbox_event (county_id, org_id, type, subject, key, data)
     select $1::uuid, (w ->> 'id')::uuid, 'org.organisation.registered.v1', (w ->> 'id')::uuid, ($1::uuid)::text, w
     from jsonb_array_elements($2::jsonb) with ordinality as e (w, n) order by n`,
    [countyId, JSON.stringify(told)],
  )
  await org.end()
  const known = async (service: 'dues' | 'assessment') => {
    const client = new pg.Client({ connectionString: platform.databaseUrl(service) })
    await client.connect()
    const { rows } = await client.query('select count(*)::int as n from org_node where county_id = $1', [countyId])
    await client.end()
    return rows[0].n > branchCount
  }
  while (!((await known('dues')) && (await known('assessment')))) await wait(100)
  return branches
}

async function measure(perSecond: number, countyId: string, branches: readonly string[]) {
  const committedAt = new Map<string, number>()
  const arrivedAt = new Map<string, number>()
  const listener = new pg.Client({ connectionString: platform.databaseUrl('dues') })
  await listener.connect()
  // An effect may be told of before its own commit's answer has come back: both are noted and compared at the end.
  listener.on('notification', ({ payload }) => void arrivedAt.set(payload ?? '', performance.now()))
  await listener.query('listen bench')
  const writers = createPool(platform.databaseUrl('members'), { max: 8, applicationName: 'bare' })
  const total = perSecond * lastsSeconds
  const begunAt = performance.now()
  const pending: Promise<unknown>[] = []
  for (let n = 0; n < total; n++) {
    const dueMs = (n / perSecond) * 1000 - (performance.now() - begunAt)
    if (dueMs > 1) await wait(dueMs)
    const id = randomUUID()
    const orgId = branches[n % branches.length] as string
    const write = writers
      .query(
        `insert into outbox_event (county_id, org_id, type, subject, key, data) values ($1, $2, 'members.member.registered.v1', $3, $4, $5)`,
        [countyId, orgId, id, `${countyId}/${id}`, JSON.stringify(state(id, orgId))],
      )
      .then(() => committedAt.set(id, performance.now()))
    pending.push(write)
  }
  await Promise.all(pending)
  while (arrivedAt.size < total && performance.now() - begunAt < 120_000) await wait(50)
  await listener.end()
  await writers.end()
  const sorted = [...committedAt]
    .flatMap(([id, at]) => (arrivedAt.has(id) ? [Math.max(0, (arrivedAt.get(id) ?? at) - at)] : []))
    .sort((one, other) => one - other)
  return {
    'events/s': perSecond,
    events: total,
    arrived: sorted.length,
    'p50 ms': quantile(sorted, 0.5),
    'p99 ms': quantile(sorted, 0.99),
    'max ms': quantile(sorted, 1),
  }
}

try {
  await registerCounty(platform, { code: '990001', name: 'Bench' })
  const org = new pg.Client({ connectionString: platform.databaseUrl('org') })
  await org.connect()
  const countyId = (await org.query(`select id from county where code = '990001'`)).rows[0].id
  await org.end()
  const dues = new pg.Client({ connectionString: platform.databaseUrl('dues') })
  await dues.connect()
  await dues.query(
    `create function bench_tell() returns trigger language plpgsql as $$ begin perform pg_notify('bench', new.member_id::text); return null; end $$`,
  )
  await dues.query('create trigger bench_tells after insert on dues_record for each row execute function bench_tell()')
  await dues.end()
  const branches = await registerBranches(countyId)
  await measure(50, countyId, branches)
  console.table([await measure(50, countyId, branches), await measure(500, countyId, branches)])
} finally {
  await platform.stop()
  await removePostgresState(stateDir)
  await rm(stateDir, { recursive: true, force: true })
}
process.exit()

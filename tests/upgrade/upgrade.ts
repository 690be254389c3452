import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import {
  addAccounts,
  obtainPersonToken,
  type RunningServer,
  removePostgresState,
  startIdentityProvider,
  startKafka,
  startPostgres,
} from '@linghang/devstack'
import { organisationRow } from '@linghang/harness/county'
import { fullMember, membersCsv, organisationsCsv } from '@linghang/harness/people'
import { migrateServices, type ServiceName, services } from '@linghang/migrations'
import pg from 'pg'
import { checkOut } from './checkout.ts'
import { startLoad } from './load.ts'
import { createPlatform, processNames } from './platform.ts'

/**
 * Services of an earlier release on the schema of this one, and the way there and back, under requests through the gateway:
 * `npm run test:upgrade -- [commit or tag] [seconds a stage]`. Ends with 1 where a request failed or an event was lost.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
/** The first commit whose databases are migrated as in production; while there is no release to come from. */
const first = '654f8b3'
const stageMs = Number(process.argv[3] ?? 15) * 1_000
const report = () => undefined
const code = '330302'
const earlier = checkOut(root, process.argv[2] ?? first)
const stateDir = join(root, '.linghang/upgrade', `state-${process.pid}`)
mkdirSync(stateDir, { recursive: true })

const stopping: (() => Promise<unknown>)[] = [() => removePostgresState(stateDir)]
const keep = <S extends RunningServer>(server: S): S => {
  stopping.push(() => server.stop())
  return server
}
const said = (text: string) => process.stdout.write(`${text}\n`)
const passed = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function main(): Promise<number> {
  const files = { accountsFile: join(stateDir, 'accounts.json'), clientsFile: join(stateDir, 'clients.json') }
  await addAccounts(files.accountsFile, [{ username: 'admin', password: 'upgrade', sub: 'admin' }])
  const postgres = keep(await startPostgres({ stateDir, report }))
  const kafka = keep(await startKafka({ stateDir, report }))
  const identity = keep(await startIdentityProvider({ stateDir, ...files, report }))
  const platform = await createPlatform({ stateDir, postgres, kafka, identity })
  stopping.push(platform.stop)
  const query = async (service: ServiceName, sql: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: postgres.urlOf(service) })
    await client.connect()
    return (await client.query(sql, values).finally(() => client.end())).rows
  }
  /** How many of these organisations each service has heard of, once it has, or two minutes later. */
  const heard = async (name: ServiceName, codes: readonly string[]): Promise<number> => {
    for (const until = Date.now() + 120_000; ; await passed(500)) {
      const [row] = await query(name, 'select count(*)::int as n from org_node where code = any ($1)', [codes])
      if (row.n >= codes.length || Date.now() > until) return row.n
    }
  }

  // The earlier release migrates with its own program, whichever that was then.
  const index = pathToFileURL(join(earlier.dir, 'packages/migrations/src/index.ts')).href
  const migrate = `const { migrateServices } = await import(${JSON.stringify(index)})
    await migrateServices({ superuserUrl: process.env.AT, loginPassword: process.env.AS })`
  const inEarlier = { ...process.env, AT: postgres.superuserUrl, AS: platform.loginPassword }
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', migrate]
  execFileSync(process.execPath, flags, { cwd: earlier.dir, env: inEarlier, stdio: 'inherit' })
  await Promise.all(services.map(name => platform.replace(earlier.dir, name)))
  await platform.replace(earlier.dir, 'gateway')

  platform.registerCounty(earlier.dir, code, 'admin')
  const { accessToken: token } = await obtainPersonToken({
    issuer: identity.issuer,
    username: 'admin',
    password: 'upgrade',
  })
  const at = (n: number) => `${code}${String(n).padStart(9, '0')}`
  const rows = [1, 2, 3].map(n =>
    organisationRow({
      ...{ code: at(n), name: `第${n}组织`, kind: n === 1 ? '县级党委' : '党支部', superiorCode: n === 1 ? '' : at(1) },
      termEnd: '2028-01-01',
    }),
  )
  const [organisations, people] = [join(stateDir, 'organisations.csv'), join(stateDir, 'members.csv')]
  writeFileSync(organisations, organisationsCsv(rows))
  writeFileSync(people, membersCsv([2, 3, 3].map(n => fullMember(code, at(n)))))
  const importing = ['deploy/local/src/import.ts', '--county', code, organisations, people, '--out', stateDir]
  // Not waited for in this thread, which passes its requests on.
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', ...importing], {
    cwd: earlier.dir,
    env: { ...process.env, LINGHANG_ENDPOINT: `${platform.gatewayUrl}/graphql`, LINGHANG_TOKEN: token },
  })
  const [top] = await query('org', 'select id from organisation where code = $1', [at(1)])
  for (const name of services) await heard(name, [at(1), at(2), at(3)])
  const load = startLoad({
    ...{ gatewayUrl: platform.gatewayUrl, token, codes: [at(1), at(2), at(3)], prefix: code },
    rootId: `Organisation:${top.id}`,
  })
  stopping.push(load.stop)

  let wrong = 0
  const stage = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now()
    await work()
    await passed(stageMs)
    const { requests, failed } = load.take()
    wrong += failed.length
    said(`${name}: ${Math.round((performance.now() - began) / 1000)} s, ${requests} requests, ${failed.length} failed`)
    for (const line of [...new Set(failed)].slice(0, 5)) said(`  ${line}`)
  }
  const replaceAll = async (dir: string, names: readonly (typeof processNames)[number][]) => {
    for (const name of names) await platform.replace(dir, name)
  }
  said(`gateway and five services of ${earlier.id} and of this checkout, under requests through the gateway`)
  await stage('the earlier release on its own schema', async () => undefined)
  await stage('the migrations of this release under it', async () => {
    const { superuserUrl } = postgres
    const applied = await migrateServices({ superuserUrl, loginPassword: platform.loginPassword })
    said(`  applied: ${[...applied].map(([service, names]) => `${service} ${names.length}`).join(', ')}`)
  })
  await stage('the earlier release on the schema of this one', async () => undefined)
  await stage('org of this release, its events read by the four others of the earlier one', async () => {
    await platform.replace(root, 'org')
    const from = load.acknowledged.length
    await passed(stageMs)
    const codes = load.acknowledged.slice(from)
    for (const name of services.filter(each => each !== 'org')) {
      const seen = await heard(name, codes)
      wrong += codes.length - seen
      said(`  ${name} of the earlier release has heard of ${seen} of ${codes.length} organisations`)
    }
  })
  await stage('everything of this release', () =>
    replaceAll(
      root,
      processNames.filter(name => name !== 'org'),
    ),
  )
  await stage('everything back to the earlier one', () => replaceAll(earlier.dir, processNames))
  await load.stop()
  for (const name of services) {
    const seen = await heard(name, load.acknowledged)
    wrong += load.acknowledged.length - seen
    said(`${name}: knows ${seen} of ${load.acknowledged.length} organisations that were acknowledged`)
    const [{ n }] = await query(name, 'select count(*)::int as n from dead_letter')
    if (n > 0) said(`  and has ${n} dead letters`)
    wrong += n
  }
  return wrong
}

try {
  const wrong = await main()
  said(wrong === 0 ? 'nothing failed, nothing was lost' : `${wrong} failed or lost`)
  process.exitCode = wrong === 0 ? 0 : 1
} finally {
  for (const stop of stopping.toReversed()) await stop().catch(error => said(String(error)))
  rmSync(stateDir, { recursive: true, force: true })
}

import { beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { migrationsOf, readMigrations, services } from '@linghang/migrations'
import { dashboard } from '../../system/dashboard.ts'
import { inboxOf, markRead } from '../../system/inbox.ts'
import { look } from '../../system/look.ts'
import { type Cluster, openCluster } from '../cluster.ts'
import { declared } from '../platform/declared.ts'
import { demoCaller, loadDemoDistrict } from '../platform/demo.ts'
import { helmWith, valuesOf, version } from '../platform/install.ts'
import { note } from '../platform/notes.ts'
import { isReady, type Pod, podsOf, restartsOf } from '../platform/pods.ts'
import { preparePlatform, release } from '../platform/prepare.ts'

let cluster: Cluster
const where = `--namespace=${release.namespace}`

const ours = async (): Promise<Pod[]> =>
  (await podsOf(cluster, release.namespace, `app.kubernetes.io/instance=${release.name}`)).filter(
    ({ metadata }) => componentOf(metadata) in declared,
  )
const componentOf = ({ labels }: Pod['metadata']): string => labels['app.kubernetes.io/component'] ?? ''
const requestOf = ({ spec }: Pod): string => spec.containers[0]?.resources?.requests?.memory ?? '0Mi'
/** @throws Error when it is not said in Mi */
const mebibytes = (text: string): number => {
  const [, number] = /^(\d+)Mi$/.exec(text) ?? []
  if (number === undefined) throw new Error(`${text} is not in Mi`)
  return Number(number)
}
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  await preparePlatform(cluster)
  const begunAt = performance.now()
  await helmWith(cluster, ['upgrade', '--install'], await valuesOf(cluster, version), ['--wait', '--timeout=8m'])
  note(`helm install --wait: ${seconds(performance.now() - begunAt)}`)
}, 700_000)

describe('the chart with our own images on a real cluster', () => {
  test('platform every process that the chart declares has a pod that is ready and was never started anew', async () => {
    const pods = await ours()
    expect(pods.map(({ metadata }) => componentOf(metadata)).sort()).toEqual(Object.keys(declared).sort())
    expect(pods.filter(pod => !isReady(pod) || restartsOf(pod) > 0).map(({ metadata }) => metadata.name)).toEqual([])
  })

  test('platform each runs under restricted: nobody’s user, no right to gain, a root that is read-only', async () => {
    const script = `const fs = require('node:fs')
      const status = fs.readFileSync('/proc/1/status', 'utf8')
      const of = name => new RegExp(name + ':\\\\s+(\\\\S+)').exec(status)?.[1]
      const writes = path => { try { fs.writeFileSync(path, ''); return true } catch (error) { return error.code } }
      console.log(JSON.stringify({ uid: of('Uid'), capabilities: of('CapEff'), noNew: of('NoNewPrivs'), seccomp: of('Seccomp'),
        app: writes('/app/x'), tmp: writes('/tmp/x'), token: fs.existsSync('/var/run/secrets/kubernetes.io') }))`
    for (const { metadata } of await ours()) {
      const said = await cluster.kubectl([
        ...['exec', where, metadata.name, '--'],
        ...['/usr/local/bin/node', '-e', script],
      ])
      expect({ pod: metadata.name, ...JSON.parse(said) }).toEqual({
        ...{ pod: metadata.name, uid: '65532', capabilities: '0000000000000000', noNew: '1', seccomp: '2' },
        ...{ app: 'EROFS', tmp: true, token: false },
      })
    }
  })

  test('platform the databases were migrated before, by their owner', async () => {
    for (const service of services) {
      const [row] = await look(
        service,
        'select count(*)::int as n from _prisma_migrations where finished_at is not null',
      )
      expect(row.n).toBe((await readMigrations(migrationsOf(service))).length)
      const [table] = await look(service, `select tableowner from pg_tables where tablename = 'outbox_event'`)
      expect(table).toEqual({ tableowner: 'linghang_owner' })
    }
  })

  test('platform the demo district comes in through the Service, and the README’s query is answered', async () => {
    const begunAt = performance.now()
    await loadDemoDistrict(() => undefined)
    note(`demo district through the Service: ${seconds(performance.now() - begunAt)}`)
    const secretary = await demoCaller('secretary', '330302000000004')
    const found = await until(
      async () => {
        const { organisation } = await secretary.ask(dashboard, { code: '330302000000004' })
        return (organisation?.deadlines.totalCount ?? 0) >= 4 ? organisation : null
      },
      60_000,
      'the deadlines of the branch are there',
    )
    expect(found).toMatchObject({
      name: '政治处党支部',
      members: { totalCount: 17 },
      superior: { code: '330302000000001' },
    })
    expect(Object.fromEntries(found.indicators.map(({ key, value }) => [key, value]))).toMatchObject({
      FULL_MEMBERS: 15,
      DUES_DATA_COMPLETE: 1,
    })
    const neighbour = await secretary.ask(dashboard, { code: '330302000000005' })
    expect(neighbour).toEqual({ organisation: null })
  })

  test('platform a reminder that came of that roster is received through the Service, and marked as read there', async () => {
    const secretary = await demoCaller('secretary', '330302000000004')
    const unread = () => inboxOf(secretary).then(found => found.filter(({ readAt }) => readAt === null))
    const [reminder] = await until(
      async () => {
        const found = await unread()
        return found.length > 0 ? found : null
      },
      60_000,
      'a reminder is in the inbox of the secretary',
    )
    expect(await markRead(secretary, reminder ? [reminder] : [])).toBe(1)
    expect((await unread()).map(({ id }) => id)).not.toContain(reminder?.id)
  })

  test('platform helm test finds the door open, and nobody let in without a token', async () => {
    expect(await cluster.helm(['test', release.name, where])).toMatch(/Phase:\s+Succeeded/)
  })

  test('platform a county of the values is registered by a Job of the release, and again without a change', async () => {
    const counties = [{ code: '990001', name: '试验县', administrator: 'first-of-990001' }]
    const registered = () =>
      look(
        'org',
        `select county.name, account.subject, office.role from county
           join account on account.county_id = county.id join office on office.account_id = account.id where code = '990001'`,
      )
    const values = await valuesOf(cluster, version)
    for (const turn of ['first', 'again']) {
      await helmWith(cluster, ['upgrade'], { ...values, counties }, ['--wait', '--timeout=8m'])
      expect([turn, await registered()]).toEqual([
        turn,
        [{ name: '试验县', subject: 'first-of-990001', role: 'ADMIN' }],
      ])
    }
    await helmWith(cluster, ['upgrade'], values, ['--wait', '--timeout=8m'])
  })

  test('platform what each pod uses after that is noted, and is within what its profile asks for', async () => {
    const table = await cluster.kubectl(['top', 'pods', where, '--no-headers'])
    const used = table
      .trim()
      .split('\n')
      .map(line => line.split(/\s+/))
    for (const [name, cpu, memory] of used) note(`memory ${name} ${cpu} ${memory}`)
    const asked = new Map((await ours()).map(pod => [pod.metadata.name, mebibytes(requestOf(pod))]))
    expect(used.map(([name]) => name).sort()).toEqual([...asked.keys()].sort())
    expect(used.filter(([name = '', , memory = '']) => mebibytes(memory) > (asked.get(name) ?? 0))).toEqual([])
  })
})

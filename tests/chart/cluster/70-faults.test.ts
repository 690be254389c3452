import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { loginUrl, services } from '@linghang/migrations'
import { dashboard } from '../../system/dashboard.ts'
import { look } from '../../system/look.ts'
import { type Cluster, openCluster } from '../cluster.ts'
import { serverUrl } from '../neighbours/objects.ts'
import { demoCaller } from '../platform/demo.ts'
import { note } from '../platform/notes.ts'
import { platformPods, processesOf, restartsOf } from '../platform/pods.ts'
import { given, release } from '../platform/prepare.ts'

let cluster: Cluster
const where = `--namespace=${release.namespace}`
const branch = '330302000000004'

/** The README's query is answered, whole. */
const answers = async (): Promise<boolean> => {
  const secretary = await demoCaller('secretary', branch)
  const { data, errors } = await secretary.send(dashboard, { code: branch })
  return errors.length === 0 && data.organisation?.members.totalCount === 17
}
const answersAgain = (what: string, timeoutMs = 180_000): Promise<unknown> => until(answers, timeoutMs, what)
const took = async (what: string, work: () => Promise<unknown>): Promise<void> => {
  const begunAt = performance.now()
  await work()
  note(`${what}: ${((performance.now() - begunAt) / 1000).toFixed(1)} s`)
}

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  expect(await answers()).toBe(true)
})

describe('what goes wrong in a cluster', () => {
  test.each(['gateway', 'org', 'members', 'worker'])(
    'platform kill -9 of %s: the kubelet brings it back',
    async name => {
      const [before] = await platformPods(cluster, name)
      const process = processesOf(cluster)[name]
      await took(`kill -9 of ${name} until it is ready`, async () => {
        process?.kill('SIGKILL')
        await process?.whenReady()
      })
      const [after] = await platformPods(cluster, name)
      expect(after?.metadata.name).toBe(before?.metadata.name)
      expect(restartsOf(after!)).toBe(restartsOf(before!) + 1)
      expect(after?.status.containerStatuses?.[0]?.lastState.terminated).toMatchObject({ exitCode: 137 })
      await answersAgain(`answers after ${name} was killed`)
    },
  )

  test('platform a password of the databases is changed, and no pod is started anew', async () => {
    const pods = async () =>
      Object.fromEntries(
        (await Promise.all(services.map(name => platformPods(cluster, name))))
          .flat()
          .map(pod => [pod.metadata.name, restartsOf(pod)]),
      )
    const before = await pods()
    const password = randomBytes(18).toString('base64url')
    const stringData = Object.fromEntries(
      services.map(name => [`DATABASE_URL.${name}`, loginUrl(serverUrl, name, password)]),
    )
    await cluster.kubectl([
      'patch',
      'secret',
      where,
      given.secret,
      '--type=merge',
      '--patch',
      JSON.stringify({ stringData }),
    ])
    const [pod] = await platformPods(cluster, 'org')
    const reads = ['exec', where, pod?.metadata.name ?? '', '--', '/usr/local/bin/node', '-p']
    const seen = async (): Promise<boolean> =>
      (
        await cluster.kubectl([
          ...reads,
          `require('node:fs').readFileSync('/var/run/linghang/secrets/DATABASE_URL', 'utf8')`,
        ])
      ).includes(password)
    await took('a changed Secret until pods have it', () => until(seen, 150_000, 'the pod has the new password'))
    await look('org', `alter role linghang_login password '${password}'`)
    for (const name of services)
      await look(
        name,
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'linghang_login' and datname = current_database()`,
      )
    await answersAgain('answers with the new password', 60_000)
    expect(await pods()).toEqual(before)
  })
})

describe('the node goes away and comes back', () => {
  test('platform everything is there again, with what was kept', async () => {
    await took('a node that is restarted until the query is answered', async () => {
      await cluster.node.restart(() => undefined)
      await answersAgain('answers after the node was restarted', 400_000)
    })
    const [row] = await look('members', 'select count(*)::int as n from member')
    expect(row.n).toBeGreaterThan(1000)
  })
})

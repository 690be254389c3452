import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { services } from '@linghang/migrations'
import { look } from '../../system/look.ts'
import { type Cluster, openCluster } from '../cluster.ts'
import { helmWith, valuesOf, version } from '../platform/install.ts'
import { isReady, platformPods } from '../platform/pods.ts'
import { release } from '../platform/prepare.ts'

let cluster: Cluster
const where = `--namespace=${release.namespace}`
const upgrade = async (more: object, ...flags: string[]): Promise<string> =>
  helmWith(cluster, ['upgrade'], { ...(await valuesOf(cluster, version)), ...more }, [
    '--wait',
    '--wait-for-jobs',
    '--timeout=5m',
    ...flags,
  ])

interface Job {
  metadata: { name: string; annotations?: Record<string, string> }
  status: { succeeded?: number; failed?: number }
}
const jobs = async (): Promise<Job[]> =>
  (
    JSON.parse(
      await cluster.kubectl(['get', 'jobs', where, '--selector', 'app.kubernetes.io/component=migrate', '-o', 'json']),
    ) as { items: Job[] }
  ).items
const applied = async (): Promise<number[]> =>
  Promise.all(services.map(async name => (await look(name, 'select count(*)::int as n from _prisma_migrations'))[0].n))
const podNames = async (): Promise<string[]> =>
  (await platformPods(cluster, 'org')).filter(isReady).map(({ metadata }) => metadata.name)

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  await cluster.kubectl([
    'create',
    'secret',
    'generic',
    'broken',
    where,
    '--from-literal=MIGRATE_URLS={"org":"postgres://nobody:wrong@nowhere.invalid/org"}',
  ])
})

afterAll(async () => {
  await upgrade({})
  await cluster.kubectl(['delete', 'secret', 'broken', where])
  // What failed is kept to be looked at.
  await cluster.kubectl(['delete', 'jobs', where, '--selector', 'app.kubernetes.io/component=migrate'])
})

describe('databases are brought up to date in each of three ways', () => {
  test.each(['job', 'argoSync'])(
    'platform %s: a Job of the release ends well, and finds nothing to do again',
    async mode => {
      const before = await applied()
      await upgrade({ migrations: { mode } })
      const found = await jobs()
      expect(found.map(({ status }) => [status.succeeded, status.failed])).toEqual([[1, undefined]])
      expect(Object.keys(found[0]?.metadata.annotations ?? {}).some(name => name.startsWith('argocd.'))).toBe(
        mode === 'argoSync',
      )
      expect(await applied()).toEqual(before)
    },
  )

  test('platform helmHook: a run that fails fails the upgrade, and what runs goes on', async () => {
    await upgrade({})
    const before = await podNames()
    const broken = {
      migrations: { backoffLimit: 0 },
      secrets: { existingSecret: 'linghang-secrets', from: { MIGRATE_URLS: { secret: 'broken' } } },
      org: { podAnnotations: { changed: 'yes' } },
    }
    await expect(upgrade(broken)).rejects.toThrow(/pre-upgrade hooks failed|BackoffLimitExceeded/)
    expect(await podNames()).toEqual(before)
    expect(before).toHaveLength(1)
  })
})

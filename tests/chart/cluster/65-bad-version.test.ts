import { beforeAll, describe, expect, test } from '@jest/globals'
import { services } from '@linghang/migrations'
import { type Cluster, openCluster } from '../cluster.ts'
import { containerImages, pauseImage } from '../node/runtime.ts'
import { countyAtWork, keepAsking, lostOf, type Told, type Workplace } from '../platform/callers.ts'
import { helmWith, valuesOf, version } from '../platform/install.ts'
import { note } from '../platform/notes.ts'
import { isReady, platformPods } from '../platform/pods.ts'
import { release } from '../platform/prepare.ts'

/** A version of which one image's process runs and never becomes ready. */
const badVersion = `${version}-bad`

let cluster: Cluster
let at: Workplace

const imagesOf = async (name: string): Promise<string[]> =>
  (await platformPods(cluster, name)).filter(isReady).flatMap(({ spec }) => spec.containers.map(({ image }) => image))
const statusNow = async (): Promise<string> =>
  JSON.parse(await cluster.helm(['status', release.name, `--namespace=${release.namespace}`, '-o', 'json'])).info.status

const meanwhile = async (change: () => Promise<unknown>): Promise<Told> => {
  const { stop } = keepAsking(at)
  const begunAt = performance.now()
  await change().catch(async error => {
    await stop()
    throw error
  })
  const told = await stop()
  const took = ((performance.now() - begunAt) / 1000).toFixed(0)
  note(`  took ${took} s, ${told.sent} requests, ${told.failed.length} failed`)
  return told
}
const expectNothingLost = async (told: Told): Promise<void> => {
  expect(told.failed).toEqual([])
  expect(await lostOf(told)).toEqual([])
  for (const name of ['gateway', 'members']) expect(await imagesOf(name)).toEqual([imageOf(name, version)])
  expect(await statusNow()).toBe('deployed')
}
const imageOf = (name: string, tag: string): string => `localhost/linghang-${name}:${tag}`

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  const images = containerImages(cluster.node)
  for (const name of [...services, 'migrate']) await images.alias(imageOf(name, version), imageOf(name, badVersion))
  await images.alias(pauseImage, imageOf('gateway', badVersion))
  at = await countyAtWork()
}, 240_000)

describe('a version that never becomes ready', () => {
  test('platform an upgrade to it is taken back by Helm itself, and no request fails', async () => {
    note('helm upgrade --rollback-on-failure to a version that never becomes ready:')
    const values = await valuesOf(cluster, badVersion)
    const flags = ['--wait', '--rollback-on-failure', '--timeout=90s']
    const told = await meanwhile(() =>
      expect(helmWith(cluster, ['upgrade'], values, flags)).rejects.toThrow(/rolled back|rollback/i),
    )
    await expectNothingLost(told)
  })

  test('platform one that was not watched is taken back by hand, and no request fails', async () => {
    note('helm rollback from a version that never becomes ready:')
    const values = await valuesOf(cluster, badVersion)
    const where = [`--namespace=${release.namespace}`, '--wait', '--timeout=4m']
    const told = await meanwhile(async () => {
      const failed = expect(helmWith(cluster, ['upgrade'], values, ['--wait', '--timeout=60s'])).rejects.toThrow()
      await failed
      expect(await statusNow()).toBe('failed')
      await cluster.helm(['rollback', release.name, ...where], { timeoutMs: 300_000 })
    })
    await expectNothingLost(told)
  })
})

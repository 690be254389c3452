import { beforeAll, describe, expect, test } from '@jest/globals'
import { importEnded } from '@linghang/harness/imports'
import { until } from '@linghang/harness/until'
import {
  type County,
  importSound,
  newCounty,
  orgCode,
  readImport,
  requestCommit,
  uploadRoster,
} from '../../system/county.ts'
import { differences, generateCounty, readFacts } from '../../system/expectation.ts'
import { deadLetters, quiet } from '../../system/look.ts'
import { type Cluster, openCluster } from '../cluster.ts'
import { containerImages } from '../node/runtime.ts'
import { keepAsking, lostOf, type Told } from '../platform/callers.ts'
import { helmWith, valuesOf, version } from '../platform/install.ts'
import { note } from '../platform/notes.ts'
import { platformPods } from '../platform/pods.ts'
import { release } from '../platform/prepare.ts'
import { noteMemory } from '../platform/started.ts'

/** The version that the upgrade leads to. */
const nextVersion = `${version}-next`

let cluster: Cluster
let county: County
let roster: ReturnType<typeof generateCounty>
let branch: { id: string; code: string }
let unreadBefore: number

const committed = async (id: string): Promise<void> => {
  const ended = await until(
    async () => {
      const found = await readImport(county.admin, 'Member', id).catch(() => null)
      return found && importEnded(found) ? found : null
    },
    240_000,
    'the import has ended',
  )
  expect(ended).toMatchObject({ state: 'COMMITTED', errors: 0 })
}

const startImport = async (file: number): Promise<string> => {
  const id = await uploadRoster(county.admin, 'Member', roster.files[file] as string)
  await requestCommit(county.admin, 'Member', id)
  return id
}

const imagesNow = async (): Promise<Set<string>> => {
  const pods = await platformPods(cluster, 'gateway')
  return new Set(pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image)))
}

/** Callers and a roster on their way while `change` is made. */
const meanwhile = async (file: number, change: () => Promise<unknown>): Promise<Told> => {
  const { stop } = keepAsking({ county, branch })
  const id = await startImport(file)
  const begunAt = performance.now()
  await change().catch(async error => {
    await stop()
    throw error
  })
  const tookMs = performance.now() - begunAt
  await committed(id)
  const told = await stop()
  note(
    `  took ${(tookMs / 1000).toFixed(1)} s, ${told.sent} requests, ${told.failed.length} failed, ${(await lostOf(told)).length} lost`,
  )
  return told
}

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  for (const name of ['gateway', 'org', 'members', 'dues', 'assessment', 'workflows', 'migrate'])
    await containerImages(cluster.node).alias(
      `localhost/linghang-${name}:${version}`,
      `localhost/linghang-${name}:${nextVersion}`,
    )
  county = await newCounty()
  unreadBefore = await deadLetters()
  roster = generateCounty({ code: county.code, organisations: 60, members: 4_000, files: 2 })
  await importSound(county.admin, 'Organisation', roster.organisations)
  const code = orgCode(county, 1)
  const { organisation } = await county.admin.ask('query ($code: String!) { organisation(code: $code) { id } }', {
    code,
  })
  branch = { id: organisation?.id ?? '', code }
}, 240_000)

describe('the whole platform is upgraded and taken back while it is at work', () => {
  test('platform an upgrade fails no request and loses nothing that was acknowledged', async () => {
    note('helm upgrade --wait under load:')
    const values = await valuesOf(cluster, nextVersion)
    const told = await meanwhile(0, () => helmWith(cluster, ['upgrade'], values, ['--wait', '--timeout=8m']))
    expect(await imagesNow()).toEqual(new Set([`localhost/linghang-gateway:${nextVersion}`]))
    expect(told.failed).toEqual([])
    expect(await lostOf(told)).toEqual([])
  })

  test('platform a rollback likewise', async () => {
    note('helm rollback --wait under load:')
    const back = ['rollback', release.name, '--wait', '--timeout=8m', `--namespace=${release.namespace}`]
    const told = await meanwhile(1, () => cluster.helm(back, { timeoutMs: 500_000 }))
    expect(await imagesNow()).toEqual(new Set([`localhost/linghang-gateway:${version}`]))
    expect(told.failed).toEqual([])
    expect(await lostOf(told)).toEqual([])
  })

  test('platform every event of the rosters has reached every service, once', async () => {
    const wanted = roster.expected(2)
    await quiet(120_000)
    await until(
      async () => (await readFacts(county.id)).reminders.length >= wanted.reminders.length,
      120_000,
      'all reminders have been sent',
    )
    expect(differences(await readFacts(county.id), wanted)).toEqual([])
    expect(await deadLetters()).toBe(unreadBefore)
    await noteMemory(cluster, 'after rosters of 4,000 people')
  })

  test('platform the same callers notice a gateway that goes without a word', async () => {
    const { stop } = keepAsking({ county, branch })
    const selector = 'app.kubernetes.io/component=gateway'
    const where = `--namespace=${release.namespace}`
    await cluster.kubectl(['delete', 'pods', where, '--selector', selector, '--grace-period=0', '--force'])
    await cluster.kubectl(['rollout', 'status', where, `deploy/${release.name}-gateway`, '--timeout=120s'])
    const told = await stop()
    expect(told.failed.length).toBeGreaterThan(0)
  })
})

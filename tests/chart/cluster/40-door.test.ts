import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { createCaller } from '../../system/api.ts'
import { importRoster, readRosterFile } from '../../system/county.ts'
import { dashboard } from '../../system/dashboard.ts'
import { type Cluster, openCluster } from '../cluster.ts'
import { door, doorObjects, doorPort } from '../door/objects.ts'
import { gatewayDefinitions } from '../door/programs.ts'
import { demoCaller } from '../platform/demo.ts'
import { helmWith, valuesOf, version } from '../platform/install.ts'
import { release } from '../platform/prepare.ts'

let cluster: Cluster

/** The name under which callers outside know the platform; here it leads to the controller. */
const host = `traefik.${door.namespace}.svc.cluster.local`
const outside = `http://${host}:${doorPort}`
const rosters = fileURLToPath(new URL('../../../deploy/local/demo/lucheng', import.meta.url))
const where = `--namespace=${release.namespace}`

const routedBy = async (by: 'httpRoute' | 'ingress' | 'none'): Promise<void> => {
  const routes = {
    ...{ by, hosts: [host] },
    httpRoute: { parentRefs: [{ name: door.gateway, namespace: door.namespace }] },
    ingress: { className: door.ingressClass },
  }
  const values = { ...(await valuesOf(cluster, version)), routes }
  await helmWith(cluster, ['upgrade'], values, ['--wait', '--timeout=8m'])
}

const statusOf = async (path: string): Promise<number> => {
  const response = await fetch(`${outside}${path}`)
  await response.body?.cancel()
  return response.status
}

/** What callers from outside find: the API and the ways of files, and nothing that is for the inside. */
const expectDoor = async (): Promise<void> => {
  await until(
    async () => (await statusOf('/schema.graphql').catch(() => 0)) !== 404,
    60_000,
    'the route has been taken up',
  )
  const secretary = createCaller((await demoCaller('secretary', '330302000000004')).token, `${outside}/graphql`)
  const { organisation } = await secretary.ask(dashboard, { code: '330302000000004' })
  expect(organisation).toMatchObject({ name: '政治处党支部', members: { totalCount: 17 } })
  for (const path of ['/metrics', '/health/ready', '/explorer', '/graphql/x'])
    expect([path, await statusOf(path)]).toEqual([path, 404])
}

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  await cluster.kubectl(['apply', '--server-side', '-f', await gatewayDefinitions()])
  await cluster.apply(doorObjects)
  await cluster.kubectl(['rollout', 'status', `--namespace=${door.namespace}`, 'deploy/traefik', '--timeout=120s'])
}, 240_000)

afterAll(() => routedBy('none'))

describe('the door of the cluster: Traefik, as Gateway and as Ingress controller', () => {
  test('platform through an HTTPRoute the README’s query is answered, and nothing inside is shown', async () => {
    await routedBy('httpRoute')
    await expectDoor()
    const route = JSON.parse(
      await cluster.kubectl(['get', 'httproute', where, `${release.name}-gateway`, '-o', 'json']),
    )
    const [parent] = route.status.parents
    expect(parent.conditions.map(({ type, status }: { type: string; status: string }) => `${type} ${status}`)).toEqual(
      expect.arrayContaining(['Accepted True', 'ResolvedRefs True']),
    )
  })

  test('platform a roster comes in through the HTTPRoute', async () => {
    const admin = createCaller((await demoCaller('admin', '330302')).token, `${outside}/graphql`)
    const ended = await importRoster(admin, 'Organisation', await readRosterFile(rosters, 'organisations.csv'))
    expect(ended).toMatchObject({ state: 'COMMITTED', added: 0 })
  })

  test('platform through an Ingress likewise', async () => {
    await routedBy('ingress')
    await expectDoor()
    await expect(cluster.kubectl(['get', 'httproute', where, `${release.name}-gateway`])).rejects.toThrow(/not found/)
  })

  test('platform without either nobody comes in', async () => {
    await routedBy('none')
    await until(async () => (await statusOf('/schema.graphql')) === 404, 30_000, 'the route has gone')
  })
})

import { beforeAll, describe, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import pg from 'pg'
import { type Cluster, openCluster } from '../cluster.ts'
import { hostOf, issuer, namespace, ports, serverUrl } from '../neighbours/objects.ts'
import { raiseNeighbours } from '../neighbours/raise.ts'

let cluster: Cluster

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  await raiseNeighbours(cluster)
})

describe('chart: what stands beside the platform runs as pods under restricted', () => {
  test('platform PostgreSQL 18 takes the superuser by a name of the cluster', async () => {
    const client = new pg.Client({ connectionString: serverUrl })
    await client.connect()
    const { rows } = await client.query('show server_version')
    await client.end()
    expect(rows[0].server_version).toMatch(/^18\./)
  })

  test('platform Temporal has the namespace of the platform', async () => {
    const connection = await Connection.connect({ address: `${hostOf('temporal')}:${ports.temporal}` })
    const client = new Client({ connection })
    const found = await client.workflowService.describeNamespace({ namespace: 'linghang' })
    await connection.close()
    expect(found.namespaceInfo?.name).toBe('linghang')
  })

  test('platform the identity provider says of itself what the platform will look for', async () => {
    const found = await fetch(`${issuer}/.well-known/openid-configuration`)
    expect(await found.json()).toMatchObject({ issuer, token_endpoint: `${issuer}/token` })
  })

  test('platform each of their pods is an ordinary user that can gain nothing', async () => {
    const list = JSON.parse(await cluster.kubectl(['get', 'pods', `--namespace=${namespace}`, '-o', 'json']))
    expect(list.items).toHaveLength(Object.keys(ports).length)
    for (const { metadata, spec } of list.items) {
      const uid = await cluster.kubectl([
        ...['exec', `--namespace=${namespace}`, metadata.name, '--', '/bin/sh', '-c'],
        'while read -r key value _; do case $key in Uid:|CapEff:|NoNewPrivs:|Seccomp:) echo $key $value;; esac; done < /proc/1/status',
      ])
      expect(uid).toBe('Uid: 65532\nCapEff: 0000000000000000\nNoNewPrivs: 1\nSeccomp: 2\n')
      expect(spec.automountServiceAccountToken).toBe(false)
    }
  })
})

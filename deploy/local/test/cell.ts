import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startKafka } from '@linghang/devstack'
import { createDatabases, look, superuserUrl } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { startWorld } from '@linghang/harness/world'
import { services } from '@linghang/migrations'

/** A second cell: databases, a Kafka, keys and a store of papers of its own, and the services over them. */
export async function startCell(suffix: string) {
  const at = surroundings()
  const stateDir = await mkdtemp(join(at.stateDir, 'cell-'))
  const [kafka] = await Promise.all([
    startKafka({ stateDir, report: () => undefined }),
    createDatabases(at, services, suffix),
  ])
  const registerKeys = JSON.stringify({ current: 'c2', keys: { c2: randomBytes(32).toString('base64') } })
  const materials = pathToFileURL(join(stateDir, 'materials')).href
  const world = await startWorld({
    databaseSuffix: suffix,
    kafkaBrokers: kafka.brokers,
    env: { REGISTER_KEYS: registerKeys, MATERIALS_STORE: materials },
  })
  return {
    world,
    registerKeys,
    materials,
    async stop() {
      await world.stop()
      await kafka.stop()
    },
  }
}

/** A role as the operators' page has one made for a move, and what its addresses are; `weak` lacks what it takes. */
export async function createMover() {
  const [name, weak] = ['mover', 'weak'].map(kind => `${kind}_${randomUUID().slice(0, 8)}`)
  const password = randomBytes(12).toString('base64url')
  for (const statement of [
    `create role ${name} login bypassrls password '${password}' in role pg_read_all_data, pg_write_all_data, pg_read_all_stats`,
    `grant set on parameter session_replication_role to ${name}`,
    `create role ${weak} login password '${password}' in role pg_read_all_data, pg_write_all_data`,
  ])
    await look('org', statement)
  const urlOf = (role: string, suffix?: string) => {
    const url = new URL(superuserUrl('org', suffix))
    ;[url.username, url.password] = [role, password]
    return url.href.replace(/\/org/, '/{service}')
  }
  return { url: (suffix?: string) => urlOf(name as string, suffix), weakUrl: () => urlOf(weak as string) }
}

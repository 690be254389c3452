import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type IdentityProvider, type KafkaServer, removePostgresState } from '@linghang/devstack'
import { ensureTopics, topics } from '@linghang/events'
import { certificateAuthority } from '@linghang/harness/certificates'
import { createCounty, orgCode, seedBranch } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { importRoster } from '@linghang/harness/imports'
import { applicant, fullMember, membersCsv } from '@linghang/harness/people'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { publishSurroundings, type Surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { services } from '@linghang/migrations'
import { addDays } from '@linghang/rulebook'
import { layGround } from './ground.ts'
import { allow, doorsOf, operatorOf, passwordOf, standKafka, standProvider } from './stand-kafka.ts'

jest.setTimeout(240_000)

let folder: string
let ground: Awaited<ReturnType<typeof layGround>>
let provider: IdentityProvider
let server: KafkaServer
const running: StartedService[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-thread-'))
  ground = await layGround(folder, services)
  provider = await standProvider(folder)
  const authority = certificateAuthority(folder)
  const doors = doorsOf(authority, provider)
  server = await standKafka(folder, doors)
  const operator = operatorOf(server, doors)
  await ensureTopics(operator, topics)
  await allow(operator, 'expect')
  const urls: Partial<Surroundings['services']> = {}
  const begin = async (name: (typeof services)[number]): Promise<void> => {
    const user = { KAFKA_SASL_USERNAME: name, KAFKA_SASL_PASSWORD: passwordOf(name) }
    const env = {
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      KAFKA_CA_FILE: authority.caFile,
      KAFKA_TOPICS: 'expect',
      ...user,
    }
    const started = await startService(name, { kafkaBrokers: server.doors?.scram ?? '', env }, ground.at)
    running.push(started)
    urls[name] = started.url
  }
  for (const name of services) await begin(name)
  publishSurroundings({ ...ground.at, services: urls as Surroundings['services'] })
}, 600_000)
afterAll(async () => {
  await Promise.all(running.map(service => service.stop()))
  await server?.stop()
  await provider?.stop()
  await ground?.stop()
  await removePostgresState(folder)
  await rm(folder, { recursive: true, force: true })
})

describe('platform with the rights of docs/events/access.json and no others', () => {
  test('platform an organisation and its people go through every service, and what each makes of them comes back', async () => {
    const county = await createCounty()
    const { branch } = await seedBranch(county)
    const today = new Date().toISOString().slice(0, 10)
    const paying = { 党费人员类别: '按月薪', '党费计算基数（元/月）': '8000.00' }
    const people = [
      fullMember(county.code, branch.code, paying),
      applicant(county.code, branch.code, addDays(today, -10)),
    ]
    const done = await importRoster(county.world, county.admin, 'members', membersCsv(people))
    expect([done.state, done.errors]).toEqual(['COMMITTED', 0])
    expect(branch.code).toBe(orgCode(county, 2))
    const heard: [(typeof services)[number], string, number][] = [
      ['org', 'select count(*)::int as n from member_ref where county_id = $1', 2],
      ['dues', 'select count(*)::int as n from dues_record where county_id = $1 and complete', 1],
      ['assessment', 'select count(*)::int as n from person_fact where county_id = $1', 2],
      ['assessment', 'select count(*)::int as n from person_fact where county_id = $1 and dues_complete', 1],
      ['workflows', `select count(*)::int as n from watch where county_id = $1 and kind = 'DEVELOPMENT'`, 1],
    ]
    for (const [service, sql, wanted] of heard)
      await until(async () => (await look(service, sql, [county.id]))[0].n === wanted, 60_000, `${service}: ${sql}`)
    for (const service of services)
      expect([service, await look(service, 'select reason from dead_letter')]).toEqual([service, []])
  })
})

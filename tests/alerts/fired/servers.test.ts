import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { type County, importSound, newCounty, orgCode, smallTree } from '../../system/county.ts'
import { look, quiet } from '../../system/look.ts'
import { freezeProcess, killProcess, processReady, thawProcess } from '../../system/processes.ts'
import { surroundings } from '../../system/surroundings.ts'
import { askOnAndOn, lockTable, smallDisk, writeRubbish } from '../faults.ts'
import { startWatching, type Watching } from '../watch.ts'
import { askForOrganisation, rosterOfOne, someCounty, work } from './world.ts'

jest.setTimeout(600_000)

let watching: Watching
let county: County
let takeAway: (() => Promise<void>) | undefined
beforeAll(async () => {
  // A disk of their own for papers: how full that of this machine is says nothing of the platform.
  const papers = join(surroundings().stateDir, 'materials')
  mkdirSync(papers, { recursive: true })
  takeAway = await smallDisk(papers, 64)
  watching = await startWatching()
}, 120_000)
afterAll(async () => {
  await watching?.stop()
  await takeAway?.()
})
/** What a test has changed is taken back whatever became of it. */
let undo: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const one of undo.toReversed()) await one()
  undo = []
})

/** Each in words of its own: equal questions that are under way are answered together, and would be counted in bursts. */
const duesOf = (n: number) =>
  county.admin.askUntyped(
    'query ($code: String!, $first: Int!) { organisation(code: $code) { duesBills(first: $first) { totalCount } } }',
    { code: orgCode(county, (n % 6) + 1), first: (n % 40) + 1 },
  )

describe('a real fault fires its alert, and nothing else does', () => {
  test('platform nothing fires while the platform works', async () => {
    county = await someCounty()
    await work()
    await work()
    expect((await watching.firing()).map(({ labels }) => labels.alertname)).toEqual([])
    expect(await watching.query('count by (alertname) (count_over_time(ALERTS{alertstate="firing"}[1h]))')).toEqual([])
    expect(await watching.query('count(up == 1)')).toEqual([7])
  })

  test('platform a service hangs: it is away, so is the replica, and the gateway gets no answers of it', async () => {
    await freezeProcess('dues')
    undo.push(() => thawProcess('dues'))
    const stop = askOnAndOn(duesOf, 40)
    undo.push(stop)
    const { labels, annotations } = await watching.fires('LinghangProcessAway', { job: 'linghang-dues' })
    expect(labels.severity).toBe('critical')
    expect(annotations.summary).toBe('linghang-dues is away (进程不在)')
    await watching.fires('LinghangReplicaAway', { job: 'linghang-dues' })
    await watching.fires('LinghangSubgraphFails', { subgraph: 'dues' })
    await thawProcess('dues')
    await stop()
    await watching.ends('LinghangProcessAway')
    await watching.ends('LinghangReplicaAway')
    await watching.ends('LinghangSubgraphFails')
  })

  test('platform a service dies again and again', async () => {
    for (let times = 0; times < 4; times += 1) {
      await killProcess('assessment')
      await processReady('assessment')
      const [started] = await watching.query('max(process_start_time_seconds{job="linghang-assessment"})')
      await until(
        async () => (await watching.query('time() - max(process_start_time_seconds{job="linghang-assessment"})'))[0],
        30_000,
        `scraped after ${started}`,
      )
      await new Promise(resolve => setTimeout(resolve, 7_000))
    }
    await watching.fires('LinghangRestarting', { job: 'linghang-assessment' })
    await watching.ends('LinghangRestarting')
  })

  test('platform a process is held back, as one whose limit of CPU is too low', async () => {
    let held = true
    const holding = (async () => {
      while (held) {
        await freezeProcess('assessment')
        await new Promise(resolve => setTimeout(resolve, 1_200))
        await thawProcess('assessment')
        await new Promise(resolve => setTimeout(resolve, 800))
      }
    })()
    await watching.fires('LinghangEventLoopBlocked', { job: 'linghang-assessment' }).finally(async () => {
      held = false
      await holding
    })
    await watching.ends('LinghangEventLoopBlocked', { job: 'linghang-assessment' })
  })

  test('platform Kafka hangs while somebody writes', async () => {
    const fresh = await newCounty()
    await freezeProcess('kafka')
    undo.push(() => thawProcess('kafka'))
    await importSound(fresh.admin, 'Organisation', smallTree(fresh))
    await watching.fires('LinghangOutboxStuck', { job: 'linghang-org' }, 240_000)
    await watching.fires('LinghangKafkaAway', { job: 'linghang-org' })
    await thawProcess('kafka')
    await watching.ends('LinghangOutboxStuck')
    await watching.ends('LinghangKafkaAway')
    await quiet(120_000)
  })

  test('platform somebody writes what is no event', async () => {
    await writeRubbish('members.events')
    await watching.fires('LinghangDeadLetters', { job: 'linghang-dues' })
    for (const database of ['dues', 'assessment', 'workflows', 'org', 'members'] as const)
      await look(database, 'update dead_letter set replayed_at = now()')
    await watching.ends('LinghangDeadLetters')
  })

  test('platform a consumer waits for somebody’s lock: it reads no further, and then has heard late', async () => {
    const release = await lockTable('dues', 'processed_event')
    undo.push(release)
    await importSound(county.admin, 'Member', rosterOfOne(county))
    await watching.fires('LinghangConsumerStuck', { job: 'linghang-dues' }, 240_000)
    await release()
    await watching.fires('LinghangEventsLate')
    await watching.ends('LinghangConsumerStuck')
    await quiet(120_000)
  })

  test('platform PostgreSQL hangs', async () => {
    await freezeProcess('postgres')
    undo.push(() => thawProcess('postgres'))
    await watching.fires('LinghangDatabaseAway', { job: 'linghang-org' })
    await thawProcess('postgres')
    await watching.ends('LinghangDatabaseAway')
  })

  test('platform somebody locks a table that many need: no connection is left, and the door is slow', async () => {
    const release = await lockTable('org', 'organisation')
    undo.push(release)
    const stop = askOnAndOn(askForOrganisation(county), 60)
    undo.push(stop)
    await watching.fires('LinghangPoolExhausted', { job: 'linghang-org' })
    await watching.fires('LinghangDatabaseTimeouts', { job: 'linghang-org' })
    await release()
    await watching.fires('LinghangDoorSlow')
    await stop()
    await watching.ends('LinghangPoolExhausted')
  })

  test('platform a right is taken from the roles: the database denies, and the door fails', async () => {
    const roles = 'linghang_county, linghang_scoped'
    await look('org', `revoke select on organisation from ${roles}`)
    undo.push(() => look('org', `grant select on organisation to ${roles}`))
    const stop = askOnAndOn(askForOrganisation(county), 4)
    undo.push(stop)
    await watching.fires('LinghangRowsDenied', { job: 'linghang-org' })
    await watching.fires('LinghangDoorErrorsFast')
    await watching.fires('LinghangDoorErrorsSlow')
    await stop()
    await look('org', `grant select on organisation to ${roles}`)
    await watching.ends('LinghangRowsDenied')
  })

  test('platform Prometheus is told of no target any more', async () => {
    undo.push(() => watching.restore())
    watching.scrape(null)
    await watching.fires('LinghangNothingScraped')
    watching.restore()
    await watching.ends('LinghangNothingScraped')
  })
})

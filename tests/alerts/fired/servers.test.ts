import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { type County, importSound, newCounty, orgCode, smallTree } from '../../system/county.ts'
import { look, quiet } from '../../system/look.ts'
import { freezeProcess, killProcess, processReady, thawProcess } from '../../system/processes.ts'
import { askOnAndOn, lockTable, writeRubbish } from '../faults.ts'
import { startWatching, type Watching } from '../watch.ts'
import { askForOrganisation, ownDiskForPapers, rosterOfOne, someCounty } from './world.ts'

jest.setTimeout(600_000)

let watching: Watching
let county: County
let takeAway: (() => Promise<void>) | undefined
beforeAll(async () => {
  takeAway = await ownDiskForPapers()
  county = await someCounty()
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

describe('a real fault of what the platform stands on fires its alert', () => {
  test('platform a service hangs: it is away, so is the replica, and the gateway gets no answers of it', async () => {
    await watching.silent('LinghangProcessAway', 'LinghangReplicaAway', 'LinghangSubgraphFails')
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
    watching.mark()
    await stop()
    await watching.ends('LinghangProcessAway')
    await watching.ends('LinghangReplicaAway')
    await watching.ends('LinghangSubgraphFails')
  })

  test('platform a service dies again and again', async () => {
    const startedAt = async () =>
      (await watching.query('max(process_start_time_seconds{job="linghang-assessment"})'))[0] ?? 0
    await watching.silent('LinghangRestarting')
    for (let times = 0; times < 4; times += 1) {
      const before = await until(startedAt, 60_000, 'the service was scraped')
      await killProcess('assessment')
      await processReady('assessment')
      await until(async () => (await startedAt()) > before, 60_000, 'the next one was scraped')
    }
    await watching.fires('LinghangRestarting', { job: 'linghang-assessment' })
    watching.mark()
    await watching.ends('LinghangRestarting')
  })

  test('platform a process is held back, as one whose limit of CPU is too low', async () => {
    await watching.silent('LinghangEventLoopBlocked')
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
    watching.mark()
    await watching.ends('LinghangEventLoopBlocked', { job: 'linghang-assessment' })
  })

  test('platform Kafka hangs while somebody writes', async () => {
    const fresh = await newCounty()
    await watching.silent('LinghangOutboxStuck', 'LinghangKafkaAway')
    await freezeProcess('kafka')
    undo.push(() => thawProcess('kafka'))
    await importSound(fresh.admin, 'Organisation', smallTree(fresh))
    await watching.fires('LinghangOutboxStuck', { job: 'linghang-org' }, 240_000)
    await watching.fires('LinghangKafkaAway', { job: 'linghang-org' })
    await thawProcess('kafka')
    watching.mark()
    await watching.ends('LinghangOutboxStuck')
    await watching.ends('LinghangKafkaAway')
    await quiet(120_000)
  })

  test('platform somebody writes what is no event', async () => {
    await watching.silent('LinghangDeadLetters')
    await writeRubbish('members.events')
    await watching.fires('LinghangDeadLetters', { job: 'linghang-dues' })
    for (const database of ['dues', 'assessment', 'workflows', 'org', 'members'] as const)
      await look(database, 'update dead_letter set replayed_at = now()')
    watching.mark()
    await watching.ends('LinghangDeadLetters')
  })

  test('platform a consumer waits for somebody’s lock: it reads no further, and then has heard late', async () => {
    await watching.silent('LinghangConsumerStuck', 'LinghangEventsLate')
    const release = await lockTable('dues', 'processed_event')
    undo.push(release)
    await importSound(county.admin, 'Member', rosterOfOne(county))
    await watching.fires('LinghangConsumerStuck', { job: 'linghang-dues' }, 240_000)
    await release()
    watching.mark()
    await watching.fires('LinghangEventsLate')
    await watching.ends('LinghangConsumerStuck')
    await quiet(120_000)
    await watching.ends('LinghangEventsLate')
  })

  test('platform PostgreSQL hangs', async () => {
    await watching.silent('LinghangDatabaseAway')
    await freezeProcess('postgres')
    undo.push(() => thawProcess('postgres'))
    await watching.fires('LinghangDatabaseAway', { job: 'linghang-org' })
    await thawProcess('postgres')
    watching.mark()
    await watching.ends('LinghangDatabaseAway')
  })

  test('platform somebody locks a table that many need: no connection is left, and the door is slow', async () => {
    await watching.silent('LinghangPoolExhausted', 'LinghangDatabaseTimeouts', 'LinghangDoorSlow')
    const release = await lockTable('org', 'organisation')
    undo.push(release)
    const stop = askOnAndOn(askForOrganisation(county), 60)
    undo.push(stop)
    await watching.fires('LinghangPoolExhausted', { job: 'linghang-org' })
    await watching.fires('LinghangDatabaseTimeouts', { job: 'linghang-org' })
    await watching.fires('LinghangDoorSlow')
    await release()
    watching.mark()
    await stop()
    await watching.ends('LinghangPoolExhausted')
    await watching.ends('LinghangDatabaseTimeouts')
    await watching.ends('LinghangDoorSlow')
  })

  test('platform a right is taken from the roles: the database denies, and the door fails', async () => {
    const roles = 'linghang_county, linghang_scoped'
    await watching.silent('LinghangRowsDenied', 'LinghangDoorErrorsFast', 'LinghangDoorErrorsSlow')
    await look('org', `revoke select on organisation from ${roles}`)
    undo.push(() => look('org', `grant select on organisation to ${roles}`))
    const stop = askOnAndOn(askForOrganisation(county), 4)
    undo.push(stop)
    await watching.fires('LinghangRowsDenied', { job: 'linghang-org' })
    await watching.fires('LinghangDoorErrorsFast')
    await watching.fires('LinghangDoorErrorsSlow')
    await stop()
    await look('org', `grant select on organisation to ${roles}`)
    watching.mark()
    await watching.ends('LinghangRowsDenied')
    await watching.ends('LinghangDoorErrorsFast')
    await watching.ends('LinghangDoorErrorsSlow')
  })

  test('platform Prometheus is told of no target any more', async () => {
    await watching.silent('LinghangNothingScraped')
    undo.push(() => watching.restore())
    watching.scrape(null)
    await watching.fires('LinghangNothingScraped')
    watching.restore()
    watching.mark()
    await watching.ends('LinghangNothingScraped')
  })
})

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createKafka } from '@linghang/events'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { newSetting, openDesk } from '../../system/case-desk.ts'
import { importSound, newCounty, orgCode, seedOrganisations, smallTree } from '../../system/county.ts'
import { look, quiet } from '../../system/look.ts'
import { freezeProcess, thawProcess } from '../../system/processes.ts'
import { surroundings } from '../../system/surroundings.ts'
import { startWatching, type Watching } from '../watch.ts'

jest.setTimeout(300_000)

let watching: Watching

beforeAll(async () => {
  watching = await startWatching()
})
afterAll(() => watching?.stop())

/** Rosters taken over, a case opened, papers filed: what an ordinary morning asks of the platform. */
async function work(): Promise<void> {
  const county = await newCounty()
  await seedOrganisations(county, smallTree(county))
  await importSound(county.admin, 'Member', membersCsv([fullMember(county.code, orgCode(county, 3))]))
  await openDesk(await newSetting('2022-03-01')).file('APPLICATION', 'APPLICATION_LETTER', '2022-03-01')
  await quiet()
}

async function writeRubbish(topic: string): Promise<void> {
  const kafka = createKafka('rubbish', surroundings().kafkaBrokers.split(','), { warn: () => undefined })
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic, messages: [{ key: 'nobody', value: 'no event' }] })
  await producer.disconnect()
}

describe('a real fault fires its alert, and nothing else does', () => {
  test('platform nothing fires while the platform works', async () => {
    await work()
    await work()
    expect(await watching.query('count(count_over_time(ALERTS{alertstate="firing"}[1h]))')).toEqual([])
    expect(await watching.query('count(up == 1)')).toEqual([7])
  })

  test('platform LinghangProcessAway: a service hangs', async () => {
    await freezeProcess('dues')
    const { labels, annotations } = await watching.fires('LinghangProcessAway', { job: 'linghang-dues' })
    expect(labels.severity).toBe('critical')
    expect(annotations.summary).toBe('linghang-dues is away (进程不在)')
    await thawProcess('dues')
    await watching.ends('LinghangProcessAway')
  })

  test('platform LinghangOutboxStuck: Kafka hangs while somebody writes', async () => {
    const county = await newCounty()
    await freezeProcess('kafka')
    await importSound(county.admin, 'Organisation', smallTree(county))
    await watching.fires('LinghangOutboxStuck', { job: 'linghang-org' }, 200_000)
    await thawProcess('kafka')
    await watching.ends('LinghangOutboxStuck')
    await quiet()
  })

  test('platform LinghangDeadLetters: somebody writes what is no event', async () => {
    await writeRubbish('members.events')
    await watching.fires('LinghangDeadLetters', { job: 'linghang-dues' })
    for (const database of ['dues', 'assessment', 'workflows', 'org', 'members'] as const)
      await look(database, 'update dead_letter set replayed_at = now()')
    await watching.ends('LinghangDeadLetters')
  })
})

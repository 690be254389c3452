import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createKafka } from '@linghang/events'
import type { ServiceName } from '@linghang/migrations'
import pg from 'pg'
import { surroundings } from '../system/surroundings.ts'
import { atTemporal } from '../system/workflows.ts'

const run = promisify(execFile)
const betweenLanesMs = 250

/** Somebody at the database who holds a table, and with it whoever needs it. @returns lets it go */
export async function lockTable(database: ServiceName, table: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: `${surroundings().postgresUrl}/${database}` })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(`begin; lock table ${table} in access exclusive mode`)
  return () => client.end()
}

/** Asks again and again, many at once, one after the other to begin with, whatever comes of it. @returns stops asking */
export function askOnAndOn(ask: (n: number) => Promise<unknown>, atOnce: number): () => Promise<void> {
  let [n, stopped] = [0, false]
  const lane = async (_: unknown, place: number): Promise<void> => {
    // Questions that time out together would be counted in bursts.
    await new Promise(resolve => setTimeout(resolve, place * betweenLanesMs))
    while (!stopped) {
      n += 1
      await ask(n).catch(() => undefined)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
  const lanes = Promise.all(Array.from({ length: atOnce }, lane))
  return async () => {
    stopped = true
    await lanes
  }
}

/** A message that is no event. */
export async function writeRubbish(topic: string): Promise<void> {
  const kafka = createKafka('rubbish', surroundings().kafkaBrokers.split(','), { warn: () => undefined })
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic, messages: [{ key: 'nobody', value: 'no event' }] })
  await producer.disconnect()
}

/** A disk of so many megabytes at a folder, with options of `mount`. @returns takes it away */
export async function smallDisk(folder: string, megabytes: number, more = ''): Promise<() => Promise<void>> {
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777${more}`, 'tmpfs', folder])
  return async () => {
    await run('umount', ['-l', folder])
  }
}
export const remount = (folder: string, how: 'ro' | 'rw') => run('mount', ['-o', `remount,${how}`, folder])

/** Has Temporal do now what it does at an hour of each day. */
export const trigger = (schedule: string): Promise<unknown> =>
  atTemporal(client => client.schedule.getHandle(schedule).trigger())

/** How long ago, in ms, somebody last asked Temporal for a task of a queue. */
export const unaskedMs = (queue: string): Promise<number> =>
  atTemporal(async ({ connection, options: { namespace } }) => {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      ...{ namespace, taskQueue: { name: queue }, taskQueueType: 1 },
    })
    const asked = (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000)
    return Date.now() - Math.max(0, ...asked)
  })

/** Tells the sandbox of the payment provider something, through its doors without signature. */
export async function tellProvider(port: number, path: string, body: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
}

/** A callback of the payment provider that it has not signed. */
export async function sendForged(url: string): Promise<void> {
  const headers = {
    ...{ 'wechatpay-signature': 'bm9uZQ==', 'wechatpay-nonce': 'nonce', 'wechatpay-serial': 'nobody' },
    'wechatpay-timestamp': String(Math.floor(Date.now() / 1_000)),
  }
  const answer = await fetch(url, { method: 'POST', headers, body: '{}' })
  if (answer.ok) throw new Error(`taken: ${await answer.text()}`)
}

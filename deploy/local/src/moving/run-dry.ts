import { setTimeout } from 'node:timers/promises'
import { stackFault } from '@linghang/devstack'
import { heardThrough } from '@linghang/events'
import { services } from '@linghang/migrations'
import type { Kafka } from 'kafkajs'
import type { Cell } from './cell.ts'
import { inEach } from './session.ts'

const waitAtMostMs = 120_000
const lookEveryMs = 300
/** What is told makes others tell something: longer than any chain of it. */
const rounds = 4

type Events = { kafka: Kafka; groupPrefix: string | undefined }

const inAll = async (cell: Cell, sql: string, values: unknown[]): Promise<number> =>
  (await inEach(cell, async client => (await client.query(sql, values)).rows[0].n as number)).reduce((a, b) => a + b, 0)

const untold = (cell: Cell, countyId: string) =>
  inAll(cell, 'select count(*)::int as n from outbox_event where county_id = $1', [countyId])
const unheard = (cell: Cell, countyId: string) =>
  inAll(
    cell,
    `select count(*)::int as n from dead_letter where replayed_at is null and position(convert_to($1, 'UTF8') in value) > 0`,
    [countyId],
  )

async function waitUntil(isSo: () => Promise<boolean>, otherwise: () => Error): Promise<void> {
  for (const end = Date.now() + waitAtMostMs; !(await isSo()); await setTimeout(lookEveryMs))
    if (Date.now() > end) throw otherwise()
}

/** Everything of the county that was told is heard by everybody, and everything that was to be told is told. */
async function runDryOnce(cell: Cell, { kafka, groupPrefix }: Events, countyId: string): Promise<void> {
  await waitUntil(
    async () => (await untold(cell, countyId)) === 0,
    () => notDry('发件箱中还有未投递的事件', 'events wait in an outbox'),
  )
  await heardThrough(kafka, services, groupPrefix, waitAtMostMs).catch(error => {
    throw notDry(
      `有消费组没有读到最新（${(error as Error).message}）`,
      `a group of readers has not come to the end (${(error as Error).message}; npm run lag)`,
    )
  })
}

/**
 * Waits until nothing of the county is on its way between services.
 * @throws StackFault MOVE_HELD_UP that says what is: outboxes, readers, dead letters
 */
export async function runDry(cell: Cell, events: Events, countyId: string): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await runDryOnce(cell, events, countyId)
  const letters = await unheard(cell, countyId)
  if (letters > 0)
    throw notDry(`有 ${letters} 条死信`, `${letters} dead letters wait (npm run dead-letters -- list, replay)`)
}

/** Whether that is so now, when nothing of it is written any more. */
export async function isDry(cell: Cell, events: Events, countyId: string): Promise<boolean> {
  if ((await untold(cell, countyId)) > 0) return false
  const isHeard = await heardThrough(events.kafka, services, events.groupPrefix, 10_000).then(
    () => true,
    () => false,
  )
  return isHeard && (await unheard(cell, countyId)) === 0
}

const notDry = (zh: string, en: string) =>
  stackFault('MOVE_HELD_UP', {
    zh: `本县（市、区）还有事项在途：${zh}。办妥后再执行一次；用 --back 则恢复原状。`,
    en: `Something of the county is still on its way: ${en}. See to it and run this again; --back takes it all back.`,
  })

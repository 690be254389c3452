import { appendFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { RawTx } from '@linghang/access'
import { stackFault } from '@linghang/devstack'
import {
  findLost,
  groupPrefixOf,
  hearAgain,
  type LostEvent,
  noteAsHeard,
  type Reader,
  readersOf,
  readRestored,
  StillRead,
  topics,
} from '@linghang/events'
import { type ServiceName, services } from '@linghang/migrations'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir, whereCalled } from './env.ts'
import { connectKafka, findOperated, type Operated, withService } from './operate.ts'

const usage = {
  zh: '用法：npm run restored -- --lost 文件 [--dry-run] [--state-dir 目录]；五个数据库恢复到同一时刻之后、启动各服务之前执行',
  en: 'Usage: npm run restored -- --lost file [--dry-run] [--state-dir folder]; after the five databases were restored to one moment, before the services start',
}

/**
 * Brings Kafka and the watches back to the moment of restored databases: what was told after that moment is named and heard
 * by nobody, what was told before and not yet heard is heard, and every watch is handed to a workflow anew.
 */
await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    lost: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  if (values.lost === undefined) throw stackFault('WRONG_ARGUMENTS', usage)
  const lostFile = resolve(whereCalled(), values.lost)
  const operated = await findOperated(resolve(values['state-dir']))
  const kafka = connectKafka(operated)
  const readers = await readersOf(kafka, services, operated.groupPrefix).catch(error => {
    throw error instanceof StillRead ? servicesRun(error.groups) : error
  })
  if (readers.length === 0) throw noGroups(operated)
  // Whose data was lost is in it: ids alone, and for nobody but whoever restores.
  await writeFile(lostFile, '', { mode: 0o600 })
  let total = 0
  for (const topic of topics) {
    const sender = topic.split('.')[0] as ServiceName
    const restored = await withService(operated, sender, asService => asService(readRestored))
    const counts = new Map<string, number>()
    const found = await findLost(kafka, topic, restored, async events => {
      await appendFile(lostFile, events.map(event => `${JSON.stringify(event)}\n`).join(''))
      for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1)
      if (!values['dry-run']) await forget(operated, readers, topic, events)
    })
    total += found
    for (const [type, count] of [...counts].sort()) console.log(`${topic}\t${type}\t${count}`)
  }
  console.log(`恢复时刻之后发生、已经丢失的事件 events lost after that moment: ${total}`)
  if (values['dry-run']) return
  await hearAgain(kafka, readers)
  const watches = await withService(operated, 'workflows', asService => asService(beginAnew))
  console.log(`重新聆听的消费组 groups that hear again: ${readers.length}`)
  console.log(`重新交付的监督事项 watches handed over anew: ${watches}`)
})

function servicesRun(groups: readonly string[]) {
  return stackFault('ALREADY_RUNNING', {
    zh: `请先停止各服务，仍有 ${groups.length} 个消费组在读取：${groups.slice(0, 5).join('、')}${groups.length > 5 ? ' …' : ''}`,
    en: `Stop the services first, ${groups.length} groups are being read: ${groups.slice(0, 5).join(', ')}${groups.length > 5 ? ' …' : ''}`,
  })
}

/** Nothing would be noted as heard by anybody, and all of it heard at the next start. */
function noGroups({ groupPrefix = groupPrefixOf({}) }: Operated) {
  return stackFault('WRONG_ARGUMENTS', {
    zh: `Kafka 中没有以 ${groupPrefix} 开头的消费组：请核对 KAFKA_GROUP_PREFIX 与 Kafka 地址。未作任何改动。`,
    en: `Kafka has no group whose name begins with ${groupPrefix}: look at KAFKA_GROUP_PREFIX and at which Kafka this is. Nothing was done.`,
  })
}

/** One connection a service, however many of its groups read the topic. */
async function forget(operated: Operated, readers: readonly Reader[], topic: string, events: readonly LostEvent[]) {
  const ids = events.map(({ id }) => id)
  const byService = Map.groupBy(
    readers.filter(({ topics: read }) => read.includes(topic)),
    ({ service }) => service,
  )
  for (const [service, groups] of byService)
    await withService(operated, service as ServiceName, async asService => {
      for (const { name } of groups) await asService(tx => noteAsHeard(tx, name, ids))
    })
}

/** Workflows know what came after that moment: they have to be ended in Temporal, and begin anew from this. */
function beginAnew(tx: RawTx): Promise<number> {
  return tx.$executeRawUnsafe('update watch set told_version = 0, sleeps_until = null where told_version > 0')
}

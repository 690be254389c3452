import { resolve } from 'node:path'
import { stackFault } from '@linghang/devstack'
import { measureLag } from '@linghang/events'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir } from './env.ts'
import { connectKafka, findOperated } from './operate.ts'
import { services } from './processes.ts'

const usage = {
  zh: '用法：npm run lag [-- --fail-over 条数] [--state-dir 目录]；积压超过条数时以 1 结束',
  en: 'Usage: npm run lag [-- --fail-over messages] [--state-dir folder]; ends with 1 when more than that wait',
}

/** Groups of a cluster that others use as well are theirs; each gateway has one of its own, told as one. */
const groupOf = (group: string): string | null => {
  const [owner = ''] = group.split('.')
  if (owner === 'gateway') return 'gateway.grants'
  return (services as readonly string[]).includes(owner) ? group : null
}

await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    'fail-over': { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const most = values['fail-over'] === undefined ? null : Number(values['fail-over'])
  if (most !== null && !(Number.isInteger(most) && most >= 0)) throw stackFault('WRONG_ARGUMENTS', usage)
  const lags = await measureLag(connectKafka(await findOperated(resolve(values['state-dir']))))
  const waiting = new Map<string, bigint>()
  for (const { group, topic, messages } of lags) {
    const ours = groupOf(group)
    if (ours === null) continue
    const key = `${ours}\t${topic}`
    // Of gateways that have ended the groups stay for a while and fall behind: the one that is furthest counts.
    const before = waiting.get(key)
    const isGateway = ours.startsWith('gateway')
    waiting.set(
      key,
      before === undefined ? messages : isGateway ? (messages < before ? messages : before) : before + messages,
    )
  }
  const total = [...waiting.values()].reduce((sum, messages) => sum + messages, 0n)
  for (const [key, messages] of [...waiting].sort()) console.log(`${key}\t${messages}`)
  console.log(`合计 total: ${total}`)
  if (most !== null && total > BigInt(most)) process.exitCode = 1
})

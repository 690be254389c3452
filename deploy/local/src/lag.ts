import { resolve } from 'node:path'
import { stackFault } from '@linghang/devstack'
import { measureLag } from '@linghang/events'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir } from './env.ts'
import { connectKafka, findOperated } from './operate.ts'
import { waitingOf } from './waiting.ts'

const usage = {
  zh: '用法：npm run lag [-- --fail-over 条数] [--state-dir 目录]；积压超过条数时以 1 结束',
  en: 'Usage: npm run lag [-- --fail-over messages] [--state-dir folder]; ends with 1 when more than that wait',
}

await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    'fail-over': { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const most = values['fail-over'] === undefined ? null : Number(values['fail-over'])
  if (most !== null && !(Number.isInteger(most) && most >= 0)) throw stackFault('WRONG_ARGUMENTS', usage)
  const operated = await findOperated(resolve(values['state-dir']))
  const waiting = waitingOf(await measureLag(connectKafka(operated), operated.groupPrefix))
  const total = waiting.reduce((sum, { messages }) => sum + messages, 0n)
  for (const { group, topic, messages } of waiting) console.log(`${group}\t${topic}\t${messages}`)
  console.log(`合计 total: ${total}`)
  if (most !== null && total > BigInt(most)) process.exitCode = 1
})

import { isStackFault } from '@linghang/devstack'
import { measureLag } from '@linghang/events'
import { connectKafka, findOperated, readOperatorArguments } from './operate.ts'

const usage = { zh: '用法：npm run lag [-- --state-dir 目录]', en: 'Usage: npm run lag [-- --state-dir folder]' }

try {
  const { stateDir } = readOperatorArguments(usage)
  const lags = await measureLag(connectKafka(await findOperated(stateDir)))
  const byGroup = Map.groupBy(lags, lag => `${lag.group}\t${lag.topic}`)
  console.log('消费组 group\t主题 topic\t积压 messages')
  for (const [key, parts] of [...byGroup].sort())
    console.log(`${key}\t${parts.reduce((sum, part) => sum + part.messages, 0n)}`)
} catch (error) {
  console.error(isStackFault(error) ? error.message : error)
  process.exitCode = 1
}

import { stackFault } from '@linghang/devstack'
import { listDeadLetters, replayDeadLetters } from '@linghang/events'
import { runCommand } from './command-line.ts'
import { connectKafka, findOperated, readOperatorArguments, withService } from './operate.ts'

const usage = {
  zh: '用法：npm run dead-letters -- list | replay [编号…] [--service org|members|dues|assessment|workflows]',
  en: 'Usage: npm run dead-letters -- list | replay [ids…] [--service org|members|dues|assessment|workflows]',
}

await runCommand(async () => {
  const { stateDir, services, words } = readOperatorArguments(usage)
  const [command, ...ids] = words
  if (command !== 'list' && command !== 'replay') throw stackFault('WRONG_ARGUMENTS', usage)
  const operated = await findOperated(stateDir)
  let listed = 0
  for (const service of services) {
    if (command === 'list') {
      for (const letter of await withService(operated, service, asService => asService(listDeadLetters))) {
        listed++
        const replayed = letter.replayedAt ? `replayed ${letter.replayedAt.toISOString()}` : 'waiting'
        console.log(
          [
            letter.id,
            letter.consumer,
            `${letter.topic}/${letter.partition}@${letter.offset}`,
            letter.eventType ?? '-',
            replayed,
            letter.reason,
          ].join('\t'),
        )
      }
    } else {
      const sent = await withService(operated, service, asService =>
        replayDeadLetters(asService, connectKafka(operated), ids.length > 0 ? ids : null),
      )
      console.log(`${service}: 已重新投递 replayed ${sent}`)
    }
  }
  // Not on standard output, where each line is a letter.
  if (command === 'list' && listed === 0) console.error('没有死信 no dead letters')
})

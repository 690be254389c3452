import { resolve } from 'node:path'
import { stackFault } from '@linghang/devstack'
import { payloadKeysInUse } from '@linghang/temporal/payload-keys'
import { Client, Connection } from '@temporalio/client'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir, readTemporal } from './env.ts'
import { findRunning } from './preconditions.ts'

const usage = {
  zh: '用法：npm run keys:payloads -- [--key 密钥编号] [--state-dir 目录]；Temporal 取自 TEMPORAL_ADDRESS、TEMPORAL_NAMESPACE 等变量，本机平台不必设置；所问密钥仍被未结束的流程使用即以 1 结束',
  en: 'Usage: npm run keys:payloads -- [--key id] [--state-dir folder]; Temporal is named by TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the others, the one of this checkout is found; ends with 1 while an open workflow needs the key that is asked about',
}

async function findTemporal(stateDir: string) {
  const named = readTemporal()
  if (named) return named
  const running = await findRunning(stateDir)
  if (running?.temporalAddress && running.temporalNamespace)
    return { address: running.temporalAddress, namespace: running.temporalNamespace, security: {} }
  throw stackFault('NOT_RUNNING', {
    zh: '平台没有运行：请先 npm start，或设置 TEMPORAL_ADDRESS 和 TEMPORAL_NAMESPACE。',
    en: 'The platform does not run: npm start first, or set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.',
  })
}

/** Says which keys the open workflows were written with, so that a key is taken away only when nobody needs it. */
await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    key: { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const { address, namespace, security } = await findTemporal(resolve(values['state-dir']))
  const connection = await Connection.connect({ address, ...security, connectTimeout: '30 seconds' })
  try {
    const found = await payloadKeysInUse(new Client({ connection, namespace }))
    const asked = [...found].filter(([id]) => values.key === undefined || id === values.key)
    for (const [id, { workflows, oldest }] of asked.sort(([a], [b]) => a.localeCompare(b)))
      console.log([id, workflows, oldest.workflowId, oldest.startedAt.toISOString()].join('\t'))
    if (asked.length === 0) console.error('没有未结束的流程使用 no open workflow needs it')
    else if (values.key !== undefined) process.exitCode = 1
  } finally {
    await connection.close()
  }
})

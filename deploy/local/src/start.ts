import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { isStackFault, readJson, removePostgresState, stackFault, writeJson } from '@linghang/devstack'
import { readDemoAccounts } from './demo-accounts.ts'
import { defaultStateDir, readStartOptions, type StartOptions, startUsage } from './env.ts'
import { type Platform, type PlatformProgress, startPlatform } from './platform.ts'
import { claimStateDir } from './preconditions.ts'

const begunAt = performance.now()

const seconds = (): string => `${((performance.now() - begunAt) / 1000).toFixed(1)} s`.padStart(8)

const say = ({ step, detail, elapsedMs }: PlatformProgress): void => {
  const took = elapsedMs === undefined ? '' : ` (${(elapsedMs / 1000).toFixed(1)} s)`
  console.log(`${seconds()}  ${step.padEnd(11)} ${detail}${took}`)
}

/** Whoever sits in front of it is asked first; a script has said `--reset`. */
const isMeant = async (stateDir: string): Promise<boolean> => {
  if (!process.stdin.isTTY) return true
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await asking.question(`删除 ${stateDir} 里的全部数据？ delete all data there? (y/N) `)
  asking.close()
  return /^(y|yes|是)$/i.test(answer.trim())
}

const reset = async ({ stateDir, yes }: StartOptions): Promise<void> => {
  if (!existsSync(stateDir)) return
  if (!yes && !(await isMeant(stateDir)))
    throw stackFault('WRONG_ARGUMENTS', {
      zh: '没有删除，也没有启动。',
      en: 'Nothing was deleted, and nothing started.',
    })
  await claimStateDir(stateDir)
  await removePostgresState(stateDir)
  await rm(stateDir, { recursive: true, force: true })
  say({ step: 'reset', detail: `${stateDir} removed` })
}

/** The demo is loaded once for each state folder; what it does is its own affair and may be cut off and begun again. */
const loadDemoOnce = async (platform: Platform): Promise<void> => {
  const record = join(platform.stateDir, 'demo.json')
  if ((await readJson(record)) !== undefined) return
  const { loadDemo } = await import('./demo.ts')
  const since = performance.now()
  await loadDemo(platform, say)
  await writeJson(record, { loadedAt: new Date().toISOString() }, 0o644)
  say({ step: 'demo', detail: 'loaded', elapsedMs: performance.now() - since })
}

const firstQuery =
  'query Dashboard($code: String!) { organisation(code: $code) { id code name kind superior { code } term { start end } children(first: 10) { totalCount nodes { code name } } members(first: 20) { totalCount nodes { id name kind joinedOn duesRecord { category baseFen complete } } } indicators { key value } deadlines(withinDays: 365, first: 10) { totalCount nodes { rule dueOn state subject { __typename } } } } }'

const printReady = async (platform: Platform, options: StartOptions): Promise<void> => {
  const accounts = await readDemoAccounts(platform.stateDir)
  const account = accounts.find(one => one.role === 'secretary') ?? accounts[0]
  const who = account ? `${account.role}@${account.organisationCode}` : '<role>@<organisation code>'
  const state = options.stateDir === defaultStateDir ? '' : ` --state-dir ${options.stateDir}`
  const body = JSON.stringify({
    query: firstQuery,
    variables: { code: account?.organisationCode ?? '<organisation code>' },
  })
  console.log(`
领航已就绪，用时${seconds()}   Linghang is ready

  接口 endpoint      ${platform.gatewayUrl}
  浏览 explorer      ${new URL('/explorer', platform.gatewayUrl).href}
  流程 Temporal UI   ${platform.addresses.temporalUiUrl ?? '-'}
  登录 identity      ${platform.addresses.issuer}
  日志 logs          ${join(platform.stateDir, 'logs')}

  谁可以登录 who there is        npm run -s token -- --list${state}
  取得令牌 a token               npm run -s token -- --as ${who}${state}

  第一个查询 a first query
  curl -s ${platform.gatewayUrl} \\
    -H 'content-type: application/json' \\
    -H "authorization: Bearer $(npm run -s token -- --as ${who}${state})" \\
    -d '${body}'

  停止 stop: Ctrl-C   重新开始 begin anew: npm start -- --reset
`)
}

const stopped = new AbortController()
const askedToStop = new Promise<void>(resolve => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stopped.signal.aborted) say({ step: 'stop', detail: '正在停止 stopping' })
      stopped.abort()
      resolve()
    })
  }
})

const run = async (options: StartOptions): Promise<void> => {
  if (options.reset) await reset(options)
  const platform = await startPlatform({ ...options, env: { EXPLORER: '1' }, signal: stopped.signal, report: say })
  try {
    if (options.demo) await Promise.race([loadDemoOnce(platform), askedToStop])
    if (!stopped.signal.aborted) await printReady(platform, options)
    const fault = await Promise.race([platform.failed, askedToStop])
    if (fault) throw fault
  } finally {
    await platform.stop()
  }
}

try {
  const options = readStartOptions(process.argv.slice(2))
  if (options === 'HELP') {
    console.log(`${startUsage.zh}\n${startUsage.en}`)
    process.exit(0)
  }
  await run(options)
  say({ step: 'stop', detail: '已全部停止 everything has stopped' })
} catch (error) {
  if (stopped.signal.aborted) say({ step: 'stop', detail: '已全部停止 everything has stopped' })
  else {
    console.error(isStackFault(error) ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}
// A demo that was cut off may still hold connections.
process.exit()

import { resolve } from 'node:path'
import { obtainPersonToken, stackFault } from '@linghang/devstack'
import { createApiClient } from './api-client.ts'
import { readCommandLine, runCommand } from './command-line.ts'
import { readDemoAccounts } from './demo-accounts.ts'
import { defaultStateDir, readRemote, whereCalled } from './env.ts'
import { type ImportJob, importRoster, keepFindings, summarise, waitForOrganisations } from './import-rosters.ts'
import { findRunning } from './preconditions.ts'

const usage = {
  zh: '用法：npm run import -- --county <代码> <党组织文件> <党员文件> [--preview] [--mode valid|all-or-none] [--out <存放问题清单的目录>]；只导入一种：--organisations <文件> 或 --members <文件>',
  en: 'Usage: npm run import -- --county <code> <organisations file> <members file> [--preview] [--mode valid|all-or-none] [--out <folder for the findings>]; one kind alone: --organisations <file> or --members <file>',
}

const modes: Record<string, ImportJob['mode']> = { valid: 'VALID', 'all-or-none': 'ALL_OR_NONE' }

const readOptions = () => {
  const { values, positionals } = readCommandLine(
    usage,
    {
      county: { type: 'string' },
      preview: { type: 'boolean', default: false },
      mode: { type: 'string', default: 'valid' },
      organisations: { type: 'string' },
      members: { type: 'string' },
      out: { type: 'string', default: '.' },
      'state-dir': { type: 'string', default: defaultStateDir },
    },
    true,
  )
  const mode = modes[values.mode]
  const organisations = values.organisations ?? positionals[0]
  const members = values.members ?? positionals[1]
  if (!values.county || !mode || positionals.length > 2 || (!organisations && !members))
    throw stackFault('WRONG_ARGUMENTS', usage)
  return {
    county: values.county,
    preview: values.preview,
    mode,
    organisations,
    members,
    out: resolve(whereCalled(), values.out),
    stateDir: resolve(values['state-dir']),
  }
}

const notRunning = (): Error =>
  stackFault('NOT_RUNNING', {
    zh: '平台没有运行：请先在另一个终端运行 npm start，或设置 LINGHANG_ENDPOINT 和 LINGHANG_TOKEN。',
    en: 'The platform does not run: npm start in another terminal, or set LINGHANG_ENDPOINT and LINGHANG_TOKEN.',
  })

/** A platform elsewhere is named by the environment; the one of this checkout by its state folder. */
async function connect(stateDir: string, county: string) {
  const remote = readRemote()
  if (remote) return createApiClient(remote.endpoint, async () => remote.token)
  const running = await findRunning(stateDir)
  if (!running?.gatewayUrl || !running.issuer) throw notRunning()
  const { gatewayUrl, issuer } = running
  const admin = (await readDemoAccounts(stateDir)).find(
    account => account.role === 'admin' && account.organisationCode === county,
  )
  if (!admin) {
    throw stackFault('NO_ADMINISTRATOR', {
      zh: `这里没有县（区）${county} 的管理员账号：先用 npm run county -- --code ${county} --name <名称> 登记`,
      en: `There is no administrator of the county ${county} here: register it first with npm run county -- --code ${county} --name <name>`,
    })
  }
  const { username, password } = admin
  let held: { value: string; until: number } | undefined
  return createApiClient(gatewayUrl, async () => {
    if (!held || held.until < performance.now()) {
      const { accessToken } = await obtainPersonToken({ issuer, username, password })
      held = { value: accessToken, until: performance.now() + 20 * 60_000 }
    }
    return held.value
  })
}

await runCommand(async () => {
  const options = readOptions()
  const api = await connect(options.stateDir, options.county)
  const say = (line: string) => console.log(line)
  const jobs = (['Organisation', 'Member'] as const).flatMap((kind): ImportJob[] => {
    const file = kind === 'Organisation' ? options.organisations : options.members
    return file ? [{ kind, file: resolve(whereCalled(), file), mode: options.mode, previewOnly: options.preview }] : []
  })
  for (const job of jobs) {
    if (job.kind === 'Member') await waitForOrganisations(api, say)
    const outcome = await importRoster(api, job, say)
    console.log(summarise(job.kind, outcome))
    const file = await keepFindings(job, outcome, options.out)
    if (file) console.log(`问题清单 findings: ${file}`)
    // 1: nothing was taken, and what comes next would rest on it; 2: some rows are wrong.
    if (outcome.state === 'FAILED') process.exitCode = 1
    else if (outcome.errors > 0) process.exitCode = 2
    if (process.exitCode === 1) break
  }
})

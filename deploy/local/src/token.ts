import { resolve } from 'node:path'
import { listClients, obtainAppToken, obtainPersonToken, stackFault } from '@linghang/devstack'
import { readCommandLine, runCommand } from './command-line.ts'
import { type DemoAccount, readDemoAccounts } from './demo-accounts.ts'
import { defaultStateDir } from './env.ts'
import { identityFiles } from './platform.ts'
import { findRunning } from './preconditions.ts'

const usage = {
  zh: '用法：npm run token -- --as <角色>@<组织代码> | --app <应用> | --list [--state-dir 目录]',
  en: 'Usage: npm run token -- --as <role>@<organisation code> | --app <client> | --list [--state-dir folder]',
}

const readOptions = () =>
  readCommandLine(usage, {
    as: { type: 'string' },
    app: { type: 'string' },
    list: { type: 'boolean', default: false },
    'state-dir': { type: 'string', default: defaultStateDir },
  }).values

const issuerOf = async (stateDir: string): Promise<string> => {
  const issuer = (await findRunning(stateDir))?.issuer
  if (issuer) return issuer
  throw stackFault('NOT_RUNNING', {
    zh: '平台没有运行：请先在另一个终端运行 npm start。',
    en: 'The platform does not run: start it with npm start in another terminal first.',
  })
}

const unknown = (asked: string): Error =>
  stackFault('LOGIN_FAILED', {
    zh: `没有 ${asked}：用 npm run token -- --list 查看有哪些。`,
    en: `There is no ${asked}: see who there is with npm run token -- --list.`,
  })

/** `secretary@330302000000004`, or a user name as it is. */
const findAccount = (accounts: DemoAccount[], asked: string): DemoAccount | undefined => {
  const [role = '', code = ''] = asked.split('@')
  return (
    accounts.find(one => one.role.toLowerCase() === role.toLowerCase() && one.organisationCode === code) ??
    accounts.find(one => one.username === asked)
  )
}

const personToken = async (stateDir: string, asked: string): Promise<string> => {
  const issuer = await issuerOf(stateDir)
  const account = findAccount(await readDemoAccounts(stateDir), asked)
  if (!account) throw unknown(asked)
  const { username, password } = account
  return (await obtainPersonToken({ issuer, username, password })).accessToken
}

const appToken = async (stateDir: string, asked: string): Promise<string> => {
  const issuer = await issuerOf(stateDir)
  const client = (await listClients(identityFiles(stateDir).clientsFile)).find(one => one.clientId === asked)
  if (!client) throw unknown(asked)
  const { clientId, secret, scopes } = client
  return (await obtainAppToken({ issuer, clientId, clientSecret: secret, scope: scopes.join(' ') })).accessToken
}

/** What a role sees, in few words; an office is one of an organisation and of all below it. */
const sees: Record<string, string> = {
  admin: '管理全县，可导入 administers, imports',
  leader: '查看本级及下级 looks at its own and what is below',
  secretary: '办理本级及下级 keeps its own and what is below',
  discipline_inspector: '查看本级及下级及查阅记录 looks on, and at who looked',
  city: '查看所辖各县汇总 reads what is summed up of its counties',
  member: '本人档案和本支部公示 one’s own file, notices of the branch',
}

const list = async (stateDir: string): Promise<string> => {
  const people = (await readDemoAccounts(stateDir)).map(one => [
    `--as ${one.role}@${one.organisationCode}`,
    `${one.organisationName} · ${sees[one.role] ?? one.role}`,
  ])
  const apps = (await listClients(identityFiles(stateDir).clientsFile)).map(one => [
    `--app ${one.clientId}`,
    one.scopes.join(' '),
  ])
  const lines = [...people, ...apps] as [string, string][]
  const width = Math.max(0, ...lines.map(([how]) => how.length))
  return lines.map(([how, what]) => `${how.padEnd(width)}  ${what}`).join('\n')
}

await runCommand(async () => {
  const options = readOptions()
  const stateDir = resolve(options['state-dir'])
  if (options.list) console.log(await list(stateDir))
  else if (options.as) console.log(await personToken(stateDir, options.as))
  else if (options.app) console.log(await appToken(stateDir, options.app))
  else throw stackFault('WRONG_ARGUMENTS', usage)
})

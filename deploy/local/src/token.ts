import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isStackFault, listClients, obtainAppToken, obtainPersonToken, stackFault } from '@linghang/devstack'
import { type DemoAccount, readDemoAccounts } from './demo-accounts.ts'
import { defaultStateDir } from './env.ts'
import { identityFiles } from './platform.ts'
import { findRunning } from './preconditions.ts'

const usage = {
  zh: '用法：npm run token -- --as <角色>@<组织代码> | --app <应用> | --list [--state-dir 目录]',
  en: 'Usage: npm run token -- --as <role>@<organisation code> | --app <client> | --list [--state-dir folder]',
}

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        as: { type: 'string' },
        app: { type: 'string' },
        list: { type: 'boolean', default: false },
        'state-dir': { type: 'string', default: defaultStateDir },
      },
    }).values
  } catch {
    throw stackFault('WRONG_ARGUMENTS', usage)
  }
}

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

const list = async (stateDir: string): Promise<string> => {
  const people = (await readDemoAccounts(stateDir)).map(
    one => `--as ${one.role}@${one.organisationCode}\t${one.organisationName}\t${one.username}`,
  )
  const apps = (await listClients(identityFiles(stateDir).clientsFile)).map(
    one => `--app ${one.clientId}\t${one.scopes.join(' ')}`,
  )
  return [...people, ...apps].join('\n')
}

try {
  const options = readOptions()
  const stateDir = resolve(options['state-dir'])
  if (options.list) console.log(await list(stateDir))
  else if (options.as) console.log(await personToken(stateDir, options.as))
  else if (options.app) console.log(await appToken(stateDir, options.app))
  else throw stackFault('WRONG_ARGUMENTS', usage)
} catch (error) {
  console.error(isStackFault(error) ? error.message : error)
  process.exitCode = 1
}

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { NewAccount } from '@linghang/devstack'
import { lastLines, runCommand, type StackFaultCode, stackFault } from '@linghang/devstack'
import { type DemoAccount, readDemoAccounts, writeDemoAccounts } from './demo-accounts.ts'
import { repositoryDir } from './env.ts'

export interface Here {
  stateDir: string
  addresses: { issuer: string }
  databaseUrl(service: 'org'): string
  addAccounts(accounts: NewAccount[]): Promise<void>
}

type Refusal = { code: StackFaultCode; zh: string; en: string }

/**
 * Somebody who can sign in at the local identity provider, and for whom a command of org writes down what they are. Run again it
 * is the same one.
 * @param command what is run, and with what; it is told the issuer and the subject beside
 * @param refusal how what the command refuses begins
 */
export async function registerLogin(
  platform: Here,
  { organisationCode, role, ...wanted }: Omit<DemoAccount, 'password'>,
  [file, ...args]: readonly [string, ...string[]],
  { code, zh, en }: Refusal,
): Promise<DemoAccount> {
  const { stateDir } = platform
  const known = (await readDemoAccounts(stateDir)).find(
    account => account.role === role && account.organisationCode === organisationCode,
  )
  const account = known ?? { ...wanted, role, organisationCode, password: randomBytes(12).toString('base64url') }
  await platform.addAccounts([{ username: account.username, password: account.password, sub: account.username }])
  const login = ['--issuer', platform.addresses.issuer, '--subject', account.username]
  const result = await runCommand(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(repositoryDir, file), ...args, ...login],
    { env: { DATABASE_URL: platform.databaseUrl('org') }, timeoutMs: 60_000 },
  )
  if (result.code !== 0) {
    const why = lastLines(result.stderr)
    throw stackFault(code, { zh: `${zh}：${why}`, en: `${en}: ${why}` })
  }
  if (!known) await writeDemoAccounts(stateDir, [...(await readDemoAccounts(stateDir)), account])
  return account
}

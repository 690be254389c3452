import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { NewAccount } from '@linghang/devstack'
import { lastLines, runCommand, stackFault } from '@linghang/devstack'
import { type DemoAccount, readDemoAccounts, writeDemoAccounts } from './demo-accounts.ts'
import { repositoryDir } from './env.ts'

interface Here {
  stateDir: string
  addresses: { issuer: string }
  databaseUrl(service: 'org'): string
  addAccounts(accounts: NewAccount[]): Promise<void>
}

/**
 * Registers a county with its first administrator, who can sign in at the local identity provider from then on. Run
 * again it changes nothing.
 */
export async function registerCounty(platform: Here, county: { code: string; name: string }): Promise<DemoAccount> {
  const known = (await readDemoAccounts(platform.stateDir)).find(
    account => account.role === 'admin' && account.organisationCode === county.code,
  )
  const admin = known ?? {
    username: `admin-${county.code}`,
    role: 'admin',
    organisationCode: county.code,
    organisationName: county.name,
    password: randomBytes(12).toString('base64url'),
  }
  await platform.addAccounts([{ username: admin.username, password: admin.password, sub: admin.username }])
  const result = await runCommand(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(repositoryDir, 'services/org/src/structure/counties/command.ts'),
      ...[
        '--code',
        county.code,
        '--name',
        county.name,
        '--issuer',
        platform.addresses.issuer,
        '--subject',
        admin.username,
      ],
    ],
    { env: { DATABASE_URL: platform.databaseUrl('org') }, timeoutMs: 60_000 },
  )
  if (result.code !== 0) {
    throw stackFault('COUNTY_REFUSED', {
      zh: `县（区）${county.code} 登记失败：${lastLines(result.stderr)}`,
      en: `The county ${county.code} could not be registered: ${lastLines(result.stderr)}`,
    })
  }
  if (!known) await writeDemoAccounts(platform.stateDir, [...(await readDemoAccounts(platform.stateDir)), admin])
  return admin
}

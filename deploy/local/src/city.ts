import { join } from 'node:path'
import { lastLines, runCommand, stackFault } from '@linghang/devstack'
import type { DemoAccount } from './demo-accounts.ts'
import { repositoryDir } from './env.ts'
import { type Here, registerLogin } from './local-login.ts'

const orgCommand = 'services/org/src/structure/cities/command.ts'

/**
 * Lets counties go from a city, and ends the office that a login holds of it.
 * @param login null: no office ends
 */
export async function leaveCity(
  databaseUrl: string,
  {
    code,
    counties,
    login,
  }: { code: string; counties: readonly string[]; login: { issuer: string; subject: string } | null },
): Promise<void> {
  const ends = login ? ['--end-office', '--issuer', login.issuer, '--subject', login.subject] : []
  const result = await runCommand(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...[
        join(repositoryDir, orgCommand),
        '--code',
        code,
        ...counties.flatMap(county => ['--release', county]),
        ...ends,
      ],
    ],
    { env: { DATABASE_URL: databaseUrl }, timeoutMs: 60_000 },
  )
  if (result.code === 0) return
  const why = lastLines(result.stderr)
  throw stackFault('CITY_REFUSED', {
    zh: `城市 ${code} 未作改动：${why}`,
    en: `Nothing of the city ${code} was changed: ${why}`,
  })
}

/**
 * Registers a city with an office of it, which can sign in at the local identity provider from then on, and binds counties
 * to it. Run again it changes nothing, or binds those that are named beside.
 */
export const registerCity = (
  platform: Here,
  { code, name, office, counties }: { code: string; name: string; office: string; counties: readonly string[] },
): Promise<DemoAccount> =>
  registerLogin(
    platform,
    { username: `city-${code}`, role: 'city', organisationCode: code, organisationName: name },
    [
      orgCommand,
      ...['--code', code, '--name', name, '--office', office],
      ...counties.flatMap(county => ['--county', county]),
    ],
    { code: 'CITY_REFUSED', zh: `城市 ${code} 登记失败`, en: `The city ${code} could not be registered` },
  )

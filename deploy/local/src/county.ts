import type { DemoAccount } from './demo-accounts.ts'
import { type Here, registerLogin } from './local-login.ts'

/**
 * Registers a county with its first administrator, who can sign in at the local identity provider from then on. Run
 * again it changes nothing.
 */
export const registerCounty = (platform: Here, { code, name }: { code: string; name: string }): Promise<DemoAccount> =>
  registerLogin(
    platform,
    { username: `admin-${code}`, role: 'admin', organisationCode: code, organisationName: name },
    ['services/org/src/structure/counties/command.ts', '--code', code, '--name', name],
    {
      code: 'COUNTY_REFUSED',
      zh: `县（区）${code} 登记失败`,
      en: `The county ${code} could not be registered`,
    },
  )

import type { DemoAccount } from './demo-accounts.ts'
import { type Here, registerLogin } from './local-login.ts'

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
      'services/org/src/structure/cities/command.ts',
      ...['--code', code, '--name', name, '--office', office],
      ...counties.flatMap(county => ['--county', county]),
    ],
    { code: 'CITY_REFUSED', zh: `城市 ${code} 登记失败`, en: `The city ${code} could not be registered` },
  )

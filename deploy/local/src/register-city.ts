import { addAccounts, stackFault } from '@linghang/devstack'
import { leaveCity, registerCity } from './city.ts'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir } from './env.ts'
import { findOperated } from './operate.ts'
import { identityFiles } from './platform.ts'
import { findRunning } from './preconditions.ts'

const usage = {
  zh: '用法：npm run city -- --code 330300 --name 温州市 [--office 市委组织部] [--county 330302 --county 330303 …]；移出县、终止职务：npm run city -- --code 330300 [--release 330302 …] [--end-office <登录账号 sub> [--issuer <iss>]]',
  en: 'Usage: npm run city -- --code 330300 --name Wenzhou [--office name] [--county 330302 --county 330303 …]; to let counties go or end an office: npm run city -- --code 330300 [--release 330302 …] [--end-office <sub of the login> [--issuer <iss>]]',
}

const isCode = (code: string | undefined): code is string => /^\d{6}$/.test(code ?? '')

await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    code: { type: 'string' },
    name: { type: 'string' },
    office: { type: 'string' },
    county: { type: 'string', multiple: true, default: [] },
    release: { type: 'string', multiple: true, default: [] },
    'end-office': { type: 'string' },
    issuer: { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const { code, name, office, county: counties, release, 'end-office': subject, 'state-dir': stateDir } = values
  const issuer = values.issuer ?? (await findRunning(stateDir))?.issuer
  if (!isCode(code) || ![...counties, ...release].every(isCode)) throw stackFault('WRONG_ARGUMENTS', usage)
  if (release.length > 0 || subject) {
    if (name || office || counties.length > 0 || (subject && !issuer)) throw stackFault('WRONG_ARGUMENTS', usage)
    const login = subject && issuer ? { issuer, subject } : null
    await leaveCity((await findOperated(stateDir)).databaseUrl('org'), { code, counties: release, login })
    const ended = login ? `；职务已终止 ended: ${login.subject}` : ''
    console.log(`城市 city ${code}：移出 let go: ${release.join(' ') || '—'}${ended}`)
    return
  }
  if (!name) throw stackFault('WRONG_ARGUMENTS', usage)
  const named = office || '市委组织部'
  const operated = await findOperated(stateDir)
  const login = await registerCity(
    {
      stateDir,
      addresses: { issuer: issuer ?? '' },
      databaseUrl: operated.databaseUrl,
      addAccounts: accounts => addAccounts(identityFiles(stateDir).accountsFile, accounts),
    },
    { code, name, office: named, counties },
  )
  const bound = counties.length > 0 ? `；所辖 counties: ${counties.join(' ')}` : ''
  console.log(
    `已登记 registered: ${code} ${name}${bound}；${named}令牌 a token: npm run -s token -- --as city@${code} (${login.username})`,
  )
})

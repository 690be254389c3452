import { addAccounts, stackFault } from '@linghang/devstack'
import { registerCity } from './city.ts'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir } from './env.ts'
import { findOperated } from './operate.ts'
import { identityFiles } from './platform.ts'
import { findRunning } from './preconditions.ts'

const usage = {
  zh: '用法：npm run city -- --code 330300 --name 温州市 [--office 市委组织部] [--county 330302 --county 330303 …]',
  en: 'Usage: npm run city -- --code 330300 --name Wenzhou [--office name] [--county 330302 --county 330303 …]',
}

const isCode = (code: string | undefined): code is string => /^\d{6}$/.test(code ?? '')

await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    code: { type: 'string' },
    name: { type: 'string' },
    office: { type: 'string', default: '市委组织部' },
    county: { type: 'string', multiple: true, default: [] },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const { code, name, office, county: counties, 'state-dir': stateDir } = values
  const issuer = (await findRunning(stateDir))?.issuer
  if (!isCode(code) || !name || !office || !counties.every(isCode)) throw stackFault('WRONG_ARGUMENTS', usage)
  const operated = await findOperated(stateDir)
  const login = await registerCity(
    {
      stateDir,
      addresses: { issuer: issuer ?? '' },
      databaseUrl: operated.databaseUrl,
      addAccounts: accounts => addAccounts(identityFiles(stateDir).accountsFile, accounts),
    },
    { code, name, office, counties },
  )
  const bound = counties.length > 0 ? `；所辖 counties: ${counties.join(' ')}` : ''
  console.log(
    `已登记 registered: ${code} ${name}${bound}；${office}令牌 a token: npm run -s token -- --as city@${code} (${login.username})`,
  )
})

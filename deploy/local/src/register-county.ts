import { addAccounts, stackFault } from '@linghang/devstack'
import { readCommandLine, runCommand } from './command-line.ts'
import { registerCounty } from './county.ts'
import { defaultStateDir } from './env.ts'
import { findOperated } from './operate.ts'
import { identityFiles } from './platform.ts'
import { findRunning } from './preconditions.ts'

const usage = {
  zh: '用法：npm run county -- --code 330203 --name 海曙区',
  en: 'Usage: npm run county -- --code 330203 --name Haishu',
}

await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    code: { type: 'string' },
    name: { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const { code, name, 'state-dir': stateDir } = values
  const issuer = (await findRunning(stateDir))?.issuer
  if (!code || !/^\d{6}$/.test(code) || !name) throw stackFault('WRONG_ARGUMENTS', usage)
  const operated = await findOperated(stateDir)
  const admin = await registerCounty(
    {
      stateDir,
      addresses: { issuer: issuer ?? '' },
      databaseUrl: operated.databaseUrl,
      addAccounts: accounts => addAccounts(identityFiles(stateDir).accountsFile, accounts),
    },
    { code, name },
  )
  console.log(
    `已登记 registered: ${code} ${name}；管理员令牌 a token: npm run -s token -- --as admin@${code} (${admin.username})`,
  )
})

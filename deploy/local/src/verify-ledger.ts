import { join, resolve } from 'node:path'
import { runCommand as runProgram } from '@linghang/devstack'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir, repositoryDir } from './env.ts'
import { findCounty, findOperated } from './operate.ts'

const usage = {
  zh: '用法：npm run ledger:verify -- [--county 区划代码] [--state-dir 目录]；账目不符时以 1 结束',
  en: 'Usage: npm run ledger:verify -- [--county code] [--state-dir folder]; ends with 1 when the books do not hold',
}

/** Derives every balance of the dues ledger from its entries again, and says the first difference. */
await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    county: { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const operated = await findOperated(resolve(values['state-dir']))
  const countyId = values.county === undefined ? null : await findCounty(operated, values.county, usage)
  const command = ['--disable-warning=ExperimentalWarning', join(repositoryDir, 'services/dues/src/ledger/command.ts')]
  const { code, stdout, stderr } = await runProgram(
    process.execPath,
    countyId === null ? command : [...command, '--county', countyId],
    { env: { DATABASE_URL: operated.databaseUrl('dues') }, timeoutMs: 30 * 60_000 },
  )
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  if (code !== 0) process.exitCode = 1
})

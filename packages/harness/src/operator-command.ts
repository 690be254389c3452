import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { databaseUrl } from './databases.ts'
import { surroundings } from './surroundings.ts'

type Ended = { code: number | null; out: string; err: string }

/**
 * A command of `deploy/local/src` as npm runs it, on the databases of this run.
 * @param databaseSuffix of databases of the test's own
 */
export function operatorCommand(
  name: string,
  args: readonly string[],
  { databaseSuffix, env = {} }: { databaseSuffix?: string; env?: Record<string, string> } = {},
) {
  const at = surroundings()
  const database = databaseSuffix ? `{service}_${databaseSuffix}` : '{service}'
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=TimeoutNegativeWarning',
      ...[join(at.root, `deploy/local/src/${name}.ts`), ...args],
    ],
    {
      env: {
        ...process.env,
        LINGHANG_KAFKA_BROKERS: at.kafkaBrokers,
        LINGHANG_DATABASE_URL: databaseUrl(at, 'org').replace(/\/org$/, `/${database}`),
        ...env,
      },
    },
  )
  const said = { out: '', err: '' }
  child.stdout.on('data', chunk => {
    said.out += chunk
  })
  child.stderr.on('data', chunk => {
    said.err += chunk
  })
  const ended = new Promise<Ended>(resolve => child.on('close', code => resolve({ code, ...said })))
  return { ended, kill: () => child.kill('SIGKILL') }
}

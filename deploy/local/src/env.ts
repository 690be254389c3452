import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { stackFault } from '@linghang/devstack'

/** The checkout that this file belongs to. */
export const repositoryDir = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

/** Where the state of a checkout lies when nothing else is said. */
export const defaultStateDir = join(repositoryDir, '.linghang')

/** Where devstack keeps what it has fetched; looked at here only for free space. */
export const cacheParent = (env: NodeJS.ProcessEnv = process.env): string =>
  env.XDG_CACHE_HOME?.trim() || join(homedir(), '.cache')

/** What `npm start` was told. */
export interface StartOptions {
  stateDir: string
  gatewayPort: number
  reset: boolean
  demo: boolean
}

const usage = (problem: string): Error =>
  stackFault('WRONG_ARGUMENTS', {
    zh: `参数有误：${problem}。用法：npm start -- [--port 4000] [--state-dir 目录] [--reset] [--no-demo]`,
    en: `Wrong arguments: ${problem}. Usage: npm start -- [--port 4000] [--state-dir folder] [--reset] [--no-demo]`,
  })

const asPort = (text: string): number => {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw usage(`--port ${text}`)
}

/**
 * Reads the arguments of `npm start`.
 *
 * @throws StackFault that names what is wrong
 */
export const readStartOptions = (args: string[]): StartOptions => {
  const options = {
    port: { type: 'string', default: '4000' },
    'state-dir': { type: 'string', default: defaultStateDir },
    reset: { type: 'boolean', default: false },
    'no-demo': { type: 'boolean', default: false },
  } as const
  try {
    const { values } = parseArgs({ args, options, strict: true })
    return {
      stateDir: resolve(values['state-dir']),
      gatewayPort: asPort(values.port),
      reset: values.reset,
      demo: !values['no-demo'],
    }
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'zh' in error) throw error
    throw usage(typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'unknown')
  }
}

/** A platform elsewhere, for `npm run import`: its endpoint and a token of an administrator; undefined for this one. */
export const readRemote = (env: NodeJS.ProcessEnv = process.env): { endpoint: string; token: string } | undefined => {
  const { LINGHANG_ENDPOINT: endpoint, LINGHANG_TOKEN: token } = env
  return endpoint && token ? { endpoint, token } : undefined
}

/** A platform elsewhere, for operators' commands; undefined for the one of this checkout. */
export const readOperated = (
  env: NodeJS.ProcessEnv = process.env,
): { brokers: string[]; databaseUrl: string } | undefined => {
  const { LINGHANG_KAFKA_BROKERS: brokers, LINGHANG_DATABASE_URL: databaseUrl } = env
  return brokers && databaseUrl ? { brokers: brokers.split(','), databaseUrl } : undefined
}

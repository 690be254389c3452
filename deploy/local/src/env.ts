import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { stackFault } from '@linghang/devstack'
import { groupPrefixOf, type KafkaSecurity, readKafkaSecurity } from '@linghang/events'
import { type KeyRing, keyRing, readEnvironment } from '@linghang/subgraph/environment'
import { withSecrets } from '@linghang/subgraph/secret-files'
import { temporalEnvironment } from '@linghang/temporal/environment'
import { temporalSecurityOf } from '@linghang/temporal/security'

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
  /** Begin anew without asking. */
  yes: boolean
  demo: boolean
}

export const startUsage = {
  zh: '用法：npm start -- [--port 4000] [--state-dir 目录] [--reset [--yes]] [--no-demo]',
  en: 'Usage: npm start -- [--port 4000] [--state-dir folder] [--reset [--yes]] [--no-demo]',
}

const usage = (problem: string): Error =>
  stackFault('WRONG_ARGUMENTS', {
    zh: `参数有误：${problem}。${startUsage.zh}`,
    en: `Wrong arguments: ${problem}. ${startUsage.en}`,
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
export const readStartOptions = (args: string[]): StartOptions | 'HELP' => {
  const options = {
    port: { type: 'string', default: '4000' },
    'state-dir': { type: 'string', default: defaultStateDir },
    reset: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    'no-demo': { type: 'boolean', default: false },
  } as const
  try {
    const { values } = parseArgs({ args, options, strict: true })
    if (values.help) return 'HELP'
    return {
      stateDir: resolve(values['state-dir']),
      gatewayPort: asPort(values.port),
      reset: values.reset,
      yes: values.yes,
      demo: !values['no-demo'],
    }
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'zh' in error) throw error
    throw usage(typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'unknown')
  }
}

/** A platform elsewhere, for `npm run import`: its endpoint and a token of an administrator; undefined for this one. */
export const readRemote = (
  env: NodeJS.ProcessEnv = withSecrets(process.env),
): { endpoint: string; token: string } | undefined => {
  const { LINGHANG_ENDPOINT: endpoint, LINGHANG_TOKEN: token } = env
  return endpoint && token ? { endpoint, token } : undefined
}

/** A platform elsewhere, for operators' commands; undefined for the one of this checkout. */
export const readOperated = (
  env: NodeJS.ProcessEnv = withSecrets(process.env),
): { brokers: string[]; databaseUrl: string; security: KafkaSecurity; groupPrefix: string } | undefined => {
  const { LINGHANG_KAFKA_BROKERS: brokers, LINGHANG_DATABASE_URL: databaseUrl } = env
  if (!brokers || !databaseUrl) return undefined
  return { brokers: brokers.split(','), databaseUrl, security: readKafkaSecurity(env), groupPrefix: groupPrefixOf(env) }
}

/**
 * The ring that the environment gives (REGISTER_KEYS or REGISTER_KEYS_FILE), as services read it; undefined where it gives
 * none.
 * @throws StackFault WRONG_ARGUMENTS
 */
export const readRegisterKeys = (env: NodeJS.ProcessEnv = process.env): KeyRing | undefined => {
  if (env.REGISTER_KEYS === undefined && env.REGISTER_KEYS_FILE === undefined) return undefined
  try {
    return readEnvironment('npm run keys:rewrap', { REGISTER_KEYS: keyRing }, env).REGISTER_KEYS
  } catch (error) {
    throw stackFault('WRONG_ARGUMENTS', { zh: '主密钥有误', en: (error as Error).message })
  }
}

/**
 * A Temporal elsewhere, as the worker is told of it; undefined for the one of this checkout.
 * @throws StackFault WRONG_ARGUMENTS
 */
export const readTemporal = (env: NodeJS.ProcessEnv = process.env) => {
  if (env.TEMPORAL_ADDRESS === undefined) return undefined
  const { TEMPORAL_PAYLOAD_KEYS: _keys, ...shape } = temporalEnvironment
  try {
    const read = readEnvironment('npm run keys:payloads', shape, env)
    return { address: read.TEMPORAL_ADDRESS, namespace: read.TEMPORAL_NAMESPACE, security: temporalSecurityOf(read) }
  } catch (error) {
    throw stackFault('WRONG_ARGUMENTS', { zh: 'Temporal 的变量有误', en: (error as Error).message })
  }
}

/** Where somebody stood who called a command: npm goes to the checkout before it runs one. */
export const whereCalled = (env: NodeJS.ProcessEnv = process.env): string => env.INIT_CWD ?? process.cwd()

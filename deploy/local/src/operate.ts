import { resolve } from 'node:path'
import { createAsService, type RawTx } from '@linghang/access'
import { clientConfigOf } from '@linghang/database'
import { stackFault } from '@linghang/devstack'
import { createKafka, type KafkaSecurity } from '@linghang/events'
import { type ServiceName, services } from '@linghang/migrations'
import pg from 'pg'
import { readCommandLine, type Usage } from './command-line.ts'
import { defaultStateDir, readOperated } from './env.ts'
import { findRunning } from './preconditions.ts'
import { loadSecrets } from './secrets.ts'

/** What an operator's command works on: Kafka, and the databases of the services under their login role. */
export interface Operated {
  brokers: string[]
  security?: KafkaSecurity
  /** What the names of our consumer groups begin with. */
  groupPrefix?: string
  databaseUrl(service: ServiceName): string
}

const isService = (name: string): name is ServiceName => (services as readonly string[]).includes(name)

/** Arguments that the operators' commands share: `--service`, `--state-dir`, and words. */
export function readOperatorArguments(usage: Usage) {
  const { values, positionals } = readCommandLine(
    usage,
    { service: { type: 'string' }, 'state-dir': { type: 'string', default: defaultStateDir } },
    true,
  )
  const { service } = values
  if (service !== undefined && !isService(service)) throw stackFault('WRONG_ARGUMENTS', usage)
  return {
    stateDir: resolve(values['state-dir']),
    services: service === undefined ? [...services] : [service],
    words: positionals,
  }
}

/** The platform that the environment names (LINGHANG_KAFKA_BROKERS, LINGHANG_DATABASE_URL), or the one that runs here. */
export async function findOperated(stateDir: string): Promise<Operated> {
  const named = readOperated()
  if (named) {
    const { brokers, security, groupPrefix } = named
    return { brokers, security, groupPrefix, databaseUrl: service => named.databaseUrl.replace('{service}', service) }
  }
  const running = await findRunning(stateDir)
  if (!running?.kafkaBrokers || !running.postgres) {
    throw stackFault('NOT_RUNNING', {
      zh: '平台没有运行：请先 npm start，或设置 LINGHANG_KAFKA_BROKERS 和 LINGHANG_DATABASE_URL（其中 {service} 代表服务名）。',
      en: 'The platform does not run: npm start first, or set LINGHANG_KAFKA_BROKERS and LINGHANG_DATABASE_URL ({service} standing for the service).',
    })
  }
  const { loginPassword } = await loadSecrets(stateDir)
  return {
    brokers: running.kafkaBrokers.split(','),
    databaseUrl: service => `postgresql://linghang_login:${loginPassword}@${running.postgres}/${service}`,
  }
}

export const connectKafka = ({ brokers, security }: Operated) =>
  createKafka('operator', brokers, { warn: () => undefined }, security)

/** Runs `work` with one connection to a service's database, as that service's own bookkeeping does. */
export async function withService<T>(
  operated: Operated,
  service: ServiceName,
  work: (asService: ReturnType<typeof createAsService<RawTx>>) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(clientConfigOf(operated.databaseUrl(service)))
  await client.connect()
  const tx: RawTx = {
    $queryRawUnsafe: async <R>(sql: string, ...values: unknown[]) => (await client.query(sql, values)).rows as R,
    $executeRawUnsafe: async (sql, ...values) => (await client.query(sql, values)).rowCount ?? 0,
  }
  const asService = createAsService<RawTx>({
    async $transaction(inside) {
      await client.query('begin')
      try {
        const result = await inside(tx)
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    },
  })
  try {
    return await work(asService)
  } finally {
    await client.end()
  }
}

/** The county with this code. Only the org service knows codes. */
export async function findCounty(operated: Operated, code: string, usage: Usage): Promise<string> {
  const [county] = await withService(operated, 'org', asService =>
    asService(tx => tx.$queryRawUnsafe<{ id: string }[]>('select id from county where code = $1', code)),
  )
  if (county) return county.id
  throw stackFault('WRONG_ARGUMENTS', {
    zh: `没有代码为 ${code} 的县（市、区）。${usage.zh}`,
    en: `There is no county with the code ${code}. ${usage.en}`,
  })
}

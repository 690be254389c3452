import { join } from 'node:path'
import { generateClient, migrateDatabase, type PostgresServer } from '@linghang/devstack'
import { makeSchemaTypes } from '@linghang/subgraph/schema-types'
import pg from 'pg'
import { type ServiceName, services } from './processes.ts'

/** The role under which every service logs in; what it may do it gets by changing to narrower roles. */
const loginRole = 'linghang_login'

const setPassword = async (superuserUrl: string, password: string): Promise<void> => {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [loginRole])
    if (rowCount === 0) await client.query(`create role ${loginRole} login noinherit`)
    await client.query(`alter role ${loginRole} password ${client.escapeLiteral(password)}`)
  } finally {
    await client.end()
  }
}

/** Generates the Prisma clients and the types of the contracts that are missing or out of date. */
export const generateClients = async (root: string, report: (detail: string) => void): Promise<void> => {
  await Promise.all(
    services.map(async service => {
      const serviceDir = join(root, 'services', service)
      if (await generateClient(serviceDir)) report(`${service}: client generated`)
      if (await makeSchemaTypes(serviceDir)) report(`${service}: types of its contract made`)
    }),
  )
}

/**
 * Brings the five databases up to date and gives the login role its password.
 *
 * @throws MIGRATION_FAILED
 */
export const migrateAll = async (
  root: string,
  postgres: PostgresServer,
  loginPassword: string,
  report: (detail: string) => void,
): Promise<void> => {
  for (const service of services) {
    const migrationsDir = join(root, 'services', service, 'prisma', 'migrations')
    const applied = await migrateDatabase({ superuserUrl: postgres.superuserUrl, database: service, migrationsDir })
    if (applied.length > 0) report(`${service}: ${applied.length} migrations applied`)
  }
  await setPassword(postgres.superuserUrl, loginPassword)
}

/** URL of the login role on a service's database. */
export const loginUrl = (postgres: PostgresServer, service: ServiceName, password: string): string => {
  const url = new URL(postgres.urlOf(service))
  url.username = loginRole
  url.password = password
  return url.href
}

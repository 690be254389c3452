import { join } from 'node:path'
import { onServer } from './connection.ts'
import { migrateDatabase } from './migrate.ts'
import { type ServiceName, serviceDir, services } from './services.ts'

/** The role under which every service logs in; what it may do it gets by changing to narrower roles. */
const loginRole = 'linghang_login'

/** URL of the login role on a database, wherever `serverUrl` leads. */
export function loginUrl(serverUrl: string, database: string, password: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  url.username = loginRole
  url.password = password
  return url.href
}

/** Migrations make the role where they need it; a server whose services have none of them yet has it from here. */
const setPassword = (superuserUrl: string, password: string): Promise<void> =>
  onServer(superuserUrl, async client => {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [loginRole])
    if (rowCount === 0) await client.query(`create role ${loginRole} login noinherit`)
    await client.query(`alter role ${loginRole} password ${client.escapeLiteral(password)}`)
  })

/**
 * Brings the services' databases up to date, one after the other, and gives the login role its password. Run again, or
 * twice at a time, it changes nothing.
 *
 * @param options.superuserUrl a superuser on any database of the server
 * @param options.only those services alone
 * @param options.nameOf the database of a service; by default the service's name
 * @returns names of the migrations that were applied now, by service
 * @throws MIGRATION_FAILED with PostgreSQL's own message
 */
export async function migrateServices(options: {
  superuserUrl: string
  loginPassword: string
  only?: readonly ServiceName[]
  nameOf?: (service: ServiceName) => string
}): Promise<Map<ServiceName, string[]>> {
  const { superuserUrl, loginPassword, only = services, nameOf = (service: string) => service } = options
  const applied = new Map<ServiceName, string[]>()
  for (const service of only) {
    const migrationsDir = join(serviceDir(service), 'prisma', 'migrations')
    applied.set(service, await migrateDatabase({ superuserUrl, database: nameOf(service), migrationsDir }))
  }
  await setPassword(superuserUrl, loginPassword)
  return applied
}

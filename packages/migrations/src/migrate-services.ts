import { join } from 'node:path'
import { asOwner, prepareDatabase, prepareServer } from './administer.ts'
import { type MigrationLog, migrate } from './migrate.ts'
import { type ServiceName, serviceDir, services } from './services.ts'

/** The role under which every service logs in; what it may do it gets by changing to narrower roles. */
const loginRole = 'linghang_login'
/** Who owns the databases and migrates them, where nobody says otherwise. */
const ownerRole = 'linghang_owner'

/** URL of the login role on a database, wherever `serverUrl` leads. */
export function loginUrl(serverUrl: string, database: string, password: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  url.username = loginRole
  url.password = password
  return url.href
}

/** Where the migrations of a service lie. */
export const migrationsOf = (service: ServiceName): string => join(serviceDir(service), 'prisma', 'migrations')

/**
 * One database from nothing, or whatever there is, to today's: roles and the database as whoever administers the server,
 * its migrations as the owner, who is no superuser. Safe to call at the same time.
 *
 * @param options.superuserUrl whoever administers the server, on any database of it
 * @returns names of the migrations applied now
 * @throws a fault of this package
 */
export async function migrateDatabase(options: {
  superuserUrl: string
  database: string
  migrationsDir: string
  log?: MigrationLog
}): Promise<string[]> {
  const { superuserUrl, database, migrationsDir, log } = options
  await prepareServer(superuserUrl, { owner: ownerRole })
  await prepareDatabase(superuserUrl, { database, owner: ownerRole })
  return migrate({ url: asOwner(superuserUrl, database, ownerRole), migrationsDir, log })
}

/**
 * Brings the services' databases up to date, one after the other, and gives the login role its password: what `npm start`
 * and the tests do. A server of one's own has `main.ts`, which needs no more than the owner.
 *
 * @param options.superuserUrl whoever administers the server, on any database of it
 * @param options.only those services alone
 * @param options.nameOf the database of a service; by default the service's name
 * @returns names of the migrations that were applied now, by service
 * @throws a fault of this package, with PostgreSQL's own message
 */
export async function migrateServices(options: {
  superuserUrl: string
  loginPassword: string
  only?: readonly ServiceName[]
  nameOf?: (service: ServiceName) => string
}): Promise<Map<ServiceName, string[]>> {
  const { superuserUrl, loginPassword, only = services, nameOf = (service: string) => service } = options
  await prepareServer(superuserUrl, { owner: ownerRole, loginPassword })
  const applied = new Map<ServiceName, string[]>()
  for (const service of only) {
    const database = nameOf(service)
    await prepareDatabase(superuserUrl, { database, owner: ownerRole })
    const url = asOwner(superuserUrl, database, ownerRole)
    applied.set(service, await migrate({ url, migrationsDir: migrationsOf(service) }))
  }
  return applied
}

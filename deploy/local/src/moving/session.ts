import { clientConfigOf } from '@linghang/database'
import { stackFault } from '@linghang/devstack'
import { type ServiceName, services } from '@linghang/migrations'
import pg from 'pg'
import type { Cell } from './cell.ts'

const connectMs = 15_000

/** What a mover needs of a role: to see every row, every transaction, and to write rows as they were. */
const rightsAsked = `
  select r.rolsuper or r.rolbypassrls as rows,
    pg_has_role(current_user, 'pg_read_all_stats', 'usage') as transactions,
    r.rolsuper or has_parameter_privilege(current_user, 'session_replication_role', 'set') as triggers
  from pg_roles r where r.rolname = current_user`

/**
 * Works in one database of a cell, in which times and numbers are written alike everywhere.
 * @throws StackFault WRONG_ARGUMENTS where the role may not do what moving takes
 */
export async function inDatabase<T>(
  cell: Cell,
  service: ServiceName,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...clientConfigOf(cell.databaseUrl(service)), connectionTimeoutMillis: connectMs })
  // A connection that is cut fails the statement in hand.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(
      `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex'`,
    )
    const [rights] = (await client.query(rightsAsked)).rows
    if (!rights?.rows || !rights.transactions || !rights.triggers) throw lacksRights(service)
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The same in all databases of a cell, one after the other. */
export async function inEach<T>(
  cell: Cell,
  work: (client: pg.Client, service: ServiceName) => Promise<T>,
): Promise<T[]> {
  const results: T[] = []
  for (const service of services) results.push(await inDatabase(cell, service, client => work(client, service)))
  return results
}

/** All of it or nothing. */
export async function transaction<T>(client: pg.Client, begin: string, work: () => Promise<T>): Promise<T> {
  await client.query(begin)
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

const lacksRights = (service: ServiceName) =>
  stackFault('WRONG_ARGUMENTS', {
    zh: `数据库 ${service} 的登录角色权限不足：需要 BYPASSRLS、pg_read_all_data、pg_write_all_data、pg_read_all_stats，并可设置 session_replication_role（见运维手册“县（市、区）迁移”）。未作任何改动。`,
    en: `The role that logs in to ${service} may not do this: it takes BYPASSRLS, pg_read_all_data, pg_write_all_data, pg_read_all_stats and the right to set session_replication_role (operators’ page, “A county moves”). Nothing was done.`,
  })

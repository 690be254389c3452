import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { onServer } from './connection.ts'

const folder = join(import.meta.dirname, '../sql')

/** A file of `sql/` as psql would send it: its variables `:'name'` are set, quoted. */
const filled = async (file: string, variables: Record<string, string>): Promise<string> => {
  const text = await readFile(join(folder, file), 'utf8')
  return text.replace(/:'(\w+)'/g, (_, name: string) => {
    const value = variables[name]
    if (value === undefined) throw new Error(`${file} wants the variable ${name}`)
    return `'${value.replaceAll("'", "''")}'`
  })
}

const run = async (client: pg.Client, file: string, variables: Record<string, string>): Promise<void> => {
  await client.query(await filled(file, variables))
}

/** Roles of the server, as `sql/roles.sql` makes them. `loginPassword`: of linghang_login; without it, it stays. */
export const prepareServer = (
  adminUrl: string,
  { owner, loginPassword = '' }: { owner: string; loginPassword?: string },
): Promise<void> => onServer(adminUrl, client => run(client, 'roles.sql', { owner, login_password: loginPassword }))

/** A database for an owner: made where it is absent, and then what `sql/database.sql` does. */
export const prepareDatabase = async (
  adminUrl: string,
  { database, owner }: { database: string; owner: string },
): Promise<void> => {
  await onServer(adminUrl, async client => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (rowCount) return
    const name = client.escapeIdentifier(database)
    await client.query(`create database ${name} owner ${client.escapeIdentifier(owner)}`).catch((error: unknown) => {
      // Somebody else was faster.
      if (!['42P04', '23505'].includes(String((error as { code?: unknown }).code))) throw error
    })
  })
  await onServer(urlOf(adminUrl, database), client => run(client, 'database.sql', { owner }))
}

/** The same server, another database. */
const urlOf = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

/**
 * An administrator who works as the owner and may no more than the owner, without its password: for a laptop and for tests.
 */
export const asOwner = (adminUrl: string, database: string, owner: string): string => {
  const url = new URL(urlOf(adminUrl, database))
  url.searchParams.set('options', `-c role=${owner}`)
  return url.href
}

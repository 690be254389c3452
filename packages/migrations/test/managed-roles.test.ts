import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { type PostgresServer, removePostgresState, startPostgres } from '@linghang/devstack'
import pg from 'pg'
import { prepareServer } from '../src/index.ts'

jest.setTimeout(120_000)

type Role = { name: string; login: boolean; inherit: boolean; bypassrls: boolean; inRoles: string[] }
const managed = JSON.parse(readFileSync(join(import.meta.dirname, '../sql/managed-roles.json'), 'utf8')) as Role[]

/** As an operator makes each role: attributes, then membership in others with PostgreSQL's own defaults. */
const statementsOf = ({ name, login, inherit, bypassrls, inRoles }: Role): string[] => [
  `create role ${name} ${login ? 'login' : 'nologin'} ${inherit ? 'inherit' : 'noinherit'} ${bypassrls ? 'bypassrls' : 'nobypassrls'}`,
  ...inRoles.map(role => `grant ${role} to ${name}`),
]

const made = `select r.rolname, r.rolcanlogin, r.rolinherit, r.rolbypassrls, r.rolsuper, r.rolcreaterole,
    array(select m.roleid::regrole::text || m.inherit_option || m.set_option || m.admin_option from pg_auth_members m where m.member = r.oid order by 1) as of
  from pg_roles r where r.rolname ~ '^linghang_' order by 1`

/** A server of its own, since roles belong to a whole server. */
async function rolesAfter(make: (server: PostgresServer, client: pg.Client) => Promise<void>) {
  const stateDir = await mkdtemp(join(tmpdir(), 'linghang-roles-'))
  const server = await startPostgres({ stateDir, report: () => undefined })
  const client = new pg.Client({ connectionString: server.superuserUrl })
  try {
    await client.connect()
    await make(server, client)
    return (await client.query(made)).rows
  } finally {
    await client.end()
    await server.stop()
    await removePostgresState(stateDir)
  }
}

test('platform the roles that an operator is given as data are those that roles.sql makes', async () => {
  const byOperator = await rolesAfter(async (_, client) => {
    for (const statement of managed.flatMap(statementsOf)) await client.query(statement)
  })
  const byFile = await rolesAfter(async ({ superuserUrl }, client) => {
    await prepareServer(superuserUrl, { owner: 'linghang_owner' })
    // How the owner signs in is for whoever administers the server to say.
    await client.query('alter role linghang_owner login')
  })
  expect(byFile).toHaveLength(managed.length)
  expect(byOperator).toEqual(byFile)
})

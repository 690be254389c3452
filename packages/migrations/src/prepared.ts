import type pg from 'pg'
import { migrationFault } from './fault.ts'

const roles = ['linghang_login', 'linghang_county', 'linghang_scoped', 'linghang_city', 'linghang_service']
/** They pass row-level security; the owner gives functions to them, and replaces those later. */
const pastRows = ['linghang_paths', 'linghang_chain']

type Found = { missing: string[]; beyond: string[]; strange: string | null; own: boolean }

const found = async (client: pg.Client): Promise<Found> => {
  const { rows } = await client.query<Found>(
    `select array(select wanted from unnest($1::text[]) wanted where not exists (select from pg_roles where rolname = wanted)) as missing,
       array(select rolname::text from pg_roles where rolname = any ($2)
         and not (pg_has_role(current_user, oid, 'set') and pg_has_role(current_user, oid, 'usage'))) as beyond,
       (select c.oid::regclass || ' (' || pg_get_userbyid(c.relowner) || ')' from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not pg_has_role(current_user, c.relowner, 'usage')
           and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
         order by 1 limit 1) as strange,
       has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create') as own`,
    [[...roles, ...pastRows], pastRows],
  )
  return rows[0] as Found
}

/**
 * What whoever administers the server has to do beforehand, since the owner of a database cannot.
 *
 * @throws DATABASE_UNPREPARED with what is missing and the file that brings it
 */
export async function requirePrepared(client: pg.Client, database: string): Promise<void> {
  const { missing, beyond, strange, own } = await found(client)
  const refuse = (zh: string, en: string): never => {
    throw migrationFault('DATABASE_UNPREPARED', {
      zh: `数据库 ${database}：${zh}`,
      en: `Database ${database}: ${en}`,
    })
  }
  if (missing.length > 0)
    refuse(
      `缺少角色 ${missing.join('、')}。请服务器管理员先执行 packages/migrations/sql/roles.sql。`,
      `the roles ${missing.join(', ')} are missing. Have packages/migrations/sql/roles.sql run first by whoever administers the server.`,
    )
  if (beyond.length > 0)
    refuse(
      `迁移用户不能转为 ${beyond.join('、')}。请服务器管理员以该用户为 owner 执行 packages/migrations/sql/roles.sql。`,
      `who migrates may not become ${beyond.join(', ')}. Have packages/migrations/sql/roles.sql run with that user as owner.`,
    )
  if (!own || strange !== null)
    refuse(
      `迁移用户不是其所有者${strange === null ? '' : `：${strange}`}。请服务器管理员在该库中执行 packages/migrations/sql/database.sql。`,
      `who migrates does not own it${strange === null ? '' : `: ${strange}`}. Have packages/migrations/sql/database.sql run in it by whoever administers the server.`,
    )
}

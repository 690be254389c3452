import { DatabaseSync } from 'node:sqlite'
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

const schema = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  create table if not exists record (
    model text not null, id text not null, payload text not null, expires_at integer,
    uid text, grant_id text, user_code text,
    primary key (model, id)
  ) strict;
  create index if not exists record_grant on record (grant_id) where grant_id is not null;
  create index if not exists record_uid on record (uid) where uid is not null;
  create index if not exists record_expiry on record (expires_at) where expires_at is not null;
`

const nowSeconds = (): number => Math.floor(Date.now() / 1000)
const purgeEvery = 500

/**
 * Sessions, codes, grants and refresh tokens in a file, so that they outlive the process.
 *
 * @param path of the SQLite file
 * @param findClient metadata of an app, which live elsewhere
 */
export const createStorage = (
  path: string,
  findClient: (id: string) => Promise<AdapterPayload | undefined>,
): AdapterFactory => {
  const db = new DatabaseSync(path)
  db.exec(schema)
  const put = db.prepare('insert or replace into record values (?, ?, ?, ?, ?, ?, ?)')
  const byId = db.prepare('select payload, expires_at from record where model = ? and id = ?')
  const byUid = db.prepare('select payload, expires_at from record where model = ? and uid = ?')
  const byUserCode = db.prepare('select payload, expires_at from record where model = ? and user_code = ?')
  const remove = db.prepare('delete from record where model = ? and id = ?')
  const removeGrant = db.prepare('delete from record where grant_id = ?')
  const purge = db.prepare('delete from record where expires_at < ?')
  const consume = db.prepare(
    `update record set payload = json_set(payload, '$.consumed', ?) where model = ? and id = ?`,
  )
  let writes = 0

  const parse = (row: Record<string, unknown> | undefined): AdapterPayload | undefined => {
    if (!row || (typeof row.expires_at === 'number' && row.expires_at < nowSeconds())) return undefined
    return JSON.parse(String(row.payload)) as AdapterPayload
  }

  return (model: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      const expiresAt = expiresIn === undefined ? null : nowSeconds() + expiresIn
      const { uid = null, grantId = null, userCode = null } = payload
      put.run(model, id, JSON.stringify(payload), expiresAt, uid, grantId, userCode)
      writes += 1
      if (writes % purgeEvery === 1) purge.run(nowSeconds())
    },
    find: async id => (model === 'Client' ? findClient(id) : parse(byId.get(model, id))),
    findByUid: async uid => parse(byUid.get(model, uid)),
    findByUserCode: async code => parse(byUserCode.get(model, code)),
    consume: async id => void consume.run(nowSeconds(), model, id),
    destroy: async id => void remove.run(model, id),
    revokeByGrantId: async grantId => void removeGrant.run(grantId),
  })
}

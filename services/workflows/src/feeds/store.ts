import type { RawTx } from '@linghang/access'
import { toId } from '@linghang/subgraph'
import { entriesAtMost, type Feed, type FeedEntry, idsAtMost } from './feed.ts'

const columns = `id, county_id as "countyId", org_id as "orgId", account_id as "accountId", created_at as "createdAt", revoked_at as "revokedAt"`

export const feedStore = {
  async insert(tx: RawTx, feed: Omit<Feed, 'revokedAt'>, secretHash: Uint8Array): Promise<void> {
    const { id, countyId, orgId, accountId, createdAt } = feed
    await tx.$executeRawUnsafe(
      `insert into calendar_feed (id, county_id, org_id, account_id, secret_hash, created_at)
       values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6::timestamptz)`,
      ...[id, countyId, orgId, accountId, secretHash, createdAt],
    )
  },

  /** The account's feeds that are not revoked, the newest first; row-level security keeps others' out as well. */
  async ofAccount(tx: RawTx, accountId: string): Promise<Feed[]> {
    return tx.$queryRawUnsafe<Feed[]>(
      `select ${columns} from calendar_feed where account_id = $1::uuid and revoked_at is null order by id desc`,
      accountId,
    )
  },

  /** The same, while nobody else makes one for the account: as many as are counted here there are when one is added. */
  async lockOfAccount(tx: RawTx, accountId: string): Promise<Feed[]> {
    await tx.$queryRawUnsafe(
      `select pg_advisory_xact_lock(hashtextextended($1, 0))::text`,
      `calendar-feeds/${accountId}`,
    )
    return this.ofAccount(tx, accountId)
  },

  async revoke(tx: RawTx, id: string, accountId: string, now: Date): Promise<Feed | null> {
    const [row] = await tx.$queryRawUnsafe<Feed[]>(
      `update calendar_feed set revoked_at = coalesce(revoked_at, $3::timestamptz) where id = $1::uuid and account_id = $2::uuid returning ${columns}`,
      ...[id, accountId, now],
    )
    return row ?? null
  },

  async bySecret(tx: RawTx, secretHash: Uint8Array): Promise<Feed | null> {
    const [row] = await tx.$queryRawUnsafe<Feed[]>(
      `select ${columns} from calendar_feed where secret_hash = $1 and revoked_at is null`,
      secretHash,
    )
    return row ?? null
  },

  /** What is open at and below an organisation between two days, by day and rule. */
  async entries(tx: RawTx, orgId: string, from: string, until: string): Promise<FeedEntry[]> {
    const rows = await tx.$queryRawUnsafe<(Omit<FeedEntry, 'count' | 'deadlineIds'> & { n: bigint; ids: string[] })[]>(
      `select rule, due_on::text as "dueOn", nature, min(article) as article, min(source) as source, count(*) as n,
         (array_agg(id::text order by id))[1:${idsAtMost}] as ids,
         uuid_extract_timestamp((array_agg(id order by id desc))[1]) as "changedAt"
       from deadline where org_id = any ((select app.orgs_under('{' || $1 || '}'))::uuid[]) and closed_at is null
         and due_on between $2::date and $3::date
       group by due_on, rule, nature order by due_on, rule, nature limit ${entriesAtMost}`,
      ...[orgId, from, until],
    )
    return rows.map(({ n, ids, ...row }) => ({
      ...row,
      count: Number(n),
      deadlineIds: ids.map(id => toId('Deadline', id)),
    }))
  },
}

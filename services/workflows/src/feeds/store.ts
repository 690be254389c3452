import type { RawTx } from '@linghang/access'
import { toId } from '@linghang/subgraph'
import { sql } from 'kysely'
import { sqlOf } from '../work.ts'
import { entriesAtMost, type Feed, type FeedEntry, idsAtMost } from './feed.ts'

const columns = ['id', 'countyId', 'orgId', 'accountId', 'createdAt', 'revokedAt'] as const

const workingOnes = (tx: RawTx) => sqlOf(tx).selectFrom('calendarFeed').select(columns).where('revokedAt', 'is', null)

export const feedStore = {
  async insert(tx: RawTx, feed: Omit<Feed, 'revokedAt'>, secretHash: Uint8Array): Promise<void> {
    const { id, countyId, orgId, accountId, createdAt } = feed
    await sqlOf(tx)
      .insertInto('calendarFeed')
      .values({ id, countyId, orgId, accountId, secretHash, createdAt })
      .execute()
  },

  /** The account's feeds that are not revoked, the newest first; row-level security keeps others' out as well. */
  ofAccount: (tx: RawTx, accountId: string): Promise<Feed[]> =>
    workingOnes(tx).where('accountId', '=', accountId).orderBy('id', 'desc').execute(),

  /** The same, while nobody else makes one for the account: as many as are counted here there are when one is added. */
  async lockOfAccount(tx: RawTx, accountId: string): Promise<Feed[]> {
    const name = `calendar-feeds/${accountId}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`.execute(sqlOf(tx))
    return feedStore.ofAccount(tx, accountId)
  },

  async revoke(tx: RawTx, id: string, accountId: string, now: Date): Promise<Feed | null> {
    const revoked = await sqlOf(tx)
      .updateTable('calendarFeed')
      .set(({ fn, val }) => ({ revokedAt: fn.coalesce('revokedAt', val(now)) }))
      .where('id', '=', id)
      .where('accountId', '=', accountId)
      .returning(columns)
      .executeTakeFirst()
    return revoked ?? null
  },

  bySecret: async (tx: RawTx, secretHash: Uint8Array): Promise<Feed | null> =>
    (await workingOnes(tx).where('secretHash', '=', secretHash).executeTakeFirst()) ?? null,

  /** What is open at and below an organisation between two days, by day and rule. */
  async entries(tx: RawTx, orgId: string, from: string, until: string): Promise<FeedEntry[]> {
    const rows = await sqlOf(tx)
      .selectFrom('deadline')
      .select(({ fn, cast }) => [
        ...(['rule', 'dueOn', 'nature'] as const),
        fn.min('article').as('article'),
        fn.min('source').as('source'),
        cast<number>(fn.countAll(), 'integer').as('count'),
        sql<string[]>`(array_agg(id::text order by id))[1:${sql.lit(idsAtMost)}]`.as('ids'),
        sql<Date>`uuid_extract_timestamp((array_agg(id order by id desc))[1])`.as('changedAt'),
      ])
      .where('orgId', '=', sql<string>`any ((select app.orgs_under('{' || ${orgId}::text || '}'))::uuid[])`)
      .where('closedAt', 'is', null)
      .where(({ between }) => between('dueOn', from, until))
      .groupBy(['dueOn', 'rule', 'nature'])
      .orderBy('dueOn')
      .orderBy('rule')
      .orderBy('nature')
      .limit(sql.lit(entriesAtMost))
      .execute()
    return rows.map(({ ids, ...row }) => ({ ...row, deadlineIds: ids.map(id => toId('Deadline', id)) }))
  },
}

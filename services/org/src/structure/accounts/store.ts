import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Account } from './account.ts'

const columns = [...(['id', 'kind', 'issuer', 'subject', 'memberId', 'orgId', 'confirmedAt', 'releasedAt'] as const)]

export const accountStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Account[]> =>
    sqlOf(tx)
      .selectFrom('account')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async bySubject(tx: Tx, issuer: string, subject: string): Promise<(Account & { countyId: string }) | null> {
    const account = await sqlOf(tx)
      .selectFrom('account')
      .select([...columns, 'countyId'])
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .where('confirmedAt', 'is not', null)
      .where('releasedAt', 'is', null)
      .executeTakeFirst()
    return account ?? null
  },

  insert: (tx: Tx, account: Account & { countyId: string }): Promise<Account> =>
    sqlOf(tx).insertInto('account').values(account).returning(columns).executeTakeFirstOrThrow(),

  async lock(tx: Tx, countyId: string, id: string): Promise<Account | null> {
    const own = sqlOf(tx).selectFrom('account').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    // Whoever may read it but not write it has locked nothing, and still is to be told so.
    return (await own.select(columns).executeTakeFirst()) ?? null
  },

  async confirm(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.account.update({ where: { id }, data: { confirmedAt: now } })
  },

  async release(tx: Tx, id: string, now: Date, releaseReason: string): Promise<void> {
    await tx.account.update({ where: { id }, data: { releasedAt: now, releaseReason } })
  },
}

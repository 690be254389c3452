import type { Tx } from '../work.ts'
import type { Account, AccountKind } from './account.ts'

type Row = NonNullable<Awaited<ReturnType<Tx['account']['findFirst']>>>

const toAccount = (row: Row): Account => ({
  id: row.id,
  kind: row.kind as AccountKind,
  issuer: row.issuer,
  subject: row.subject,
  memberId: row.memberId,
  orgId: row.orgId,
  confirmedAt: row.confirmedAt,
  releasedAt: row.releasedAt,
})

export const accountStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Account[]> {
    return (await tx.account.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toAccount)
  },
  async bySubject(tx: Tx, issuer: string, subject: string): Promise<(Account & { countyId: string }) | null> {
    const row = await tx.account.findFirst({
      where: { issuer, subject, confirmedAt: { not: null }, releasedAt: null },
    })
    return row && { ...toAccount(row), countyId: row.countyId }
  },
  async insert(tx: Tx, account: Account & { countyId: string }): Promise<Account> {
    return toAccount(await tx.account.create({ data: account }))
  },
  async lock(tx: Tx, countyId: string, id: string): Promise<Account | null> {
    await tx.$queryRaw`select 1 from account where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    const row = await tx.account.findFirst({ where: { id, countyId } })
    return row && toAccount(row)
  },
  async confirm(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.account.update({ where: { id }, data: { confirmedAt: now } })
  },
  async release(tx: Tx, id: string, now: Date, releaseReason: string): Promise<void> {
    await tx.account.update({ where: { id }, data: { releasedAt: now, releaseReason } })
  },
}

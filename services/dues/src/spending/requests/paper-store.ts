import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { VoucherPaper } from './voucher-paper.ts'

const keys = [
  ...(['id', 'orgId', 'voucherId', 'fileName', 'mediaType', 'bytes', 'sha256', 'objectKey', 'filedAt'] as const),
]

export const paperStore = {
  /** The paper that counts, of each voucher that has one. */
  async ofVouchers(tx: Tx, countyId: string, voucherIds: readonly string[]): Promise<Map<string, VoucherPaper>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesVoucherPaper')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('voucherId', '=', anyOf(voucherIds))
      .where('replacedAt', 'is', null)
      .execute()
    return new Map(
      rows.map(row => [
        row.voucherId,
        { ...row, bytes: Number(row.bytes), sha256: Buffer.from(row.sha256).toString('hex') },
      ]),
    )
  },

  async countOf(tx: Tx, voucherId: string): Promise<number> {
    const { n } = await sqlOf(tx)
      .selectFrom('duesVoucherPaper')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where('voucherId', '=', voucherId)
      .executeTakeFirstOrThrow()
    return Number(n)
  },

  async beginObject(tx: Tx, countyId: string, key: string, begunAt: Date): Promise<void> {
    await sqlOf(tx).insertInto('duesPaperObject').values({ key, countyId, begunAt }).execute()
  },

  /** Files a paper in the place of the one before it; its object has its row and is no orphan any more. */
  async file(
    tx: Tx,
    countyId: string,
    { bytes, sha256, ...paper }: VoucherPaper,
    filedBy: string | null,
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('duesVoucherPaper')
      .set({ replacedAt: paper.filedAt })
      .where('voucherId', '=', paper.voucherId)
      .where('replacedAt', 'is', null)
      .execute()
    await sqlOf(tx)
      .insertInto('duesVoucherPaper')
      .values({ ...paper, countyId, filedBy, bytes: BigInt(bytes), sha256: Buffer.from(sha256, 'hex') })
      .execute()
    await paperStore.forgetObject(tx, paper.objectKey)
  },

  /** Objects that were begun before `before` and never got their row. */
  async orphans(tx: Tx, before: Date, limit: number): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('duesPaperObject')
      .select('key')
      .where('begunAt', '<', before)
      .orderBy('begunAt')
      .limit(limit)
      .execute()
    return rows.map(({ key }) => key)
  },

  async forgetObject(tx: Tx, key: string): Promise<void> {
    await sqlOf(tx).deleteFrom('duesPaperObject').where('key', '=', key).execute()
  },
}

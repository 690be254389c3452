import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { writtenNumber } from './receipt.ts'
import { receiptStore } from './store.ts'

/**
 * Voids a receipt (作废), by whoever keeps the books: its number is never given out again, its payments may have another.
 * @returns the receipt's id
 * @throws DomainError NOT_FOUND, BAD_INPUT without a reason, RECEIPT_VOIDED_ALREADY
 */
export const voidReceipt = useCase(
  'voidDuesReceipt',
  async (work, { id, reason }: { id: string; reason: string }): Promise<string> => {
    const { tx, actor, now } = work
    await receiptStore.hold(tx, actor.countyId, id)
    const [receipt] = await receiptStore.byIds(tx, actor.countyId, [id])
    if (!receipt || !(await work.supervision.keptBooks([receipt.orgId])).has(receipt.orgId))
      return fail('NOT_FOUND', { what: `DuesReceipt:${id}` })
    const voidReason = requireReason(reason)
    if (receipt.voidedAt !== null) fail('RECEIPT_VOIDED_ALREADY', { number: writtenNumber(receipt) })
    await receiptStore.void(tx, id, { voidedAt: now, voidedBy: actor.accountId, voidReason })
    const subject = { subjectType: 'DuesReceipt', subjectId: id }
    await recordAudit(work, [{ orgId: receipt.orgId, action: 'dues-receipt.voided', ...subject }])
    return id
  },
  { rights: 'COUNTY' },
)

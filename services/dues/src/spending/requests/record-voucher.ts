import { recordAudit, whenTaken } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { requirePast } from '../../ledger/accounts/past-day.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { holdOwnSpending, requireState } from './hold-spending.ts'
import { from } from './spending.ts'
import { readVoucherNumber, vouchersAtMost } from './voucher.ts'
import { voucherStore } from './voucher-store.ts'

export type RecordVoucher = { id: string; number: string; issuer: string; issuedOn: string; amountFen: bigint }

/**
 * Records an invoice or a receipt for a request that was approved. One counts once in the whole county: nothing is paid for
 * twice with the same paper.
 * @returns the voucher's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR, BAD_INPUT, TOO_MANY_VOUCHERS, VOUCHER_USED
 */
export const recordVoucher = useCase(
  'recordSpendingVoucher',
  async (work, { id, number, issuer, issuedOn, amountFen }: RecordVoucher): Promise<string> => {
    const { tx, actor, now } = work
    const spending = await holdOwnSpending(work, id)
    requireState(spending, from.settle)
    const read = readVoucherNumber(number)
    if (read === null)
      return fail('BAD_INPUT', {
        ...{ field: 'number', found: `${Array.from(number).length}` },
        ...{ wanted: '1 to 40 letters, digits, hyphens', wantedZh: '1 至 40 位字母、数字、连字符' },
      })
    requirePast(work, 'issuedOn', issuedOn)
    const { orgId } = spending
    const recorded = await voucherStore.ofSpendings(tx, actor.countyId, [id])
    if (recorded.length >= vouchersAtMost) fail('TOO_MANY_VOUCHERS', { limit: vouchersAtMost })
    const voucher = { id: work.newId(), orgId, spendingId: id, number: read, issuedOn }
    await voucherStore
      .insert(tx, {
        ...{ ...voucher, issuer: requireReason(issuer.normalize('NFKC'), 'issuer', 100) },
        ...{ amountFen: requireAmount(amountFen), countyId: actor.countyId, recordedBy: actor.accountId },
        recordedAt: now,
      })
      .catch(whenTaken(() => fail('VOUCHER_USED', { number: read })))
    await recordAudit(work, [{ orgId, action: 'dues-voucher.recorded', subjectType: 'DuesSpending', subjectId: id }])
    return voucher.id
  },
  { rights: 'COUNTY' },
)

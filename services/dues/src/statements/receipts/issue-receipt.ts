import { recordAudit, whenTaken } from '@linghang/access'
import type { Payment } from '../../billing/payments/payment.ts'
import { paymentStore } from '../../billing/payments/store.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { linesOf, type Receipt, writtenNumber } from './receipt.ts'
import { receiptStore } from './store.ts'

const mostPayments = 100
const mostDays = 366

/** For one payment, or for all of a member's that were received between two days and have none. */
export type IssueReceipt = { paymentId: string } | { memberId: string; orgId: string; from: string; until: string }

/** @throws DomainError BAD_INPUT for a time that ends before it begins, or of more than a year */
function requirePeriod({ from, until }: { from: string; until: string }): void {
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000
  if (days < 0 || days >= mostDays)
    fail('BAD_INPUT', {
      ...{ field: 'until', found: until },
      ...{ wanted: `1 to ${mostDays} days from ${from}`, wantedZh: `自 ${from} 起 1 至 ${mostDays} 天` },
    })
}

/** The payments for which it is, held: who takes one back or issues for it at once waits, and finds what was done. */
async function holdPayments(work: Work, wanted: IssueReceipt): Promise<Payment[]> {
  const { tx, actor } = work
  if ('paymentId' in wanted) {
    const held = await paymentStore.hold(tx, actor.countyId, [wanted.paymentId])
    const [payment] = held
    if (!payment || !(await work.supervision.keptBooks([payment.orgId])).has(payment.orgId))
      return fail('NOT_FOUND', { what: `DuesPayment:${wanted.paymentId}` })
    return held
  }
  const { memberId, orgId, from, until } = wanted
  if (!(await work.supervision.keptBooks([orgId])).has(orgId)) return fail('NOT_FOUND', { what: `Member:${memberId}` })
  requirePeriod(wanted)
  const ids = await receiptStore.withoutReceipt(tx, wanted, mostPayments + 1)
  if (ids.length === 0) fail('RECEIPT_NOTHING_RECEIVED', { from, until })
  if (ids.length > mostPayments) fail('RECEIPT_TOO_MANY_PAYMENTS', { limit: mostPayments })
  return paymentStore.hold(tx, actor.countyId, ids)
}

/**
 * Whose receipt it is: the organisation's that received it; of a large due the committee's that takes it for the centre (art. 11).
 * @throws DomainError FORBIDDEN for whoever does not keep the books of that committee
 */
async function issuerOf(work: Work, { kind, orgId, keeperId }: Payment): Promise<string> {
  if (kind === 'DUES') return orgId
  const keeper = await keptAccount(work, keeperId)
  return (
    keeper?.orgId ??
    fail('FORBIDDEN', {
      wanted: 'whoever keeps the books of the committee that takes it for the centre',
      wantedZh: '代收该款的党组织的会计、出纳、书记、管理员',
    })
  )
}

/**
 * Issues a receipt for dues, by whoever keeps the books: the next number of the organisation in this year, none left out. For
 * payments that are confirmed and have no good receipt. For a large due by the committee that takes it for the centre.
 * @returns the receipt's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, RECEIPT_NOT_DUE, RECEIPT_ISSUED_ALREADY, RECEIPT_NOTHING_RECEIVED, RECEIPT_TOO_MANY_PAYMENTS
 */
export const issueReceipt = useCase(
  'issueDuesReceipt',
  async (work, wanted: IssueReceipt): Promise<string> => {
    const { tx, actor, now, today } = work
    const payments = await holdPayments(work, wanted)
    const ids = payments.map(({ id }) => id)
    for (const { state } of payments) if (state !== 'CONFIRMED') fail('RECEIPT_NOT_DUE', { found: state })
    const refuse = (number: string) => fail('RECEIPT_ISSUED_ALREADY', { number })
    const [issued] = await receiptStore.goodOf(tx, ids)
    if (issued) refuse(writtenNumber(issued))
    const [first] = payments as [Payment]
    const { memberId, kind } = first
    const orgId = await issuerOf(work, first)
    const shares = await paymentStore.sharesOf(tx, ids)
    const organisation = await accountStore.organisation(tx, actor.countyId, orgId)
    const days = payments.map(({ receivedOn }) => receivedOn).toSorted()
    const year = Number(today.slice(0, 4))
    const receipt: Receipt = {
      ...{ id: work.newId(), orgId, memberId, year, kind },
      number: await receiptStore.nextNumber(tx, actor.countyId, orgId, year),
      orgName: organisation?.name ?? '',
      amountFen: payments.reduce((sum, { amountFen }) => sum + amountFen, 0n),
      ...{ fromOn: days[0] as string, untilOn: days.at(-1) as string },
      ...{ issuedOn: today, issuedAt: now, issuedBy: actor.accountId },
      ...{ voidedAt: null, voidReason: null, takenBack: false },
    }
    const lines = linesOf(payments.map(payment => ({ ...payment, shares: shares.get(payment.id) ?? [] })))
    await receiptStore.insert(tx, actor.countyId, receipt, ids, lines).catch(whenTaken(() => refuse('')))
    const subject = { subjectType: 'DuesReceipt', subjectId: receipt.id }
    await recordAudit(work, [{ orgId, action: 'dues-receipt.issued', ...subject }])
    return receipt.id
  },
  { rights: 'COUNTY' },
)

import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { keptAccount, recordIncome } from '../../ledger/journals/record-income.ts'
import { useCase, type Work } from '../../work.ts'
import { confirmPayments } from '../payments/confirm-payments.ts'
import { depositCash } from '../payments/deposit-cash.ts'
import { paymentStore } from '../payments/store.ts'
import { confirmSettlement } from '../reconciliation/work-off.ts'
import type { BankLine, LineState } from './bank-line.ts'
import { fail } from './errors.ts'
import type { LineKind } from './propose.ts'
import { bankStore } from './store.ts'

/** @throws DomainError NOT_FOUND for whoever does not keep its books, BANK_LINE_ENDED */
async function holdOpen(work: Work, id: string): Promise<BankLine> {
  const line = await bankStore.hold(work.tx, work.actor.countyId, id)
  if (!line || !(await keptAccount(work, line.keeperId))) return fail('NOT_FOUND', { what: `DuesBankLine:${id}` })
  if (line.state !== 'OPEN') fail('BANK_LINE_ENDED', { found: line.state })
  return line
}

const end = async (
  work: Work,
  { id, orgId }: BankLine,
  how: { state: LineState; endedAs: LineKind | null; whyRejected: string | null },
): Promise<string> => {
  await bankStore.end(work.tx, id, { ...how, endedAt: work.now, endedBy: work.actor.accountId })
  const action = `bank-line.${how.state.toLowerCase()}`
  await recordAudit(work, [{ orgId, action, subjectType: 'DuesBankLine', subjectId: id }])
  return id
}

/** What is posted for a line that is this. @throws DomainError BANK_LINE_NOT_THAT, and what the posting refuses */
async function bookAs(work: Work, line: BankLine, kind: LineKind, thingId: string | null): Promise<void> {
  const { id, keeperId, orgId, amountFen, bookedOn } = line
  const note = `银行对账单 ${bookedOn}`
  if (amountFen <= 0n) return fail('BANK_LINE_NOT_THAT', { found: `${amountFen}` })
  if (kind === 'CASH_DEPOSIT') {
    await depositCash.run(work, { keeperId, amountFen, countsOn: bookedOn, note })
    return
  }
  if (kind === 'INTEREST') {
    await recordIncome.run(work, { orgId, reason: 'INTEREST', amountFen, countsOn: bookedOn, note, corrects: null })
    return
  }
  if (thingId === null) return fail('BANK_LINE_NOT_THAT', { found: kind })
  if (kind === 'SETTLEMENT') {
    const posted = await confirmSettlement.run(work, { id: thingId, amountFen, bankedOn: bookedOn, note })
    if (!posted) fail('BANK_LINE_NOT_THAT', { found: `${amountFen}` })
    return
  }
  const [payment] = await paymentStore.byIds(work.tx, work.actor.countyId, [thingId])
  if (payment?.keeperId !== keeperId || payment.way !== 'BANK' || payment.amountFen !== amountFen)
    return fail('BANK_LINE_NOT_THAT', { found: id })
  await confirmPayments.run(work, { ids: [thingId] })
}

/**
 * Says what a line of the statement is, and posts that: what was proposed, or something else that the person names.
 * @returns the line's id
 * @throws DomainError NOT_FOUND, BANK_LINE_ENDED, BANK_LINE_NOT_THAT, and what the posting refuses
 */
export const confirmBankLine = useCase(
  'confirmBankLine',
  async (work, { id, as, thingId }: { id: string; as: LineKind | null; thingId: string | null }): Promise<string> => {
    const line = await holdOpen(work, id)
    const kind = as ?? line.proposedAs
    if (kind === null) return fail('BANK_LINE_NOT_THAT', { found: '-' })
    await bookAs(work, line, kind, thingId ?? (kind === line.proposedAs ? line.proposedId : null))
    return end(work, line, { state: 'CONFIRMED', endedAs: kind, whyRejected: null })
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

/**
 * Says that nothing is to be posted for a line, and why: it is in the books by another way.
 * @returns the line's id
 * @throws DomainError NOT_FOUND, BANK_LINE_ENDED, BAD_INPUT without a reason
 */
export const rejectBankLine = useCase(
  'rejectBankLine',
  async (work, { id, reason }: { id: string; reason: string }): Promise<string> => {
    const line = await holdOpen(work, id)
    return end(work, line, { state: 'REJECTED', endedAs: null, whyRejected: requireReason(reason) })
  },
  { rights: 'COUNTY' },
)

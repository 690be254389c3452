import { recordAudit } from '@linghang/access'
import { isLargeDue } from '@linghang/rulebook'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Work } from '../../work.ts'
import { followArrears } from '../arrears/follow-arrears.ts'
import { followBills } from '../bills/follow-bills.ts'
import { standingStore } from '../bills/standing-store.ts'
import { tellBills } from '../bills/tell-bills.ts'
import { closeReminders } from '../reminders/follow-reminders.ts'
import { bookLarge, unbookLarge } from './book-large.ts'
import { fail } from './errors.ts'
import { type Payment, type Share, shareOver } from './payment.ts'
import { postReceived } from './post-received.ts'
import { paymentStore } from './store.ts'

async function pay(work: Work, payment: Payment, shares: readonly Share[], on: string): Promise<void> {
  if (shares.length === 0) return
  await paymentStore.insertShares(work, payment, shares)
  await tellBills(work, await paymentStore.pay(work.tx, shares, on))
}

/**
 * Books payments: each pays the oldest open months of its member at its organisation, what is more is kept or given as it
 * says, and a journal has it as the organisation's and where the money lies; a large due is the centre's. It counts for the day on which it was received,
 * for today where the month of that day is closed. All in this transaction, the members' bills held.
 * @param noteOf what its journal says
 * @throws DomainError DUES_OVERPAID, LARGE_DUES, LARGE_DUES_OWES_FIRST, LEDGER_DAY_REFUSED
 */
export async function bookPayments(
  work: Work,
  payments: readonly Payment[],
  confirmedBy: string | null,
  noteOf: (payment: Payment) => string,
): Promise<void> {
  const { tx, actor } = work
  const memberIds = [...new Set(payments.map(({ memberId }) => memberId))]
  await standingStore.hold(tx, memberIds)
  // What was decided since the last night counts: a waiver, a move, a month that has come.
  await followBills(work, await standingStore.ofMembers(tx, actor.countyId, memberIds), work.today)
  for (const payment of payments) await book(work, payment, { confirmedBy, note: noteOf(payment) })
  await followArrears(work, memberIds)
  await closeReminders(work, memberIds)
  await recordAudit(
    work,
    payments.map(({ id, orgId }) => ({
      ...{ orgId, action: 'dues-payment.confirmed', subjectType: 'DuesPayment', subjectId: id },
    })),
  )
}

async function book(work: Work, payment: Payment, at: { confirmedBy: string | null; note: string }): Promise<void> {
  const { tx, actor } = work
  const open = await paymentStore.openOf(tx, payment.memberId, payment.orgId)
  const { shares, restFen } = shareOver(payment.amountFen, open)
  if (payment.kind === 'LARGE') return bookLarge(work, payment, open, at)
  if (restFen > 0n && payment.rest === null)
    fail('DUES_OVERPAID', { open: `${payment.amountFen - restFen}`, found: `${payment.amountFen}` })
  if (isLargeDue(restFen) && payment.rest === 'VOLUNTARY') fail('LARGE_DUES', { found: `${restFen}` })
  const [keeper] = await accountStore.realByIds(tx, actor.countyId, [payment.keeperId])
  const { amountFen } = payment
  const said = { from: 'DUES', reason: 'DUES_PAID', note: at.note } as const
  const journalId = await postReceived(work, keeper as RealAccount, payment, said)
  const booked = {
    ...{ state: 'CONFIRMED' as const, journalId, duesFen: amountFen - restFen },
    ...{
      advanceFen: payment.rest === 'ADVANCE' ? restFen : 0n,
      voluntaryFen: payment.rest === 'VOLUNTARY' ? restFen : 0n,
    },
    ...{ confirmedBy: at.confirmedBy, confirmedAt: work.now },
  }
  await paymentStore.change(tx, payment.id, booked)
  await pay(work, payment, shares, payment.receivedOn)
}

/** What was paid ahead pays the months that have come; the day on which it was received is before all of them. */
export async function useAdvance(work: Work, held: Payment): Promise<void> {
  if (held.state !== 'CONFIRMED' || held.advanceFen === 0n) return
  const open = await paymentStore.openOf(work.tx, held.memberId, held.orgId)
  const { shares, restFen } = shareOver(held.advanceFen, open)
  const change = { advanceFen: restFen, duesFen: held.duesFen + held.advanceFen - restFen }
  await paymentStore.change(work.tx, held.id, change)
  await pay(work, held, shares, held.receivedOn)
}

/**
 * Takes a booked payment back: what it paid of bills is open again; its journal is turned round by whoever calls.
 * @throws DomainError LARGE_DUES_PASSED_UP for a large due that is elsewhere by now
 */
export async function unbookPayment(work: Work, held: Payment, why: string): Promise<void> {
  await standingStore.hold(work.tx, [held.memberId])
  if (held.kind === 'LARGE') return unbookLarge(work, held, why)
  const shares = (await paymentStore.sharesOf(work.tx, [held.id])).get(held.id) ?? []
  const back = shares.map(({ billId, amountFen }) => ({ billId, amountFen: -amountFen }))
  await pay(work, held, back, work.today)
  await followArrears(work, [held.memberId])
}

import { recordAudit } from '@linghang/access'
import { DomainError } from '@linghang/subgraph/errors'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { NewJournal } from '../../ledger/journals/journal.ts'
import { post } from '../../ledger/journals/post.ts'
import type { Work } from '../../work.ts'
import { followArrears } from '../arrears/follow-arrears.ts'
import { followBills } from '../bills/follow-bills.ts'
import { standingStore } from '../bills/standing-store.ts'
import { tellBills } from '../bills/tell-bills.ts'
import { fail } from './errors.ts'
import { largeFen, type Payment, type PaymentWay, type Share, shareOver } from './payment.ts'
import { paymentStore } from './store.ts'

const transits: Readonly<Record<PaymentWay, 'CASH' | 'PROVIDER' | null>> = {
  CASH: 'CASH',
  BANK: null,
  ONLINE: 'PROVIDER',
}

async function pay(work: Work, payment: Payment, shares: readonly Share[], on: string): Promise<void> {
  if (shares.length === 0) return
  await paymentStore.insertShares(work, payment, shares)
  await tellBills(work, await paymentStore.pay(work.tx, shares, on))
}

/** What came on a day whose month is closed meanwhile counts for today. */
const postOn = (work: Work, keeper: RealAccount, on: string, journal: Omit<NewJournal, 'countsOn'>): Promise<string> =>
  post(work, keeper, { ...journal, countsOn: on }).catch(error => {
    if (!(error instanceof DomainError) || error.code !== 'LEDGER_DAY_REFUSED') throw error
    return post(work, keeper, { ...journal, countsOn: work.today })
  })

/**
 * Books a payment: it pays the oldest open months of its member at its organisation, what is more is kept or given as it
 * says, and a journal has it as the organisation's and where the money lies. All in this transaction, the member's bills held.
 * @param at who confirms it, and for which day it counts; today where that lies in a closed month
 * @throws DomainError DUES_OVERPAID, LARGE_DUES, LEDGER_DAY_REFUSED
 */
export async function bookPayment(
  work: Work,
  payment: Payment,
  at: { confirmedBy: string | null; countsOn: string; note: string },
): Promise<Payment> {
  const { tx, actor } = work
  await standingStore.hold(tx, [payment.memberId])
  // What was decided since the last night counts: a waiver, a move, a month that has come.
  await followBills(work, await standingStore.ofMembers(tx, actor.countyId, [payment.memberId]), work.today)
  const open = await paymentStore.openOf(tx, payment.memberId, payment.orgId)
  const { shares, restFen } = shareOver(payment.amountFen, open)
  if (restFen > 0n && payment.rest === null)
    fail('DUES_OVERPAID', { open: `${payment.amountFen - restFen}`, found: `${payment.amountFen}` })
  if (restFen >= largeFen && payment.rest === 'VOLUNTARY') fail('LARGE_DUES', { found: `${restFen}` })
  const [keeper] = await accountStore.realByIds(tx, actor.countyId, [payment.keeperId])
  const transit = transits[payment.way]
  const placeOf = await accountStore.placesOf(tx, payment.keeperId)
  const { amountFen } = payment
  const journalId = await postOn(work, keeper as RealAccount, at.countsOn, {
    ...{ keeperId: payment.keeperId, reason: 'DUES_PAID', note: at.note },
    entries: [
      { accountId: placeOf('OUTSIDE', 'DUES'), amountFen: -amountFen },
      { accountId: payment.accountId, amountFen },
      { accountId: placeOf('ELSEWHERE'), amountFen: -amountFen },
      { accountId: transit === null ? payment.keeperId : placeOf('TRANSIT', transit), amountFen },
    ],
  })
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
  await followArrears(work, [payment.memberId])
  const subject = { subjectType: 'DuesPayment', subjectId: payment.id }
  await recordAudit(work, [{ orgId: payment.orgId, action: 'dues-payment.confirmed', ...subject }])
  return { ...payment, ...booked }
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

/** Takes a booked payment back: the journal turned round, and what it paid of bills open again. */
export async function unbookPayment(work: Work, held: Payment): Promise<void> {
  await standingStore.hold(work.tx, [held.memberId])
  const shares = (await paymentStore.sharesOf(work.tx, [held.id])).get(held.id) ?? []
  const back = shares.map(({ billId, amountFen }) => ({ billId, amountFen: -amountFen }))
  await pay(work, held, back, work.today)
  await followArrears(work, [held.memberId])
}

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
 * Books payments: each pays the oldest open months of its member at its organisation, what is more is kept or given as it
 * says, and a journal has it as the organisation's and where the money lies; it counts for the day on which it was received,
 * for today where the month of that day is closed. All in this transaction, the members' bills held.
 * @param noteOf what its journal says
 * @throws DomainError DUES_OVERPAID, LARGE_DUES, LEDGER_DAY_REFUSED
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
  if (restFen > 0n && payment.rest === null)
    fail('DUES_OVERPAID', { open: `${payment.amountFen - restFen}`, found: `${payment.amountFen}` })
  if (restFen >= largeFen && payment.rest === 'VOLUNTARY') fail('LARGE_DUES', { found: `${restFen}` })
  const [keeper] = await accountStore.realByIds(tx, actor.countyId, [payment.keeperId])
  const transit = transits[payment.way]
  const placeOf = await accountStore.placesOf(tx, payment.keeperId)
  const { amountFen } = payment
  const journalId = await postOn(work, keeper as RealAccount, payment.receivedOn, {
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

import { monthOf } from '@linghang/rulebook'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { afterOf, type LargeDue, standingOf } from './large-due.ts'
import { largeStore } from './large-store.ts'
import type { OpenBill, Payment } from './payment.ts'
import { postReceived } from './post-received.ts'
import { paymentStore } from './store.ts'

/**
 * Books a large due (党费规定 2008, art. 11): the committee in whose account it lies has it in its fund for the centre, and
 * nobody below has anything of it. Given beside what is owed, so what is open up to the month in which it came is paid first;
 * what a provider has taken was asked about when it was ordered, and is not sent back.
 * @param open what the member owes, their bills held
 * @throws DomainError LARGE_DUES_OWES_FIRST, LEDGER_DAY_REFUSED
 */
export async function bookLarge(
  work: Work,
  payment: Payment,
  open: readonly OpenBill[],
  at: { confirmedBy: string | null; note: string },
): Promise<void> {
  const { tx, actor, now } = work
  const owed = open.filter(({ month }) => month <= monthOf(payment.receivedOn))
  const owedFen = owed.reduce((sum, { openFen }) => sum + openFen, 0n)
  if (owedFen > 0n && payment.way !== 'ONLINE') fail('LARGE_DUES_OWES_FIRST', { found: `${owedFen}` })
  const [found] = await accountStore.realByIds(tx, actor.countyId, [payment.keeperId])
  const keeper = found as RealAccount
  await accountStore.openOutside(tx, actor.countyId, keeper, 'LARGE_DUES', work.newId())
  const said = { from: 'LARGE_DUES', reason: 'LARGE_DUES_PAID', note: at.note } as const
  const journalId = await postReceived(work, keeper, payment, said)
  const confirmed = { confirmedBy: at.confirmedBy, confirmedAt: now }
  await paymentStore.change(tx, payment.id, { state: 'CONFIRMED', journalId, ...confirmed })
  await largeStore.receive(work, payment, keeper, journalId)
}

/** Whether a large due has not been passed up since it came; held until the transaction ends. */
export async function isWhereItCame({ tx, actor }: Work, paymentId: string): Promise<boolean> {
  const due = await largeStore.hold(tx, actor.countyId, paymentId)
  if (due?.state !== 'RECEIVED') return false
  return standingOf((await largeStore.stepsOf(tx, [paymentId])).get(paymentId) ?? []).length === 1
}

/**
 * Takes a large due back that is still where it came, with its payment.
 * @throws DomainError LARGE_DUES_PASSED_UP
 */
export async function unbookLarge(work: Work, { id }: Payment, reason: string): Promise<void> {
  if (!(await isWhereItCame(work, id))) fail('LARGE_DUES_PASSED_UP')
  const due = (await largeStore.hold(work.tx, work.actor.countyId, id)) as LargeDue
  const back = { kind: 'TAKEN_BACK', atOrgId: due.holderOrgId, journalId: null, countsOn: work.today, reason } as const
  await largeStore.take(work, due, back, afterOf(undefined, due))
}

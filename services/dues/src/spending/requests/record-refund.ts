import { requireReason, toId } from '@linghang/subgraph'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { receiving } from '../../ledger/journals/journal.ts'
import { post } from '../../ledger/journals/post.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase } from '../../work.ts'
import { bookingStore } from './booking-store.ts'
import { fail } from './errors.ts'
import { holdSpending, requireState, takeStep } from './hold-spending.ts'
import { accountsOf } from './paying-account.ts'
import { from } from './spending.ts'

export type RecordSpendingRefund = { id: string; amountFen: bigint; countsOn: string | null; reason: string }

/**
 * Books what the payee has given back of what was spent (退回): to the account or fund from which it was paid. It is no
 * mistake that is taken back: what was spent stays spent, with its vouchers, and counts against the limits of its day.
 * By whoever keeps the books of the committee from whose account it was paid.
 * @param input.amountFen 1 fen up to what was spent and has not come back
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR, BAD_INPUT, REFUND_TOO_LARGE, PASSED_DOWN_NOT_REFUNDED,
 *   LEDGER_DAY_REFUSED
 */
export const recordRefund = useCase(
  'recordSpendingRefund',
  async (work, { id, amountFen, countsOn, reason }: RecordSpendingRefund): Promise<string> => {
    const { tx, actor, today } = work
    const spending = await holdSpending(work, id)
    requireState(spending, from.refund)
    const { own, keeper } = await accountsOf(work, spending)
    if (spending.use === 'PASS_DOWN') fail('PASSED_DOWN_NOT_REFUNDED')
    const why = requireReason(reason)
    const refunded = (await bookingStore.refundedOf(tx, actor.countyId, [id])).get(id) ?? 0n
    const left = (spending.settledFen ?? 0n) - refunded
    if (requireAmount(amountFen) > left) fail('REFUND_TOO_LARGE', { found: `${amountFen}`, left: `${left}` })
    const day = countsOn ?? today
    const [journal] = await journalStore.byIds(tx, actor.countyId, [spending.journalId ?? ''])
    if (journal && day < journal.countsOn)
      fail('LEDGER_DAY_REFUSED', { found: day, from: journal.countsOn, until: today })
    const beside = await journalStore.besides(tx, keeper.id, spending.use)
    const journalId = await post(work, keeper, {
      ...{ keeperId: keeper.id, reason: 'SPENDING_REFUNDED', note: toId('DuesSpending', id), countsOn: day },
      entries: receiving({ ...beside, virtual: own.id, real: keeper.id }, amountFen),
    })
    const booking = { journalId, orgId: spending.orgId, spendingId: id, kind: 'REFUNDED', amountFen } as const
    await bookingStore.insert(tx, actor.countyId, booking)
    await takeStep(work, spending, { kind: 'REFUNDED', atOrgId: keeper.orgId, reason: why }, {})
    return id
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

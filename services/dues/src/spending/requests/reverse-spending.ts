import { requireReason } from '@linghang/subgraph'
import { turnRound } from '../../ledger/journals/reverse-journal.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase } from '../../work.ts'
import { bookingStore } from './booking-store.ts'
import { fail } from './errors.ts'
import { holdSpending, requireState, takeStep } from './hold-spending.ts'
import { accountsOf } from './paying-account.ts'
import { from } from './spending.ts'
import { voucherStore } from './voucher-store.ts'

/**
 * Takes back what was booked by mistake (冲销): the journal is turned round today, so that a closed month stays as it was
 * told, the limits of its day have the money again, and its vouchers may be shown anew. The request may be handed in again
 * on the same resolution. By whoever keeps the books of the committee from whose account it was paid.
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR, BAD_INPUT without a reason, SPENDING_HAS_REFUNDS,
 *   MONEY_NOT_THERE where dues that were passed down are spent already
 */
export const reverseSpending = useCase(
  'reverseSpending',
  async (work, { id, reason }: { id: string; reason: string }): Promise<string> => {
    const { tx, actor, now } = work
    const spending = await holdSpending(work, id)
    requireState(spending, from.reverse)
    const { keeper } = await accountsOf(work, spending)
    const why = requireReason(reason)
    const refunded = (await bookingStore.refundedOf(tx, actor.countyId, [id])).get(id) ?? 0n
    if (refunded > 0n) fail('SPENDING_HAS_REFUNDS', { found: `${refunded}` })
    const [journal] = await journalStore.byIds(tx, actor.countyId, [spending.journalId ?? ''])
    if (!journal) throw new Error(`a request that is settled has no journal: ${id}`)
    const reversalId = await turnRound(work, keeper, journal, why)
    await voucherStore.voidOf(tx, id, now)
    const step = { kind: 'REVERSED', atOrgId: keeper.orgId, reason: why } as const
    await takeStep(work, spending, step, { state: 'REVERSED', reversalId, basisLostOn: null })
    return id
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

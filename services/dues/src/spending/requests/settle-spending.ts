import { toId } from '@linghang/subgraph'
import type { RealAccount, VirtualAccount } from '../../ledger/accounts/account.ts'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { settleHold } from '../../ledger/holds/hold-money.ts'
import { type Entry, handing, spending as spendingEntries } from '../../ledger/journals/journal.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase, type Work } from '../../work.ts'
import { policyOn } from '../policies/read-policies.ts'
import { bookingStore } from './booking-store.ts'
import { fail } from './errors.ts'
import { holdSpending, requireState, takeStep } from './hold-spending.ts'
import { paperStore } from './paper-store.ts'
import { accountsOf } from './paying-account.ts'
import { from, type ToldSpending } from './spending.ts'
import { sumOf, type Voucher } from './voucher.ts'
import { voucherStore } from './voucher-store.ts'

/**
 * The vouchers that are named are this request's, each once, and come to the sum.
 * @throws DomainError VOUCHER_OF_ANOTHER, VOUCHERS_DIFFER
 */
async function requireVouchers(work: Work, { id, voucherIds, settledFen }: SettleSpending): Promise<void> {
  const own = await voucherStore.ofSpendings(work.tx, work.actor.countyId, [id])
  const named = own.filter(voucher => voucherIds.includes(voucher.id))
  if (new Set(voucherIds).size !== named.length || named.length === 0) fail('VOUCHER_OF_ANOTHER')
  const found = sumOf(named)
  if (found !== settledFen) fail('VOUCHERS_DIFFER', { found: `${found}`, wanted: `${settledFen}` })
  await requirePapers(work, named, settledFen)
}

/** Each has its paper where the county wants that from such a sum on. @throws DomainError VOUCHER_WITHOUT_PAPER */
async function requirePapers(work: Work, named: readonly Voucher[], settledFen: bigint): Promise<void> {
  const { paperFromFen: from } = await policyOn(work, work.today)
  if (from === null || settledFen < from) return
  const ids = named.map(({ id }) => id)
  const papers = await paperStore.ofVouchers(work.tx, work.actor.countyId, ids)
  const missing = named.find(({ id }) => !papers.has(id))
  if (missing) fail('VOUCHER_WITHOUT_PAPER', { number: missing.number, from: `${from}` })
}

/** @throws DomainError VOUCHER_OF_ANOTHER: nobody gives a paper for what stays among dues */
function requireNone({ voucherIds }: SettleSpending): void {
  if (voucherIds.length > 0) fail('VOUCHER_OF_ANOTHER')
}

type Paid = { own: Pick<VirtualAccount, 'id'>; keeper: RealAccount; settledFen: bigint }

/** Out of an account for what it was spent on. */
async function outside(work: Work, { own, keeper, settledFen }: Paid, code: string): Promise<Entry[]> {
  const { tx, actor } = work
  await accountStore.openOutside(tx, actor.countyId, keeper, code, work.newId())
  const beside = await journalStore.besides(tx, keeper.id, code)
  return spendingEntries({ ...beside, virtual: own.id, real: keeper.id }, settledFen)
}

/**
 * What a request moves: to the inferior that stands under the same account, or out of it.
 * @throws DomainError NO_DUES_ACCOUNT
 */
async function movingOf(work: Work, { use, receiverOrgId }: ToldSpending, paid: Paid) {
  if (receiverOrgId === null) return { reason: 'SPENT' as const, entries: await outside(work, paid, use) }
  const to = (await accountStore.virtualOf(work.tx, [receiverOrgId])).get(receiverOrgId)
  if (!to) return fail('NO_DUES_ACCOUNT', { code: receiverOrgId })
  const { own, keeper, settledFen } = paid
  const entries =
    to.keeperId === keeper.id ? handing(own.id, to.id, settledFen) : await outside(work, paid, 'PASSED_DOWN')
  return { reason: 'PASSED_DOWN' as const, entries }
}

export type SettleSpending = { id: string; settledFen: bigint; voucherIds: readonly string[]; countsOn: string | null }

/**
 * Books what was really spent as the vouchers show, up to what was held; the rest is free in the same transaction. By whoever keeps the books of
 * the committee from whose account it is paid.
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR, BAD_INPUT, VOUCHER_OF_ANOTHER,
 *   VOUCHERS_DIFFER, VOUCHER_WITHOUT_PAPER, HOLD_ENDED, HOLD_TOO_SMALL, LEDGER_DAY_REFUSED
 */
export const settleSpending = useCase(
  'settleSpending',
  async (work, input: SettleSpending): Promise<string> => {
    const { id, settledFen, countsOn } = input
    const spending = await holdSpending(work, id)
    requireState(spending, from.settle)
    const { own, keeper } = await accountsOf(work, spending)
    requireAmount(settledFen)
    if (spending.use === 'PASS_DOWN') requireNone(input)
    else await requireVouchers(work, input)
    const journalId = await settleHold(work, keeper, spending.holdId ?? '', {
      ...(spending.fundId === null ? {} : { purpose: spending.use }),
      ...(await movingOf(work, spending, { own, keeper, settledFen })),
      ...{ keeperId: keeper.id, note: toId('DuesSpending', id), countsOn: countsOn ?? work.today },
    })
    const booking = {
      journalId,
      orgId: spending.orgId,
      spendingId: id,
      kind: 'SETTLED',
      amountFen: settledFen,
    } as const
    await bookingStore.insert(work.tx, work.actor.countyId, booking)
    await takeStep(
      work,
      spending,
      { kind: 'SETTLED', atOrgId: keeper.orgId },
      { state: 'SETTLED', settledFen, journalId },
    )
    return id
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

import { toId } from '@linghang/subgraph'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { settleHold } from '../../ledger/holds/hold-money.ts'
import { holdStore } from '../../ledger/holds/store.ts'
import { spending as spendingEntries } from '../../ledger/journals/journal.ts'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { holdSpending, requireState, takeStep } from './hold-spending.ts'
import { from, type ToldSpending } from './spending.ts'
import { sumOf } from './voucher.ts'
import { voucherStore } from './voucher-store.ts'

/** The account at the bank and the part of it from which the money was held. @throws DomainError FORBIDDEN */
async function accountsOf(work: Work, { holdId }: ToldSpending) {
  const { tx, actor } = work
  const [held] = holdId === null ? [] : await holdStore.byIds(tx, actor.countyId, [holdId])
  const [own] = held ? await accountStore.virtualByIds(tx, actor.countyId, [held.accountId]) : []
  const keeper = own && (await keptAccount(work, own.keeperId))
  if (!own || !keeper)
    return fail('FORBIDDEN', {
      wanted: 'whoever keeps the books of the committee whose account it is',
      wantedZh: '开立党费账户的党组织的会计、出纳、书记、管理员',
    })
  return { own, keeper }
}

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
}

export type SettleSpending = { id: string; settledFen: bigint; voucherIds: readonly string[]; countsOn: string | null }

/**
 * Books what was really spent as the vouchers show, up to what was held; the rest is free in the same transaction. By whoever keeps the books of
 * the committee from whose account it is paid.
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR, BAD_INPUT, VOUCHER_OF_ANOTHER,
 *   VOUCHERS_DIFFER, HOLD_ENDED, HOLD_TOO_SMALL, LEDGER_DAY_REFUSED
 */
export const settleSpending = useCase(
  'settleSpending',
  async (work, input: SettleSpending): Promise<string> => {
    const { tx, actor } = work
    const { id, settledFen, countsOn } = input
    const spending = await holdSpending(work, id)
    requireState(spending, from.settle)
    const { own, keeper } = await accountsOf(work, spending)
    requireAmount(settledFen)
    await requireVouchers(work, input)
    await accountStore.openOutside(tx, actor.countyId, keeper, spending.use, work.newId())
    const { outside, elsewhere } = await journalStore.besides(tx, keeper.id, spending.use)
    const entries = spendingEntries({ outside, elsewhere, virtual: own.id, real: keeper.id }, settledFen)
    const journalId = await settleHold(work, keeper, spending.holdId ?? '', {
      ...{ keeperId: keeper.id, reason: 'SPENT', note: toId('DuesSpending', id) },
      ...{ countsOn: countsOn ?? work.today, entries },
    })
    await takeStep(
      work,
      spending,
      { kind: 'SETTLED', atOrgId: keeper.orgId },
      { state: 'SETTLED', settledFen, journalId },
    )
    return id
  },
  { rights: 'COUNTY' },
)

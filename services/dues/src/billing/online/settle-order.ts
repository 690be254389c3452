import { shanghaiDay } from '@linghang/access'
import { DomainError } from '@linghang/subgraph/errors'
import { accountStore } from '../../ledger/accounts/store.ts'
import { post } from '../../ledger/journals/post.ts'
import type { Work } from '../../work.ts'
import type { Order } from './order.ts'
import { orderStore } from './store.ts'

/**
 * Books what a member has paid through the provider: theirs who keep the member's branch, and on its way until the bank
 * has it. It counts for the day on which it was paid; today where the month of that day is closed.
 */
export async function settleOrder(
  work: Work,
  order: Order,
  { tradeNo, paidAt }: { tradeNo: string; paidAt: Date },
): Promise<string> {
  const { keeperId, accountId, amountFen } = order
  const [keeper] = await accountStore.realByIds(work.tx, work.actor.countyId, [keeperId])
  if (!keeper) throw new Error(`no account ${keeperId}`)
  const { outside, elsewhere, provider } = await orderStore.placesOf(work.tx, keeperId)
  const journal = {
    ...{ keeperId, reason: 'DUES_PAID' as const, note: `线上交纳 ${tradeNo}` },
    entries: [
      { accountId: outside, amountFen: -amountFen },
      { accountId, amountFen },
      { accountId: elsewhere, amountFen: -amountFen },
      { accountId: provider, amountFen },
    ],
  }
  const paidOn = shanghaiDay(paidAt)
  return post(work, keeper, { ...journal, countsOn: paidOn > work.today ? work.today : paidOn }).catch(error => {
    if (!(error instanceof DomainError) || error.code !== 'LEDGER_DAY_REFUSED') throw error
    return post(work, keeper, { ...journal, countsOn: work.today })
  })
}

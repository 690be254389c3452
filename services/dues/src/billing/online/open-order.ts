import { recordAudit } from '@linghang/access'
import { isLargeDue } from '@linghang/rulebook'
import { accountStore } from '../../ledger/accounts/store.ts'
import { centreFundOf } from '../../ledger/funds/centre-fund.ts'
import { useCase, type Work } from '../../work.ts'
import type { PaymentKind } from '../payments/payment.ts'
import { paymentStore } from '../payments/store.ts'
import type { DuesRecord } from '../records/dues-record.ts'
import { recordStore } from '../records/store.ts'
import { fail } from './errors.ts'
import { mostOrderFen, nextAskAt, type Order, orderMs } from './order.ts'
import type { Payments } from './payments.ts'
import { orderStore } from './store.ts'

/** @throws DomainError FORBIDDEN for whoever is no member that owes */
async function requireOwnRecord({ tx, actor }: Work): Promise<DuesRecord> {
  const [record] = actor.memberId ? await recordStore.byMembers(tx, actor.countyId, [actor.memberId]) : []
  if (record?.owes) return record
  return fail('FORBIDDEN', { wanted: 'the account of a member who owes dues', wantedZh: '应交纳党费的党员本人的账号' })
}

/** What is open of a member's months, all together. @throws DomainError NOTHING_OWED */
async function openSumOf({ tx }: Work, memberId: string, orgId: string): Promise<bigint> {
  const open = await paymentStore.openOf(tx, memberId, orgId)
  const sum = open.reduce((whole, { openFen }) => whole + openFen, 0n)
  return sum > 0n ? sum : fail('NOTHING_OWED')
}

/** @throws DomainError LARGE_DUES_TOO_SMALL, LARGE_DUES_OWES_FIRST */
async function requireLarge(
  { tx }: Work,
  { memberId, orgId, amountFen }: { memberId: string; orgId: string; amountFen: bigint },
): Promise<void> {
  if (!isLargeDue(amountFen)) fail('LARGE_DUES_TOO_SMALL', { found: `${amountFen}` })
  const open = await paymentStore.openOf(tx, memberId, orgId)
  const owedFen = open.reduce((sum, { openFen }) => sum + openFen, 0n)
  if (owedFen > 0n) fail('LARGE_DUES_OWES_FIRST', { found: `${owedFen}` })
}

/**
 * Opens an order for the actor's own dues, and for nobody else's: there is no way to name another member, so none to learn
 * what they owe. The same sum again while it is open is the same order. A large due is for the centre, beside what
 * is owed.
 * @param amountFen 1 fen or more; null for all that is open
 * @returns the order's id
 * @throws DomainError ONLINE_PAYMENT_OFF, FORBIDDEN, NOTHING_OWED, BAD_INPUT, NO_DUES_ACCOUNT, ORDER_OPEN,
 *   LARGE_DUES_TOO_SMALL, LARGE_DUES_OWES_FIRST
 */
export const openOrderThrough = (payments: Payments) =>
  useCase(
    'payDuesOnline',
    async (work, { amountFen: said, kind }: { amountFen: bigint | null; kind: PaymentKind }): Promise<string> => {
      const { tx, actor, now } = work
      const { memberId, orgId } = await requireOwnRecord(work)
      const amountFen = said ?? (await openSumOf(work, memberId, orgId))
      if (amountFen < 1n || amountFen > mostOrderFen)
        fail('BAD_INPUT', {
          ...{ field: 'amountFen', found: `${amountFen}` },
          ...{ wanted: `1 to ${mostOrderFen} fen`, wantedZh: `1 至 ${mostOrderFen} 分` },
        })
      if (kind === 'LARGE') await requireLarge(work, { memberId, orgId, amountFen })
      await orderStore.holdMember(tx, memberId)
      const open = await orderStore.openOf(tx, actor.countyId, memberId)
      if (open && open.amountFen === amountFen && open.kind === kind && open.expiresAt > now) return open.id
      if (open) fail('ORDER_OPEN', { found: `${open.amountFen}`, until: open.expiresAt.toISOString() })
      const account = (await accountStore.virtualOf(tx, [orgId])).get(orgId)
      const [keeper] = account ? await accountStore.realByIds(tx, actor.countyId, [account.keeperId]) : []
      const organisation = await accountStore.organisation(tx, actor.countyId, keeper?.orgId ?? orgId)
      if (!account || !keeper) return fail('NO_DUES_ACCOUNT', { code: organisation?.code ?? orgId })
      // Art. 24: dues lie in the committee's own account, so where this merchant is paid out to another they are not taken.
      if (!payments.takesFor(organisation?.code ?? '')) fail('ONLINE_PAYMENT_OFF')
      const expiresAt = new Date(now.getTime() + orderMs)
      const order: Order = {
        ...{ id: work.newId(), countyId: actor.countyId, orgId, memberId, keeperId: keeper.id },
        ...{ kind, accountId: kind === 'LARGE' ? (await centreFundOf(work, keeper)).id : account.id },
        ...{ amountFen, state: 'OPENING', codeUrl: null, openedAt: now, expiresAt, tradeNo: null, paidAt: null },
        merchantId: payments.provider.merchantId,
        ...{ askAt: nextAskAt({ asked: 0, expiresAt }, now), asked: 0 },
      }
      await orderStore.insert(tx, order, actor.accountId)
      await recordAudit(work, [{ orgId, action: 'dues-order.opened', subjectType: 'DuesOrder', subjectId: order.id }])
      return order.id
    },
    { rights: 'COUNTY' },
  )

/** The provider has it. @returns the order's id */
export const noteOpened = useCase(
  'noteDuesOrderOpened',
  async ({ tx, actor, now }, { id, codeUrl }: { id: string; codeUrl: string | null }): Promise<string> => {
    const order = await orderStore.hold(tx, actor.countyId, id)
    // Whoever was quicker, a callback or a cancellation, knows more.
    if (order?.state === 'OPENING') await orderStore.change(tx, order, { state: 'PENDING', codeUrl }, now)
    return id
  },
  { rights: 'COUNTY' },
)

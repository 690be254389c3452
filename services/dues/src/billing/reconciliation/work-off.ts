import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { post } from '../../ledger/journals/post.ts'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import { type Context, useCase, type Work } from '../../work.ts'
import { refuseAs } from '../online/ask-provider.ts'
import { queueDifferences } from '../online/learn-trade.ts'
import type { Payments } from '../online/payments.ts'
import { netFenOf } from './compare-day.ts'
import { fail } from './errors.ts'
import { reconcileDay } from './reconcile-day.ts'
import { billOf } from './run-day.ts'
import { reconciliationStore } from './store.ts'

/** @throws DomainError NOT_FOUND for whoever does not keep its books */
async function requireKept(work: Work, keeperId: string, what: string): Promise<RealAccount> {
  return (await keptAccount(work, keeperId)) ?? fail('NOT_FOUND', { what })
}

/**
 * Holds a day of the provider's bill against the orders of an account again, for whoever keeps its books; the provider is
 * asked outside of any transaction.
 * @param day before today: the bill of a day is made the next morning
 * @throws DomainError NOT_FOUND, BAD_INPUT, ONLINE_PAYMENT_OFF, PROVIDER_UNREACHABLE, PROVIDER_REFUSED
 */
export async function reconcileAgain(
  context: Context,
  payments: Payments | null,
  { keeperId, day }: { keeperId: string; day: string },
): Promise<void> {
  const what = `RealDuesAccount:${keeperId}`
  await context.perform(work => requireKept(work, keeperId, what), { rights: 'COUNTY' })
  if (!payments) return fail('ONLINE_PAYMENT_OFF')
  if (day >= context.today)
    fail('BAD_INPUT', {
      field: 'day',
      found: day,
      wanted: `before ${context.today}`,
      wantedZh: `早于 ${context.today}`,
    })
  const bill = await billOf(payments, day).catch(refuseAs)
  await context.perform(
    async work => reconcileDay(work, await requireKept(work, keeperId, what), payments.provider.merchantId, bill),
    {
      rights: 'COUNTY',
    },
  )
}

/**
 * Says that people have seen to a difference, and how. What the books have to say of it is posted by itself.
 * @returns its id
 * @throws DomainError NOT_FOUND, BAD_INPUT without words, MISMATCH_RESOLVED_ALREADY
 */
export const resolveMismatch = useCase(
  'resolveDuesMismatch',
  async (work, { id, resolution }: { id: string; resolution: string }): Promise<string> => {
    const what = `DuesMismatch:${id}`
    const [mismatch] = await reconciliationStore.mismatchesByIds(work.tx, work.actor.countyId, [id])
    if (!mismatch) return fail('NOT_FOUND', { what })
    const { orgId } = await requireKept(work, mismatch.keeperId, what)
    const said = requireReason(resolution, 'resolution')
    if (!(await reconciliationStore.resolve(work.tx, id, said, work.actor.accountId, work.now)))
      fail('MISMATCH_RESOLVED_ALREADY')
    await recordAudit(work, [{ orgId, action: 'dues-mismatch.resolved', subjectType: 'DuesMismatch', subjectId: id }])
    return id
  },
  { rights: 'COUNTY' },
)

export type ConfirmSettlement = { id: string; amountFen: bigint; bankedOn: string; note: string }

/**
 * Says that the bank has what the provider took on a day: it is no longer on its way. Another sum than the bill's moves
 * nothing and goes to the queue.
 * @returns whether it was posted
 * @throws DomainError NOT_FOUND, BAD_INPUT, SETTLEMENT_BANKED_ALREADY, LEDGER_DAY_REFUSED, MONEY_NOT_THERE
 */
export const confirmSettlement = useCase(
  'confirmDuesSettlement',
  async (work, { id, amountFen, bankedOn, note }: ConfirmSettlement): Promise<boolean> => {
    const what = `DuesSettlement:${id}`
    const settlement = await reconciliationStore.holdSettlement(work.tx, work.actor.countyId, id)
    if (!settlement) return fail('NOT_FOUND', { what })
    const keeper = await requireKept(work, settlement.keeperId, what)
    const { day, keeperId } = settlement
    if (settlement.journalId !== null) fail('SETTLEMENT_BANKED_ALREADY', { found: day })
    if (bankedOn < day)
      fail('BAD_INPUT', { field: 'bankedOn', found: bankedOn, wanted: `${day} or later`, wantedZh: `不早于 ${day}` })
    const netFen = netFenOf(settlement)
    if (amountFen !== netFen || netFen <= 0n) {
      const said = { reason: 'BANK_DIFFERS' as const, about: day, expected: `${netFen}`, found: `${amountFen}` }
      await queueDifferences(work, [{ ...said, keeperId, orgId: keeper.orgId }])
      return false
    }
    const placeOf = await accountStore.placesOf(work.tx, keeperId)
    const journalId = await post(work, keeper, {
      ...{ keeperId, reason: 'PROVIDER_SETTLED', countsOn: bankedOn, note: requireReason(note, 'note') },
      entries: [
        { accountId: placeOf('TRANSIT', 'PROVIDER'), amountFen: -netFen },
        { accountId: keeper.id, amountFen: netFen },
      ],
    })
    await reconciliationStore.bank(work.tx, id, bankedOn, journalId)
    return true
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

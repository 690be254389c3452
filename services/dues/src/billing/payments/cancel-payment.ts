import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import { turnRound } from '../../ledger/journals/reverse-journal.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase } from '../../work.ts'
import { unbookPayment } from './book-payment.ts'
import { fail } from './errors.ts'
import { holdPayments } from './hold-payments.ts'
import { paymentStore } from './store.ts'

/**
 * Takes a payment back that was recorded by mistake: before it is confirmed it is crossed out, afterwards its journal is
 * turned round and what it paid is open again, by whoever keeps the books of the committee. What a provider has taken goes
 * back through the provider alone.
 * @returns the payment's id
 * @throws DomainError NOT_FOUND, BAD_INPUT without a reason, PAYMENT_NOT_OPEN, MONEY_NOT_THERE, LARGE_DUES_PASSED_UP
 */
export const cancelPayment = useCase(
  'cancelDuesPayment',
  async (work, { id, reason }: { id: string; reason: string }): Promise<string> => {
    const { tx, actor } = work
    const [held] = await holdPayments(work, [id])
    if (!held || !(await work.supervision.keptBooks([held.orgId])).has(held.orgId))
      return fail('NOT_FOUND', { what: `DuesPayment:${id}` })
    const whyEnded = requireReason(reason)
    const audited = (action: string) =>
      recordAudit(work, [{ orgId: held.orgId, action, subjectType: 'DuesPayment', subjectId: id }])
    if (held.state === 'RECORDED') {
      await paymentStore.change(tx, id, { state: 'CANCELLED', whyEnded })
      await audited('dues-payment.cancelled')
      return id
    }
    if (held.state !== 'CONFIRMED' || held.way === 'ONLINE') fail('PAYMENT_NOT_OPEN', { found: held.state })
    const keeper = await keptAccount(work, held.keeperId)
    const [journal] = await journalStore.byIds(tx, actor.countyId, [held.journalId as string])
    if (!keeper || !journal) return fail('NOT_FOUND', { what: `DuesPayment:${id}` })
    await unbookPayment(work, held, whyEnded)
    await paymentStore.change(tx, id, { state: 'REVERSED', whyEnded, duesFen: 0n, advanceFen: 0n, voluntaryFen: 0n })
    await turnRound(work, keeper, journal, whyEnded)
    await audited('dues-payment.reversed')
    return id
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

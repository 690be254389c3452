import { requireReason } from '@linghang/subgraph'
import { turnRound } from '../../ledger/journals/reverse-journal.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase } from '../../work.ts'
import { afterOf, standingOf } from '../payments/large-due.ts'
import { largeStore } from '../payments/large-store.ts'
import { fail } from './errors.ts'
import { audit, holdDue, refuseOther, requireKept } from './hold-due.ts'

/**
 * Takes the last step of a large due back that was recorded by mistake, its journal turned round: by whoever keeps the books of
 * the committee that took it. The first goes with the payment, by cancelling that.
 * @returns the payment's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT without a reason, LARGE_DUES_NOT_SO_FAR, MONEY_NOT_THERE
 */
export const takeBackLargeStep = useCase(
  'takeBackLargeDuesStep',
  async (work, { paymentId, reason }: { paymentId: string; reason: string }): Promise<string> => {
    const { tx, actor } = work
    const due = await holdDue(work, paymentId)
    const standing = standingOf((await largeStore.stepsOf(tx, [paymentId])).get(paymentId) ?? [])
    const [before, last] = standing.slice(-2)
    if (!before || !last) return fail('LARGE_DUES_NOT_SO_FAR', { found: due.state })
    const why = requireReason(reason)
    if (last.journalId === null) {
      if (!(await work.supervision.keptBooks([last.atOrgId])).has(last.atOrgId)) return refuseOther()
    } else {
      const keeper = await requireKept(work, last.keeperId)
      const [journal] = await journalStore.byIds(tx, actor.countyId, [last.journalId])
      if (!journal) throw new Error(`no journal ${last.journalId}`)
      await turnRound(work, keeper, journal, why)
    }
    const back = {
      kind: 'TAKEN_BACK',
      atOrgId: last.atOrgId,
      journalId: null,
      countsOn: work.today,
      reason: why,
    } as const
    const after = { ...afterOf(before, due), centreReceipt: null, centreReceiptOn: null }
    await largeStore.take(work, due, back, after)
    await audit(work, due, 'large-dues.step-taken-back')
    return paymentId
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

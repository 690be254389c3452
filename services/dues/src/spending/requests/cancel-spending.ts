import { requireReason } from '@linghang/subgraph'
import { releaseHolds } from '../../ledger/holds/hold-money.ts'
import { useCase } from '../../work.ts'
import { holdOwnSpending, requireState, takeStep } from './hold-spending.ts'
import { from } from './spending.ts'
import { voucherStore } from './voucher-store.ts'

/**
 * Takes a request back before anything was spent; what was held for it is free again.
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT without a reason, SPENDING_NOT_SO_FAR
 */
export const cancelSpending = useCase(
  'cancelSpending',
  async (work, { id, reason }: { id: string; reason: string }): Promise<string> => {
    const why = requireReason(reason)
    const spending = await holdOwnSpending(work, id)
    requireState(spending, from.cancel)
    if (spending.state === 'APPROVED' && spending.holdId !== null) await releaseHolds(work, [spending.holdId])
    await voucherStore.voidOf(work.tx, id, work.now)
    await takeStep(
      work,
      spending,
      { kind: 'CANCELLED', atOrgId: spending.orgId, reason: why },
      { state: 'CANCELLED', deciderOrgId: null, levelsLeft: 0 },
    )
    return id
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

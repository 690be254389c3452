import { recordAudit } from '@linghang/access'
import type { DuesUse } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { fundStore } from '../../ledger/funds/store.ts'
import { requirePurpose } from '../../ledger/journals/post.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Spending } from './spending.ts'
import { spendingStore } from './store.ts'

export type RequestSpending = {
  orgId: string
  use: DuesUse
  amountFen: bigint
  payee: string
  purpose: string
  /** Whom dues are passed down to. */
  receiverOrgId: string | null
  /** From which fund it is paid; null where from what the organisation has. */
  fundId: string | null
}

/** Passed down to an inferior of one's own, one level, and to nobody where dues are spent. @throws DomainError RECEIVER_NOT_BELOW */
async function requireReceiver({ tx, actor }: Work, { orgId, use, receiverOrgId }: RequestSpending): Promise<void> {
  const above = receiverOrgId === null ? null : await spendingStore.superiorOf(tx, actor.countyId, receiverOrgId)
  if (use === 'PASS_DOWN' ? above !== orgId : receiverOrgId !== null) fail('RECEIVER_NOT_BELOW')
}

/** A fund of the organisation, for its purpose alone (art. 21). @throws DomainError NOT_FOUND, FUND_FOR_ANOTHER_PURPOSE */
async function requireFund({ tx, actor }: Work, { orgId, use, fundId }: RequestSpending): Promise<void> {
  if (fundId === null) return
  const [fund] = await fundStore.byIds(tx, actor.countyId, [fundId])
  if (fund?.orgId !== orgId) return fail('NOT_FOUND', { what: `DuesFund:${fundId}` })
  requirePurpose(fund.purpose, use)
}

/**
 * Begins a request to spend dues of an organisation for one of the lawful uses (党费规定 2008, art. 19), or to pass them
 * down (art. 20), so that its meeting can decide on this very one. Nothing is held yet.
 * @param input.amountFen in fen, 1 or more
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, NO_DUES_ACCOUNT, RECEIVER_NOT_BELOW,
 *   FUND_FOR_ANOTHER_PURPOSE, BAD_INPUT
 */
export const requestSpending = useCase(
  'requestSpending',
  async (work, input: RequestSpending): Promise<string> => {
    const { orgId, use, amountFen, payee, purpose, receiverOrgId, fundId } = input
    const { tx, actor, now } = work
    const organisation = await accountStore.organisation(tx, actor.countyId, orgId)
    if (!organisation || !(await work.supervision.seen([orgId])).has(orgId))
      return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
    if (!(await work.supervision.keptBooks([orgId])).has(orgId))
      fail('FORBIDDEN', { wanted: 'ADMIN, SECRETARY, TREASURER, CASHIER' })
    if (!(await accountStore.virtualOf(tx, [orgId])).has(orgId)) fail('NO_DUES_ACCOUNT', { code: organisation.code })
    await requireReceiver(work, input)
    await requireFund(work, input)
    const id = work.newId()
    const spending: Spending = {
      ...{ id, orgId, use, receiverOrgId, fundId, amountFen: requireAmount(amountFen), state: 'DRAFT', version: 1 },
      ...{ payee: requireReason(payee, 'payee', 100), purpose: requireReason(purpose, 'purpose', 500) },
      ...{ requestedBy: actor.accountId, requestedByMember: actor.memberId, requestedAt: now, changedAt: now },
      ...{ resolutionId: null, meetingId: null, deciderOrgId: null, levelsLeft: 0 },
      ...{ holdId: null, settledFen: null, journalId: null, reversalId: null, basisLostOn: null, reason: null },
    }
    await spendingStore.insert(tx, actor.countyId, spending)
    const step = { kind: 'REQUESTED' as const, atOrgId: orgId, takenAt: now, takenBy: actor.accountId, reason: null }
    await spendingStore.addStep(tx, actor.countyId, spending, step)
    await recordAudit(work, [{ orgId, action: 'dues-spending.requested', subjectType: 'DuesSpending', subjectId: id }])
    return id
  },
  { rights: 'COUNTY' },
)

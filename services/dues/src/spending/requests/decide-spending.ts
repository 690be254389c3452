import type { Actor } from '@linghang/access'
import { addDays, spendingHoldDays } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { accountStore } from '../../ledger/accounts/store.ts'
import { hold } from '../../ledger/holds/hold-money.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { holdSpending, requireState, takeStep } from './hold-spending.ts'
import { from, isOwn, type ToldSpending } from './spending.ts'
import { spendingStore } from './store.ts'

const decides = ({ grants }: Actor, orgId: string | null): boolean =>
  grants.some(grant => grant.orgId === orgId && (grant.role === 'SECRETARY' || grant.role === 'ADMIN'))

/**
 * Those of the very organisation whose turn it is, neither above nor below it (art. 21); the county's administrators where
 * nobody is above. Never whoever asked.
 * @throws DomainError FORBIDDEN, SPENDING_IS_OWN
 */
async function requireDecider(work: Work, spending: ToldSpending, deciderOrgId: string): Promise<void> {
  const isTop = (await spendingStore.superiorOf(work.tx, work.actor.countyId, deciderOrgId)) === null
  if (work.actor.kind !== 'PERSON' || !(decides(work.actor, deciderOrgId) || (isTop && decides(work.actor, null))))
    fail('FORBIDDEN', {
      wanted: 'SECRETARY or ADMIN of the organisation whose turn it is',
      wantedZh: '轮到其审批的党组织的书记、管理员',
    })
  if (isOwn(spending, work.actor)) fail('SPENDING_IS_OWN')
}

/** @throws DomainError NO_DUES_ACCOUNT, MONEY_NOT_THERE */
async function reserve(work: Work, { orgId, amountFen, id, use, fundId }: ToldSpending): Promise<string> {
  const account = fundId ?? (await accountStore.virtualOf(work.tx, [orgId])).get(orgId)?.id
  if (account === undefined) return fail('NO_DUES_ACCOUNT', { code: orgId })
  const lapsesOn = addDays(work.today, spendingHoldDays)
  const held = { accountId: account, amountFen, lapsesOn, reason: 'SPENDING', note: `DuesSpending:${id}` } as const
  return hold(work, fundId === null ? held : { ...held, purpose: use })
}

export type DecideSpending = { id: string; approve: boolean; reason: string | null }

/**
 * Approves a request or returns it. Once the last level has approved, the money is held in the same transaction: what is not
 * there, or is over a limit, cannot be approved.
 * @param input.reason wanted for returning
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_IS_OWN, SPENDING_NOT_SO_FAR, BAD_INPUT, NO_DUES_ACCOUNT, MONEY_NOT_THERE
 */
export const decideSpending = useCase(
  'decideSpending',
  async (work, { id, approve, reason }: DecideSpending): Promise<string> => {
    const spending = await holdSpending(work, id)
    requireState(spending, from.decide)
    const at = spending.deciderOrgId ?? spending.orgId
    await requireDecider(work, spending, at)
    const done = { deciderOrgId: null, levelsLeft: 0 }
    if (!approve) {
      const why = requireReason(reason ?? '')
      await takeStep(work, spending, { kind: 'RETURNED', atOrgId: at, reason: why }, { ...done, state: 'RETURNED' })
      return id
    }
    const step = { kind: 'APPROVED', atOrgId: at, reason: reason === null ? null : requireReason(reason) } as const
    const next = spending.levelsLeft > 1 ? await spendingStore.superiorOf(work.tx, work.actor.countyId, at) : null
    if (next !== null) await takeStep(work, spending, step, { deciderOrgId: next, levelsLeft: spending.levelsLeft - 1 })
    else await takeStep(work, spending, step, { ...done, state: 'APPROVED', holdId: await reserve(work, spending) })
    return id
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

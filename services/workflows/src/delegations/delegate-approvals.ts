import { type Actor, once, recordAudit, shanghaiDay } from '@linghang/access'
import { addDays, approvalRules } from '@linghang/rulebook'
import { requireReason, type Stretch, toId } from '@linghang/subgraph'
import { v7 as uuidv7 } from 'uuid'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { knowsAccount } from '../offices/keep-offices.ts'
import { type Delegation, delegationDaysAtMost } from './delegation.ts'
import { delegationStore } from './store.ts'

export type Delegate = { orgId: string; toAccountId: string; from: string; until: string; reason: string }

const decidingRoles: ReadonlySet<string> = new Set(Object.values(approvalRules).map(({ role }) => role))
const reasonLength = 1_000

/** The offices with which the actor decides at this very organisation. */
const decidingOffices = (actor: Actor, orgId: string): string[] => [
  ...new Set(
    actor.grants.flatMap(grant => (grant.orgId === orgId && decidingRoles.has(grant.role) ? [grant.role] : [])),
  ),
]

async function requireOffice(deps: Deps, tx: Tx, actor: Actor, orgId: string): Promise<string[]> {
  const roles = decidingOffices(actor, orgId)
  if (roles.length > 0) return roles
  if (!(await deps.supervision.seen(tx, actor, [orgId])).has(orgId))
    fail('NOT_FOUND', { what: toId('Organisation', orgId) })
  return fail('FORBIDDEN', { wanted: [...decidingRoles].join(', ') })
}

function requirePeriod({ from, until }: Delegate, today: string): void {
  const last = addDays(from, delegationDaysAtMost)
  if (from < today || until < from || until > last)
    fail('DELEGATION_PERIOD_REFUSED', { found: `${from} - ${until}`, from: today, until: last })
}

/**
 * Leaves one's decisions at an organisation to somebody else for a period; it holds while one holds the office.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, DELEGATION_TO_ONESELF, DELEGATION_PERIOD_REFUSED
 */
export function delegateApprovals(deps: Deps) {
  return (actor: Actor, input: Delegate, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'delegateApprovals', key: idempotencyKey, input }, async () => {
        const roles = await requireOffice(deps, tx, actor, input.orgId)
        const byAccountId = actor.accountId as string
        const reason = requireReason(input.reason, 'reason', reasonLength)
        if (input.toAccountId === byAccountId) fail('DELEGATION_TO_ONESELF')
        if (!(await knowsAccount(tx, input.toAccountId)))
          fail('NOT_FOUND', { what: toId('Account', input.toAccountId) })
        requirePeriod(input, shanghaiDay(deps.now()))
        const id = uuidv7()
        await delegationStore.insert(tx, actor.countyId, { ...input, id, roles, byAccountId, reason }, deps.now())
        await recordAudit({ tx, actor }, [
          { orgId: input.orgId, action: 'approvals.delegated', subjectType: 'Delegation', subjectId: id },
        ])
        return id
      }),
    )
}

/**
 * Ends a delegation before its day; whoever holds the office at that organisation may.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DELEGATION_ENDED_ALREADY
 */
export function endDelegation(deps: Deps) {
  return (actor: Actor, id: string, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'endDelegation', key: idempotencyKey, input: { id } }, async () => {
        const [delegation] = await delegationStore.byIds(tx, actor.countyId, [id])
        if (!delegation) return fail('NOT_FOUND', { what: toId('Delegation', id) })
        await requireOffice(deps, tx, actor, delegation.orgId)
        if (!(await delegationStore.end(tx, id, deps.now()))) fail('DELEGATION_ENDED_ALREADY')
        await recordAudit({ tx, actor }, [
          { orgId: delegation.orgId, action: 'approvals.delegation-ended', subjectType: 'Delegation', subjectId: id },
        ])
        return id
      }),
    )
}

/** Those that the actor sees: at organisations it sees, and those made to it. */
export function readDelegations(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, Delegation>> =>
    deps.transact(actor, async tx => {
      const found = await delegationStore.byIds(tx, actor.countyId, ids)
      const seen = await deps.supervision.seen(tx, actor, [...new Set(found.map(({ orgId }) => orgId))])
      return new Map(
        found.flatMap(one => (seen.has(one.orgId) || one.toAccountId === actor.accountId ? [[one.id, one]] : [])),
      )
    })
}

/** Delegations at an organisation, the newest first; none where the actor does not see it. */
export function listDelegations(deps: Deps) {
  return (actor: Actor, orgId: string, stretch: Stretch): Promise<Delegation[]> =>
    deps.transact(actor, async tx =>
      (await deps.supervision.seen(tx, actor, [orgId])).has(orgId) ? delegationStore.at(tx, orgId, stretch) : [],
    )
}

export function countDelegations(deps: Deps) {
  return (actor: Actor, orgId: string): Promise<number> =>
    deps.transact(actor, async tx =>
      (await deps.supervision.seen(tx, actor, [orgId])).has(orgId) ? delegationStore.countAt(tx, orgId) : 0,
    )
}

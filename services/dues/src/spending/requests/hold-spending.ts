import { recordAudit, shanghaiDay } from '@linghang/access'
import { publish } from '@linghang/events'
import { addDays, spendingDates, spendingHoldDays } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Spending, SpendingState, StepKind, ToldSpending } from './spending.ts'
import { spendingStore } from './store.ts'

const notFound = (id: string): never => fail('NOT_FOUND', { what: `DuesSpending:${id}` })

/** A request that the actor sees, locked: whoever takes the same step at the same moment finds it taken. @throws DomainError NOT_FOUND */
export async function holdSpending(work: Work, id: string): Promise<ToldSpending> {
  const [found] = await spendingStore.lock(work.tx, work.actor.countyId, [id], work.today)
  if (!found || !(await work.supervision.seen([found.orgId])).has(found.orgId)) return notFound(id)
  return found
}

/** The same for whoever keeps its books. @throws DomainError NOT_FOUND, FORBIDDEN */
export async function holdOwnSpending(work: Work, id: string): Promise<ToldSpending> {
  const found = await holdSpending(work, id)
  if (!(await work.supervision.keptBooks([found.orgId])).has(found.orgId))
    fail('FORBIDDEN', { wanted: 'ADMIN, SECRETARY, TREASURER, CASHIER' })
  return found
}

/** @throws DomainError SPENDING_NOT_SO_FAR */
export function requireState({ state }: ToldSpending, wanted: readonly SpendingState[]): void {
  if (!wanted.includes(state)) fail('SPENDING_NOT_SO_FAR', { found: state, wanted: wanted.join(', ') })
}

/** Which steps others are told of, as what. */
const told: Partial<Record<StepKind, `dues.spending.${'settled' | 'returned' | 'reversed'}.v1`>> = {
  SETTLED: 'dues.spending.settled.v1',
  RETURNED: 'dues.spending.returned.v1',
  REVERSED: 'dues.spending.reversed.v1',
}

/** Whose matter a request is now. What is approved at this moment is held from today on. */
async function turnOf({ tx, actor, today }: Work, request: ToldSpending, version: number) {
  const { id, orgId, use, state, deciderOrgId, basisLostOn } = request
  const superiorId = (basisLostOn === null ? null : await spendingStore.superiorOf(tx, actor.countyId, orgId)) ?? orgId
  const heldUntil = state === 'APPROVED' ? addDays(today, spendingHoldDays) : null
  const dates = spendingDates({ orgId, superiorId, deciderOrgId, heldUntil, basisLostOn }, today)
  return { id, orgId, use, version, dates, state: state === 'LAPSED' ? ('APPROVED' as const) : state }
}

export type Step = { kind: StepKind; atOrgId: string; reason?: string | null }

/** Writes what has become of a request: the row, the step, the audit, and what others are told. */
export async function takeStep(
  work: Work,
  spending: ToldSpending,
  { kind, atOrgId, reason = null }: Step,
  changed: Partial<Spending>,
): Promise<void> {
  const { tx, actor, now, today } = work
  const { id, orgId, version, use, amountFen, requestedAt } = spending
  const next = version + 1
  await spendingStore.update(tx, { ...changed, id, reason, changedAt: now, version: next })
  const step = { kind, atOrgId, reason, takenAt: now, takenBy: actor.accountId }
  await spendingStore.addStep(tx, actor.countyId, { id, orgId, version: next }, step)
  await recordAudit(work, [
    { orgId, action: `dues-spending.${kind.toLowerCase()}`, subjectType: 'DuesSpending', subjectId: id },
  ])
  const turned = await turnOf(work, { ...spending, ...changed }, next)
  await publish(work, [{ type: 'dues.spending.changed.v1', orgId, subject: id, data: turned }])
  const type = told[kind]
  if (type === undefined) return
  const data = {
    ...{ id, orgId, use, amountFen: `${amountFen}`, requestedOn: shanghaiDay(requestedAt), on: today, version: next },
    settledFen: changed.settledFen == null ? null : `${changed.settledFen}`,
  }
  await publish(work, [{ type, orgId, subject: id, data }])
}

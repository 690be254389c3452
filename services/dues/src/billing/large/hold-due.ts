import { recordAudit } from '@linghang/access'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import type { Work } from '../../work.ts'
import { type LargeDue, type LargeState, mayTake } from '../payments/large-due.ts'
import { largeStore } from '../payments/large-store.ts'
import { fail } from './errors.ts'

/** One that the actor sees, held until the transaction ends. @throws DomainError NOT_FOUND */
export async function holdDue(work: Work, paymentId: string): Promise<LargeDue> {
  const due = await largeStore.hold(work.tx, work.actor.countyId, paymentId)
  if (!due || !(await work.supervision.seen([due.orgId])).has(due.orgId))
    return fail('NOT_FOUND', { what: `DuesPayment:${paymentId}` })
  return due
}

/** @throws DomainError LARGE_DUES_NOT_SO_FAR */
export function requireNext(due: LargeDue, kind: LargeState): void {
  if (!mayTake(due, kind)) fail('LARGE_DUES_NOT_SO_FAR', { found: due.state })
}

/** @throws DomainError FORBIDDEN */
export const refuseOther = (): never =>
  fail('FORBIDDEN', {
    wanted: 'whoever keeps the books of the committee that has it',
    wantedZh: '收存该款的党组织的会计、出纳、书记、管理员',
  })

/** @throws DomainError FORBIDDEN for whoever does not keep the books of that account */
export const requireKept = async (work: Work, keeperId: string): Promise<RealAccount> =>
  (await keptAccount(work, keeperId)) ?? refuseOther()

export const audit = (work: Work, { orgId, paymentId }: LargeDue, action: string): Promise<void> =>
  recordAudit(work, [{ orgId, action, subjectType: 'DuesPayment', subjectId: paymentId }])

import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import type { Refused } from './limit-refusal.ts'
import { refusalStore } from './refusal-store.ts'
import { spendingStore } from './store.ts'

/**
 * Keeps, and tells, that a request was refused because it went beyond a limit (S0-25): the refusal has undone everything
 * that its own transaction wrote, so this is one of its own, before the caller is told. However often the same request is
 * tried as it stands, it is one refusal in a period.
 * @returns whether it is new
 * @throws DomainError NOT_FOUND
 */
export const noteLimitRefusal = useCase(
  'noteLimitRefusal',
  async (work, { spendingId, refused }: { spendingId: string; refused: Refused }): Promise<boolean> => {
    const { tx, actor, now, today } = work
    // Not held: whoever decides on it holds it, and fifty of them must not wait for this.
    const [spending] = await spendingStore.byIds(tx, actor.countyId, [spendingId], today)
    if (!spending) return fail('NOT_FOUND', { what: `DuesSpending:${spendingId}` })
    const { orgId, version } = spending
    const refusal = { ...refused, id: work.newId(), orgId, spendingId, refusedAt: now }
    const isNew = await refusalStore.insert(tx, actor.countyId, { ...refusal, version: BigInt(version) })
    if (!isNew) return false
    await recordAudit(work, [
      { orgId, action: 'dues-spending.over-limit', subjectType: 'DuesSpending', subjectId: spendingId },
    ])
    const { id, period, fromOn, limitFen, wantedFen } = refusal
    const data = {
      ...{ id, orgId, spendingId, period, from: fromOn, on: today, version: 1 },
      ...{ limitFen: `${limitFen}`, wantedFen: `${wantedFen}` },
    }
    await publish(work, [{ type: 'dues.limit.refused.v1', orgId, subject: id, data }])
    return true
  },
  { rights: 'COUNTY' },
)

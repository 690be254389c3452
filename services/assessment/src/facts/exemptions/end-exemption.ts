import { recordAudit } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { requireReason, toId } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { factStore } from '../journal/store.ts'
import { requireKept } from '../people/keeping.ts'
import { fail } from './errors.ts'
import { exemptionStore } from './store.ts'

export type EndExemption = { id: string; untilDay: string; reason: string }

/** Ends it on a day before the one that is set. @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, EXEMPTION_OVER */
export const endExemption = useCase('endExemption', async (work, { id, untilDay, reason }: EndExemption) => {
  const { tx, actor } = work
  const what = toId('Exemption', id)
  const [found] = await exemptionStore.byIds(tx, actor.countyId, [id])
  if (!found) return fail('NOT_FOUND', { what })
  const { orgId, memberId, fromDay } = found
  await requireKept(work, orgId, what)
  await exemptionStore.hold(tx, memberId)
  const [held = found] = await exemptionStore.byIds(tx, actor.countyId, [id])
  if (held.untilDay !== null && held.untilDay <= untilDay) fail('EXEMPTION_OVER', { found: held.untilDay })
  if (untilDay < fromDay)
    fail('BAD_INPUT', { field: 'until', found: untilDay, wanted: `${fromDay} or later`, wantedZh: `${fromDay} 或以后` })
  await exemptionStore.end(tx, id, { untilDay, endReason: requireReason(reason) })
  await recordAudit(work, [{ orgId, action: 'exemption.ended', subjectType: 'Exemption', subjectId: id }])
  await factStore.touch(tx, actor.countyId, [
    { subjectType: 'MEMBER', subjectId: memberId, orgId, fromDay: addDays(untilDay, 1) },
  ])
  return id
})

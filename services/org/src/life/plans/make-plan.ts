import { recordAudit } from '@linghang/access'
import { addMonths, type Every, frequenciesOf, isBranch, makePlan, periodOf } from '@linghang/rulebook'
import { requireKept } from '../../structure/organisations/administration.ts'
import { organisationOf } from '../../structure/organisations/read-organisations.ts'
import { withdrawApproval } from '../../structure/requests/ask-approval.ts'
import { useCase, type Work } from '../../work.ts'
import { lifeBodiesOf } from '../bodies/read-bodies.ts'
import { settingsOn } from '../settings/read-settings.ts'
import { lastDay } from '../settings/settings.ts'
import { themesFor } from '../themes/read-themes.ts'
import { fail } from './errors.ts'
import { matterStore } from './matter-store.ts'
import { entryOf, keepWritten, type Plan, planLimits, usualThemeDay, waits } from './plan.ts'
import { planStore } from './store.ts'
import { tellPlans } from './tell-plans.ts'

export type MakePlan = { orgId: string; every: Every; day: string; themeDay: number | null }

/** @throws DomainError BAD_INPUT for a day that some month does not have */
async function themeDayOf(work: Work, asked: number | null, from: string): Promise<number> {
  const day = asked ?? (await settingsOn(work, from)).themeDay ?? usualThemeDay
  if (Number.isInteger(day) && day >= 1 && day <= lastDay) return day
  return fail('BAD_INPUT', {
    ...{ field: 'themeDay', found: day },
    ...{ wanted: `a day of the month, 1 to ${lastDay}`, wantedZh: `每月 1 至 ${lastDay} 日中的一日` },
  })
}

/** @throws DomainError PLAN_PERIOD_REFUSED */
function requirePeriod({ today }: Work, { every, day }: MakePlan) {
  const period = periodOf(every, day)
  if (period.until < today || period.from > addMonths(today, 12))
    fail('PLAN_PERIOD_REFUSED', { found: day, until: period.until })
  return period
}

/**
 * Makes the plan of a month, a quarter or a year, or makes it anew: what the branch has put into it stays.
 * @returns the plan's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, PLAN_NOT_FOR_ORGANISATION, PLAN_PERIOD_REFUSED
 */
export const makeLifePlan = useCase('makeLifePlan', async (work, input: MakePlan): Promise<string> => {
  const { tx, actor, now, today } = work
  const { orgId, every } = input
  await requireKept(work, orgId, `Organisation:${orgId}`)
  const organisation = await organisationOf(work, orgId)
  if (!organisation) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  const { kind } = organisation
  if (frequenciesOf(kind).length === 0) fail('PLAN_NOT_FOR_ORGANISATION', { kind })
  const period = requirePeriod(work, input)
  const themeDay = await themeDayOf(work, input.themeDay, period.from)
  const plan: Plan = await planStore.obtain(tx, {
    ...{ id: work.newId(), countyId: actor.countyId, orgId, every, fromDay: period.from, untilDay: period.until },
    ...{ state: 'DRAFT', themeDay, revision: 0, madeBy: actor.accountId, madeAt: now, filedAt: null, approvalId: null },
  })
  // Nobody decides on a plan that is no longer the one that was handed in.
  if (waits(plan)) await withdrawApproval(work, plan.approvalId)
  const before = (await planStore.entries(tx, [plan.id])).get(plan.id) ?? []
  const made = makePlan({
    organisationKind: kind,
    body: (await lifeBodiesOf(work, [organisation])).get(orgId) ?? { hasCommittee: false, groups: 0 },
    ...{ period, themeDay, today, termEnd: organisation.term?.end ?? null },
    themes: await themesFor(work, orgId, period.from, period.until),
    matters: isBranch(kind) ? await matterStore.dueAt(tx, orgId) : [],
  })
  const past = before.filter(({ onDay, origin }) => onDay < today && origin !== 'OWN')
  const entries = [
    ...past,
    ...keepWritten(
      made.map(one => entryOf(one, plan.id, work.newId())),
      before,
      today,
    ),
  ]
  const unique = [...new Map(entries.map(entry => [entry.id, entry])).values()].slice(0, planLimits.entries)
  await planStore.writeEntries(tx, actor.countyId, plan, unique)
  const approvalId = waits(plan) ? null : plan.approvalId
  await planStore.update(tx, {
    ...plan,
    ...{ state: 'DRAFT', filedAt: null, approvalId, themeDay, revision: plan.revision + 1 },
  })
  await recordAudit(work, [{ orgId, action: 'life-plan.made', subjectType: 'LifePlan', subjectId: plan.id }])
  await tellPlans(work, [orgId])
  return plan.id
})

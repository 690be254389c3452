import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { requireKept } from '../../structure/organisations/administration.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { themeDayStore } from './store.ts'
import { tellThemeDays } from './tell.ts'
import { monthOf } from './theme-day.ts'

export type GiveReason = { orgId: string; month: string; reason: string }

/**
 * Why a branch holds no theme day by the county's day: nobody is warned of it any more.
 * @throws DomainError NOT_FOUND, FORBIDDEN, THEME_DAY_NOT_WATCHED, THEME_DAY_CLOSED, BAD_INPUT
 */
export const giveThemeDayReason = useCase('giveThemeDayReason', async (work, input: GiveReason) => {
  const { tx, actor } = work
  const { orgId } = input
  await requireKept(work, orgId, `Organisation:${orgId}`)
  const month = monthOf(input.month)
  const found = await themeDayStore.lock(tx, orgId, month)
  if (!found) return fail('THEME_DAY_NOT_WATCHED', { found: month })
  if (found.closedBy !== null) fail('THEME_DAY_CLOSED', { month, found: found.closedBy })
  const closed = await themeDayStore.close(tx, found.id, requireReason(input.reason), actor.accountId)
  await tellThemeDays(work, [closed])
  await recordAudit(work, [{ orgId, action: 'theme-day.reason', subjectType: 'ThemeDay', subjectId: found.id }])
  return orgId
})

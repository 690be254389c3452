import { recordAudit, recordHash } from '@linghang/access'
import type { Period } from '@linghang/rulebook'
import { requireCountyAdmin } from '@linghang/subgraph'
import { packStore } from '../../packs/decisions/store.ts'
import { useCase } from '../../work.ts'
import { publishedStore } from '../published/store.ts'
import { periodsFrom } from '../scoring/periods.ts'
import { waitingStore } from '../scoring/waiting-store.ts'
import { fail } from './errors.ts'

/**
 * Begins to publish the sheets of a time that is over: each as it stands then, in the order in which they are reached. A
 * deduction that nobody has confirmed by then takes nothing. @returns the time
 * @throws DomainError FORBIDDEN, SCORES_NOT_THERE, SCORES_NOT_OVER, SCORES_WAIT, SCORES_PUBLISHED
 */
export const publishScores = useCase('publishScores', async (work, { on }: { on: string }): Promise<Period> => {
  const { tx, actor, today, now } = work
  requireCountyAdmin(work)
  const packs = await packStore.decided(tx, actor.countyId)
  const found = periodsFrom(packs, on, today).find(({ period }) => period.from <= on && period.until >= on)
  if (!found) return fail('SCORES_NOT_THERE', { found: on })
  const { period } = found
  if (period.until >= today) fail('SCORES_NOT_OVER', period)
  const waiting = await waitingStore.waitingThrough(tx, actor.countyId, period.until)
  if (waiting > 0) fail('SCORES_WAIT', { found: waiting })
  if (!(await publishedStore.begin(tx, actor.countyId, period, actor.accountId, now))) fail('SCORES_PUBLISHED', period)
  await recordAudit(work, [
    {
      orgId: null,
      action: 'scores.published',
      subjectType: 'County',
      subjectId: actor.countyId,
      afterHash: recordHash(period),
    },
  ])
  return period
})

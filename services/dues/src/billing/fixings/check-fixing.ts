import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { useCase, type Work } from '../../work.ts'
import { requireCommittee } from './committee.ts'
import { fixingDueOn } from './due-on.ts'
import { fail } from './errors.ts'
import { lineStore } from './line-store.ts'
import { scheduleStore } from './schedule-store.ts'
import { fixingStore } from './store.ts'
import { toldLine, toldSchedule } from './tell-lines.ts'

/** So many of the open lines are named in a refusal; all of them are in the list. */
const namedAtMost = 8
const batchSize = 5_000

async function refuseOpen({ tx }: Work, orgId: string, year: number, found: number): Promise<void> {
  const named = await lineStore.unconfirmed(tx, orgId, year, namedAtMost)
  fail('DUES_LINES_UNCONFIRMED', { found, which: named.map(id => `DuesFixingLine:${id}`).join(' ') })
}

/**
 * Checks what a branch or a subtree has confirmed: from then on it stands for the year. By whoever keeps the committee
 * that is nearest, the organisation itself or above it; never by a branch, and nobody checks their own line.
 * @param confirmedOnly checks what is confirmed and leaves the rest open; otherwise nothing is checked while any line is open
 * @returns how many lines were checked
 * @throws DomainError NOT_FOUND, FORBIDDEN, DUES_NOTHING_PROPOSED, DUES_LINES_UNCONFIRMED with so many and which at first
 */
export const checkDuesFixing = useCase(
  'checkDuesFixing',
  async (
    work,
    { orgId, year, confirmedOnly }: { orgId: string; year: number; confirmedOnly: boolean },
  ): Promise<number> => {
    const { tx, actor, today } = work
    await requireCommittee(work, orgId)
    const progress = (await fixingStore.progressOf(tx, [orgId], year)).get(orgId)
    if (!progress) return fail('DUES_NOTHING_PROPOSED', { found: year })
    const open = progress.total - progress.confirmed
    if (open > 0 && !confirmedOnly) await refuseOpen(work, orgId, year, open)
    const by = { orgId, year, on: today, accountId: actor.accountId, memberId: actor.memberId }
    const checked = await lineStore.check(tx, by)
    if (checked.length > 0)
      await recordAudit(work, [
        { orgId, action: `dues-fixing.checked: ${year}`, subjectType: 'Organisation', subjectId: orgId },
      ])
    for (let from = 0; from < checked.length; from += batchSize)
      await publish(
        work,
        checked.slice(from, from + batchSize).map(line => toldLine('dues.fixing.checked.v1', line)),
      )
    const scheduled = await scheduleStore.close(tx, actor.countyId, orgId, {
      ...{ year, on: today, nextDueOn: await fixingDueOn(work, year + 1) },
    })
    await publish(work, scheduled.map(toldSchedule))
    return checked.length
  },
  { rights: 'COUNTY', timeoutMs: 60_000 },
)

import { addDays } from '@linghang/rulebook'
import { requireCountyAdmin } from '@linghang/subgraph'
import { stretchAt } from '../../engine/spans.ts'
import { readPack } from '../../packs/validation/findings.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { dryRunStore } from './store.ts'

/**
 * Begins to try a pack on the last time that is over: who would have another score and why. Nothing is kept of it but that.
 * @returns the id of the run
 * @throws DomainError FORBIDDEN, DRY_RUN_REFUSED, DRY_RUN_UNDER_WAY
 */
export const startDryRun = useCase(
  'startDryRun',
  async (work, { document: text }: { document: string }): Promise<string> => {
    const { tx, actor, today, now, newId } = work
    requireCountyAdmin(work)
    const { document, findings } = readPack(text)
    if (!document) return fail('DRY_RUN_REFUSED', { found: findings.filter(({ kind }) => kind !== 'NOTE').length })
    await dryRunStore.lock(tx, actor.countyId)
    if (await dryRunStore.running(tx, actor.countyId)) fail('DRY_RUN_UNDER_WAY')
    const id = newId()
    const period = stretchAt(document.period, addDays(stretchAt(document.period, today).from, -1))
    const run = { id, countyId: actor.countyId, document, period, startedBy: actor.accountId, startedAt: now }
    await dryRunStore.insert(tx, run)
    return id
  },
)

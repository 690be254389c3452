import { publish } from '@linghang/events'
import { structureFindings } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { foundAnew } from './found.ts'
import { checkStore } from './store.ts'

const atOnce = 500

/**
 * Checks some organisations of the county and tells of those in which something else is found than was told last.
 * @param after the last one that was checked; null: none yet @returns the last one; null: there are no more
 */
export async function tellChecks(work: Work, after: string | null): Promise<string | null> {
  const { tx, actor, today } = work
  const ids = await checkStore.next(tx, actor.countyId, after, atOnce)
  const facts = await checkStore.factsOf(tx, ids, today)
  const told = await checkStore.told(tx, actor.countyId, ids)
  const changed = [...facts].flatMap(([orgId, of]) => {
    const before = told.get(orgId)
    const findings = foundAnew(before?.findings ?? [], structureFindings(of, today), today)
    return findings ? [{ orgId, findings, ended: of.ended, version: (before?.version ?? 0) + 1 }] : []
  })
  if (changed.length > 0) {
    await checkStore.keepTold(tx, actor.countyId, changed)
    await publish(
      work,
      changed.map(({ orgId, ...data }) => ({
        ...{ type: 'org.structure.checked.v1' as const, orgId, subject: orgId },
        data: { orgId, checkedOn: today, ...data },
      })),
    )
  }
  return ids.length < atOnce ? null : (ids.at(-1) ?? null)
}

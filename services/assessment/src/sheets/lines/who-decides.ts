import { writesWholeCounty } from '@linghang/access'
import type { Work } from '../../work.ts'
import type { SheetRow } from '../reading/sheet-row.ts'
import { lineStore } from './store.ts'

/**
 * Of which of these sheets the actor decides lines: of people at organisations that they keep, never of the own; of an
 * organisation's own sheet whoever keeps what is above it, since nobody decides of the own deductions. Apps never do: a
 * person confirms (R8).
 */
export async function decidesOf(work: Work, rows: readonly SheetRow[]): Promise<Set<string>> {
  const { tx, actor, supervision } = work
  if (actor.kind !== 'PERSON') return new Set()
  const orgIds = rows.map(({ orgId }) => orgId)
  const superiors = await lineStore.superiors(tx, actor.countyId, orgIds)
  const above = [...superiors.values()].flatMap(id => id ?? [])
  const kept = await supervision.kept([...new Set([...orgIds, ...above])])
  const decides = ({ subjectType, subjectId, orgId }: SheetRow): boolean => {
    if (subjectType === 'MEMBER') return subjectId !== actor.memberId && kept.has(orgId)
    const superior = superiors.get(orgId) ?? null
    return superior === null ? writesWholeCounty(actor) : kept.has(superior)
  }
  return new Set(rows.filter(decides).map(({ id }) => id))
}

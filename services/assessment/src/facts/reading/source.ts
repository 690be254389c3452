import { ref } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import { recordedById } from '../recorded/read-recorded.ts'

const pages = ['Meeting', 'DuesBill', 'DuesArrears', 'DevelopmentCase', 'Election', 'Approval'] as const
type Page = (typeof pages)[number]
const hasPage = (type: string): type is Page => (pages as readonly string[]).includes(type)

/** Where a fact's source can be read: there itself, or at the organisation whose it is where it has no page of its own. */
export async function sourceOf(
  context: Context,
  { sourceType, sourceId, orgId }: { sourceType: string; sourceId: string; orgId: string },
) {
  if (hasPage(sourceType)) return ref(sourceType, sourceId)
  if (sourceType !== 'RecordedFact') return ref('Organisation', orgId)
  const recorded = await context.load(recordedById, sourceId)
  return recorded && { ...recorded, __typename: 'RecordedFact' as const }
}

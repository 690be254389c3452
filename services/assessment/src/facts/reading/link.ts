import { ref } from '@linghang/subgraph'
import type { KeptFact } from './store.ts'

const pages = ['Meeting', 'DuesBill', 'DuesArrears', 'DevelopmentCase', 'Election', 'Approval'] as const
type Page = (typeof pages)[number]
const hasPage = (type: string): type is Page => (pages as readonly string[]).includes(type)

/** Where a fact's source can be read: there itself, or at the organisation whose it is where it has no page of its own. */
export const linkOf = ({ sourceType, sourceId, orgId }: Pick<KeptFact, 'sourceType' | 'sourceId' | 'orgId'>) =>
  hasPage(sourceType) ? ref(sourceType, sourceId) : ref('Organisation', orgId)

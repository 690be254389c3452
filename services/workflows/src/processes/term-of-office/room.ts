import { room } from '../../work.ts'
import { watchTerms } from './watch-terms.ts'

/** Committees are elected for a term that ends. */
export const termOfOffice = room({ reactions: { terms: [watchTerms] } })

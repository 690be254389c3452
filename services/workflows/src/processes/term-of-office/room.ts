import { room } from '../../work.ts'
import { watchTerms } from './process.ts'

/** Committees are elected for a term that ends. */
export const terms = room({ reactions: { terms: [watchTerms] } })

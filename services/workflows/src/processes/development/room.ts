import { room } from '../../work.ts'
import { watchCases } from './process.ts'

/** What is due of people's development cases, which members keep. */
export const cases = room({ reactions: { cases: [watchCases] } })

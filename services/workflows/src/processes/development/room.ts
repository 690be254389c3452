import { room } from '../../work.ts'
import { watchCases } from './watch-cases.ts'

/** What is due of people's development cases, which members keep. */
export const development = room({ reactions: { cases: [watchCases] } })

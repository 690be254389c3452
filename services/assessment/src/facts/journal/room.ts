import { room } from '../../work.ts'
import { takeFacts } from './take-facts.ts'

/** What counts now and whatever has counted at any time, from what the services tell. */
export const journal = room({ reactions: { facts: [takeFacts] } })

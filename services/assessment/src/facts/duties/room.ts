import { room } from '../../work.ts'
import { takeDuties } from './take-duties.ts'

/** What was to be done by a day, and whether it was. */
export const duties = room({ reactions: { facts: [takeDuties] } })

import { room } from '../../work.ts'
import { keepStays } from './keep-stays.ts'

/** Where people belonged on any day, and as what. */
export const people = room({ reactions: { facts: [keepStays] } })

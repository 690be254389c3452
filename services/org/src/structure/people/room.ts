import { room } from '../../work.ts'
import { keepPeople } from './keep-people.ts'

/** Which organisation each person of the register belongs to and since when, and whether they vote. */
export const people = room({ reactions: { 'member-refs': [keepPeople] } })

import { room } from '../../work.ts'
import { keepKnown } from './keep-known.ts'

/** Since when organisations are known here. */
export const organisations = room({ reactions: { people: [keepKnown] } })

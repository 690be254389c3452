import { room } from '../../work.ts'
import { keepPlaces } from './keep-places.ts'

/** Since when organisations are known here, where they stood, and as what. */
export const organisations = room({ reactions: { people: [keepPlaces] } })

import { shanghaiDay } from '@linghang/access'
import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { placeOf } from './place.ts'
import { writePlaces } from './write-places.ts'

/** Where organisations stood, and as what. */
export const keepPlaces = reaction(
  ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  (work: Work, events) =>
    writePlaces(
      work,
      events.map(({ data, time }) => placeOf(data, shanghaiDay(new Date(time)))),
    ),
)

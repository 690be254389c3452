import { shanghaiDay } from '@linghang/access'
import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { factsOf, newestTellings, toldTypes } from '../telling/facts-of.ts'
import { factStore } from './store.ts'

/** Whatever the services tell becomes facts, and whom they touch is noted with them. */
export const takeFacts = reaction(toldTypes, async ({ tx, actor }: Work, events) => {
  const tellings = events.map(event => factsOf(event, { on: shanghaiDay(new Date(event.time)) }))
  await factStore.write(tx, actor.countyId, newestTellings(tellings))
})

import type { RawTx } from '@linghang/access'
import type { Event, EventData, Reaction } from '@linghang/events'
import { keepOffices as keep } from '../offices/keep-offices.ts'

type Office = EventData<'org.office.appointed.v1'>

/** Who holds which office: what was delegated, and what a calendar feed shows, ends with the office. */
export const keepOffices: Reaction<RawTx> = {
  types: ['org.office.appointed.v1', 'org.office.ended.v1'],
  async react(tx, actor, events) {
    const offices = (events as (Event & { data: Office })[]).map(({ data, time }) => ({ ...data, toldAt: time }))
    await keep(tx, actor.countyId, offices)
  },
}

import type { RawTx } from '@linghang/access'
import type { Event, EventData, Reaction } from '@linghang/events'
import { keepOffices as keep, keepAccounts as keepIds } from '../offices/keep-offices.ts'

type Account = EventData<'org.account.linked.v1'>
type Office = EventData<'org.office.appointed.v1'>

/** Who holds which office: what was delegated, and what a calendar feed shows, ends with the office. */
export const keepOffices: Reaction<RawTx> = {
  types: ['org.office.appointed.v1', 'org.office.ended.v1'],
  async react(tx, actor, events) {
    const offices = (events as (Event & { data: Office })[]).map(({ data, time }) => ({ ...data, toldAt: time }))
    await keep(tx, actor.countyId, offices)
  },
}

/** Which accounts there are: decisions are left to somebody who exists. */
export const keepAccounts: Reaction<RawTx> = {
  types: ['org.account.linked.v1'],
  async react(tx, actor, events) {
    const ids = (events as (Event & { data: Account })[]).map(({ data }) => data.id)
    await keepIds(tx, actor.countyId, ids)
  },
}

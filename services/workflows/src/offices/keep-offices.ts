import { reaction } from '@linghang/events'
import type { Work } from '../work.ts'
import { officeStore } from './store.ts'

/** Who holds which office: what was delegated, and what a calendar feed shows, ends with the office. */
export const keepOffices = reaction(
  ['org.office.appointed.v1', 'org.office.ended.v1'],
  async ({ tx, actor }: Work, events) => {
    // One office twice in a batch: what was said last holds.
    const newest = new Map(events.map(({ data, time }) => [data.id, { ...data, toldAt: time }]))
    await officeStore.keep(tx, actor.countyId, [...newest.values()])
    await officeStore.keepAccounts(tx, actor.countyId, [...new Set(events.map(({ data }) => data.accountId))])
  },
)

/** Which accounts there are: decisions are left to somebody who exists. */
export const keepAccounts = reaction(['org.account.linked.v1'], async ({ tx, actor }: Work, events) => {
  await officeStore.keepAccounts(tx, actor.countyId, [...new Set(events.map(({ data }) => data.id))])
})
